//! The life cycle against its description: the table of the domain notes, written
//! down a second time and in other words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use chrono::{DateTime, Duration, Utc};
use contract::{
    Action, Status,
    lifecycle::{CaseState, Reopening, Role, Standing, TextRule, allowed_actions, next_status},
};
use proptest::prelude::*;

const ROLES: [Role; 4] = [Role::Customer, Role::Administrator, Role::Partner, Role::Analyst];
const DESK: [Action; 4] =
    [Action::AddNote, Action::PickUp, Action::RequestInformation, Action::ProposeSolution];

fn now() -> DateTime<Utc> {
    "2026-03-02T13:30:00Z".parse().unwrap()
}

fn standings() -> Vec<Standing> {
    let flags = [(false, false), (false, true), (true, false), (true, true)];
    ROLES
        .iter()
        .flat_map(|role| flags.map(|(requester, filer)| Standing { role: *role, requester, filer }))
        .collect()
}

fn case(status: Status) -> CaseState {
    CaseState { status, closed_at: (status == Status::Closed).then(|| now() - Duration::days(3)) }
}

/// Every standing, action and status there is.
fn combinations() -> impl Iterator<Item = (Standing, Action, Status)> {
    standings().into_iter().flat_map(|standing| {
        Action::ALL
            .into_iter()
            .flat_map(move |action| Status::ALL.into_iter().map(move |status| (standing, action, status)))
    })
}

fn after(action: Action, standing: Standing, status: Status, reopening: Reopening) -> Option<Status> {
    next_status(action, standing, case(status), reopening, now())
}

/// One sentence of the description: whether it speaks of a combination, and where
/// that leads. Sentences must not contradict each other.
struct Sentence {
    says: &'static str,
    speaks_of: fn(Standing, Action, Status) -> bool,
    leads_to: fn(Status) -> Status,
}

fn customer(standing: Standing) -> bool {
    standing.role != Role::Analyst
}

fn managing(standing: Standing) -> bool {
    standing.role == Role::Administrator || (customer(standing) && (standing.requester || standing.filer))
}

const DESCRIPTION: [Sentence; 13] = [
    Sentence {
        says: "an analyst picks a received case up",
        speaks_of: |who, what, from| !customer(who) && what == Action::PickUp && from == Status::Received,
        leads_to: |_| Status::Diagnosis,
    },
    Sentence {
        says: "an analyst asks for information on an open case",
        speaks_of: |who, what, from| !customer(who) && what == Action::RequestInformation && from.is_open(),
        leads_to: |_| Status::WaitingForCustomer,
    },
    Sentence {
        says: "a customer answers what support waits for",
        speaks_of: |who, what, from| {
            customer(who) && what == Action::Reply && from == Status::WaitingForCustomer
        },
        leads_to: |_| Status::WaitingForSupport,
    },
    Sentence {
        says: "an analyst proposes a solution on an open case",
        speaks_of: |who, what, from| !customer(who) && what == Action::ProposeSolution && from.is_open(),
        leads_to: |_| Status::SolutionProposed,
    },
    Sentence {
        says: "who manages the case accepts a proposed solution",
        speaks_of: |who, what, from| {
            managing(who) && what == Action::AcceptSolution && from == Status::SolutionProposed
        },
        leads_to: |_| Status::Closed,
    },
    Sentence {
        says: "who manages the case rejects a proposed solution",
        speaks_of: |who, what, from| {
            managing(who) && what == Action::RejectSolution && from == Status::SolutionProposed
        },
        leads_to: |_| Status::WaitingForSupport,
    },
    Sentence {
        says: "who manages an open case, or an analyst, closes it",
        speaks_of: |who, what, from| {
            (managing(who) || !customer(who)) && what == Action::Close && from.is_open()
        },
        leads_to: |_| Status::Closed,
    },
    Sentence {
        says: "who manages the case replies and closes, or leaves it closed",
        speaks_of: |who, what, _| managing(who) && what == Action::ReplyAndClose,
        leads_to: |_| Status::Closed,
    },
    Sentence {
        says: "a customer's reply opens a closed case again",
        speaks_of: |who, what, from| customer(who) && what == Action::Reply && from == Status::Closed,
        leads_to: |_| Status::WaitingForSupport,
    },
    Sentence {
        says: "any other reply of a customer changes nothing",
        speaks_of: |who, what, from| {
            customer(who)
                && what == Action::Reply
                && !matches!(from, Status::WaitingForCustomer | Status::Closed)
        },
        leads_to: |from| from,
    },
    Sentence {
        says: "an analyst's reply changes nothing",
        speaks_of: |who, what, _| !customer(who) && what == Action::Reply,
        leads_to: |from| from,
    },
    Sentence {
        says: "a note changes nothing",
        speaks_of: |who, what, _| !customer(who) && what == Action::AddNote,
        leads_to: |from| from,
    },
    Sentence { says: "nothing else is possible", speaks_of: |_, _, _| false, leads_to: |from| from },
];

#[test]
fn the_table_says_what_the_description_says() {
    for (standing, action, status) in combinations() {
        let sentences: Vec<_> =
            DESCRIPTION.iter().filter(|sentence| (sentence.speaks_of)(standing, action, status)).collect();
        let spoken: Vec<_> = sentences.iter().map(|sentence| sentence.says).collect();
        assert!(sentences.len() <= 1, "{standing:?}, {action:?}, {status:?}: {spoken:?}");
        let expected = sentences.first().map(|sentence| (sentence.leads_to)(status));
        let actual = after(action, standing, status, Reopening::Always);
        assert_eq!(actual, expected, "{standing:?}, {action:?}, {status:?}: {spoken:?}");
    }
}

#[test]
fn what_is_allowed_is_what_leads_somewhere() {
    let policies = [Reopening::Never, Reopening::Always, Reopening::WithinDays(2), Reopening::WithinDays(3)];
    for reopening in policies {
        for standing in standings() {
            for status in Status::ALL {
                let allowed = allowed_actions(standing, case(status), reopening, now());
                let possible: Vec<_> = Action::ALL
                    .into_iter()
                    .filter(|action| after(*action, standing, status, reopening).is_some())
                    .collect();
                assert_eq!(allowed, possible, "{standing:?}, {status:?}, {reopening:?}");
            }
        }
    }
}

#[test]
fn customers_never_act_for_the_desk() {
    for (standing, action, status) in combinations().filter(|(standing, ..)| customer(*standing)) {
        if DESK.contains(&action) {
            assert_eq!(after(action, standing, status, Reopening::Always), None, "{standing:?}, {action:?}");
        }
    }
}

#[test]
fn the_desk_never_decides_for_customers() {
    let theirs = [Action::AcceptSolution, Action::RejectSolution, Action::ReplyAndClose];
    for (standing, action, status) in combinations().filter(|(standing, ..)| !customer(*standing)) {
        if theirs.contains(&action) {
            assert_eq!(after(action, standing, status, Reopening::Always), None, "{standing:?}, {action:?}");
        }
    }
}

#[test]
fn colleagues_can_only_talk() {
    let colleague = |standing: &Standing| {
        matches!(standing.role, Role::Customer | Role::Partner) && !standing.requester && !standing.filer
    };
    for standing in standings().into_iter().filter(colleague) {
        for status in Status::ALL {
            let allowed = allowed_actions(standing, case(status), Reopening::Always, now());
            assert_eq!(allowed, [Action::Reply], "{standing:?}, {status:?}");
        }
    }
}

#[test]
fn only_a_customers_reply_leaves_closed_and_only_under_policy() {
    for (standing, action, _) in combinations() {
        for reopening in [Reopening::Never, Reopening::Always] {
            let next = after(action, standing, Status::Closed, reopening);
            let reopens = next.is_some_and(|status| status != Status::Closed);
            let may = reopening == Reopening::Always && customer(standing) && action == Action::Reply;
            assert_eq!(reopens, may, "{standing:?}, {action:?}, {reopening:?}: {next:?}");
        }
    }
}

#[test]
fn texts_are_asked_for_where_the_description_says() {
    for role in ROLES {
        for action in Action::ALL {
            let expected = match action {
                Action::PickUp => TextRule::None,
                Action::AcceptSolution => TextRule::Optional,
                Action::Close if role != Role::Analyst => TextRule::Optional,
                _ => TextRule::Required,
            };
            assert_eq!(action.text_rule(role), expected, "{role:?}, {action:?}");
        }
    }
}

fn requester() -> Standing {
    Standing { role: Role::Customer, requester: true, filer: true }
}

fn reply(closed_at: Option<DateTime<Utc>>, reopening: Reopening, now: DateTime<Utc>) -> Option<Status> {
    next_status(Action::Reply, requester(), CaseState { status: Status::Closed, closed_at }, reopening, now)
}

#[test]
fn the_window_closes_to_the_second() {
    let closed = now();
    let end = closed + Duration::days(14);
    let within = Reopening::WithinDays(14);
    assert_eq!(reply(Some(closed), within, end), Some(Status::WaitingForSupport));
    assert_eq!(reply(Some(closed), within, end + Duration::seconds(1)), None);
    assert_eq!(reply(Some(closed), Reopening::Never, closed), None);
}

#[test]
fn a_window_without_end_does_not_overflow() {
    let longest = Reopening::WithinDays(u32::MAX);
    assert_eq!(reply(Some(now()), longest, now() + Duration::days(36_500)), Some(Status::WaitingForSupport));
}

#[test]
fn keys_lead_back() {
    for status in Status::ALL {
        assert_eq!(Status::from_key(status.key()), Some(status));
        assert_eq!(serde_json::to_value(status).unwrap(), status.key());
    }
    assert_eq!(Status::from_key("Received"), None);
}

proptest! {
    #[test]
    fn any_window_is_kept(days in any::<u32>(), seconds in 0..100_000_000_i64) {
        let later = now() + Duration::seconds(seconds);
        let inside = seconds <= i64::from(days) * 86_400;
        let next = reply(Some(now()), Reopening::WithinDays(days), later);
        prop_assert_eq!(next, inside.then_some(Status::WaitingForSupport));
    }

    /// Whatever people do in whatever order, each change is one the actions of the
    /// moment promise, and a case is closed exactly when it says when.
    #[test]
    fn any_life_is_lawful(
        deeds in prop::collection::vec((0..16_usize, 0..Action::ALL.len(), 1..900_i64), 0..60),
        window in 0..40_u32,
    ) {
        let reopening = Reopening::WithinDays(window);
        let standings = standings();
        let mut state = CaseState { status: Status::Received, closed_at: None };
        let mut time = now();
        for (who, what, minutes) in deeds {
            time += Duration::minutes(minutes);
            let (standing, action) = (standings[who], Action::ALL[what]);
            let allowed = allowed_actions(standing, state, reopening, time);
            let next = next_status(action, standing, state, reopening, time);
            prop_assert_eq!(allowed.contains(&action), next.is_some());
            prop_assert!(!allowed.is_empty() || !state.status.is_open());
            let Some(status) = next else { continue };
            prop_assert!(status != Status::Received || state.status == Status::Received);
            if state.status == Status::Closed && status.is_open() {
                let closed = state.closed_at.unwrap();
                prop_assert!(customer(standing) && action == Action::Reply);
                prop_assert!(time <= closed + Duration::days(i64::from(window)));
            }
            let closed_at = if status.is_open() { None } else { state.closed_at.or(Some(time)) };
            state = CaseState { status, closed_at };
        }
    }
}
