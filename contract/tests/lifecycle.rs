//! The life cycle against its description: the table of the domain notes, written
//! down a second time and in other words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use chrono::{DateTime, Duration, Utc};
use contract::{
    Action, EscalationState, Status,
    lifecycle::{CaseState, Reopening, Role, Standing, TextRule, allowed_actions, next_state},
};
use proptest::prelude::*;

const ROLES: [Role; 4] = [Role::Customer, Role::Administrator, Role::Partner, Role::Analyst];
const DESK: [Action; 12] = [
    Action::AddNote,
    Action::PickUp,
    Action::RequestInformation,
    Action::ProposeSolution,
    Action::ApprovePriorityReview,
    Action::DeclinePriorityReview,
    Action::SetPriority,
    Action::SetEta,
    Action::SetJiraTicket,
    Action::AcknowledgeEscalation,
    Action::ProposeEscalationSolution,
    Action::CancelEscalation,
];

fn now() -> DateTime<Utc> {
    "2026-03-02T13:30:00Z".parse().unwrap()
}

fn standings() -> Vec<Standing> {
    let flags = [(false, false), (false, true), (true, false), (true, true)];
    let standing = |role, watcher| {
        flags.map(move |(requester, filer)| Standing { role, requester, filer, watcher }).into_iter()
    };
    ROLES.iter().flat_map(|role| [false, true].into_iter().flat_map(move |w| standing(*role, w))).collect()
}

fn closed_at(status: Status) -> Option<DateTime<Utc>> {
    (status == Status::Closed).then(|| now() - Duration::days(3))
}

/// Every way a case can stand.
fn cases() -> Vec<CaseState> {
    let mut cases = Vec::new();
    for status in Status::ALL {
        for escalation in EscalationState::ALL.map(Some).into_iter().chain([None]) {
            for (review_pending, survey_open) in [(false, false), (false, true), (true, false), (true, true)]
            {
                let closed_at = closed_at(status);
                cases.push(CaseState { status, closed_at, escalation, review_pending, survey_open });
            }
        }
    }
    cases
}

/// Every standing, action and case there is.
fn combinations() -> impl Iterator<Item = (Standing, Action, CaseState)> {
    let cases = cases();
    standings().into_iter().flat_map(move |standing| {
        let cases = cases.clone();
        Action::ALL
            .iter()
            .flat_map(move |action| cases.clone().into_iter().map(move |case| (standing, *action, case)))
    })
}

fn after(action: Action, standing: Standing, case: CaseState, reopening: Reopening) -> Option<CaseState> {
    next_state(action, standing, case, reopening, now())
}

/// One sentence of the description: whether it speaks of a combination, and where
/// that leads. Sentences must not contradict each other.
struct Sentence {
    says: &'static str,
    speaks_of: fn(Standing, Action, CaseState) -> bool,
    leads_to: fn(CaseState) -> CaseState,
}

fn customer(standing: Standing) -> bool {
    standing.role != Role::Analyst
}

fn managing(standing: Standing) -> bool {
    standing.role == Role::Administrator || (customer(standing) && (standing.requester || standing.filer))
}

fn open(case: CaseState) -> bool {
    case.status != Status::Closed
}

fn to(case: CaseState, status: Status) -> CaseState {
    CaseState { status, closed_at: None, ..case }
}

fn closed(case: CaseState) -> CaseState {
    let escalation = match case.escalation {
        None => None,
        Some(EscalationState::Cancelled) => Some(EscalationState::Cancelled),
        Some(_) => Some(EscalationState::Closed),
    };
    CaseState {
        status: Status::Closed,
        closed_at: case.closed_at.or(Some(now())),
        escalation,
        review_pending: false,
        ..case
    }
}

fn escalated(case: CaseState, state: EscalationState) -> CaseState {
    CaseState { escalation: Some(state), ..case }
}

const DESCRIPTION: [Sentence; 28] = [
    Sentence {
        says: "an analyst picks a received case up",
        speaks_of: |who, what, case| {
            !customer(who) && what == Action::PickUp && case.status == Status::Received
        },
        leads_to: |case| to(case, Status::Diagnosis),
    },
    Sentence {
        says: "an analyst asks for information on an open case",
        speaks_of: |who, what, case| !customer(who) && what == Action::RequestInformation && open(case),
        leads_to: |case| to(case, Status::WaitingForCustomer),
    },
    Sentence {
        says: "a customer answers what support waits for",
        speaks_of: |who, what, case| {
            customer(who) && what == Action::Reply && case.status == Status::WaitingForCustomer
        },
        leads_to: |case| to(case, Status::WaitingForSupport),
    },
    Sentence {
        says: "an analyst proposes a solution on an open case",
        speaks_of: |who, what, case| !customer(who) && what == Action::ProposeSolution && open(case),
        leads_to: |case| to(case, Status::SolutionProposed),
    },
    Sentence {
        says: "who manages the case accepts a proposed solution",
        speaks_of: |who, what, case| {
            managing(who) && what == Action::AcceptSolution && case.status == Status::SolutionProposed
        },
        leads_to: closed,
    },
    Sentence {
        says: "who manages the case rejects a proposed solution",
        speaks_of: |who, what, case| {
            managing(who) && what == Action::RejectSolution && case.status == Status::SolutionProposed
        },
        leads_to: |case| to(case, Status::WaitingForSupport),
    },
    Sentence {
        says: "who manages an open case, or an analyst, closes it",
        speaks_of: |who, what, case| (managing(who) || !customer(who)) && what == Action::Close && open(case),
        leads_to: closed,
    },
    Sentence {
        says: "who manages the case replies and closes, or leaves it closed",
        speaks_of: |who, what, _| managing(who) && what == Action::ReplyAndClose,
        leads_to: closed,
    },
    Sentence {
        says: "a customer's reply opens a closed case again",
        speaks_of: |who, what, case| customer(who) && what == Action::Reply && !open(case),
        leads_to: |case| to(case, Status::WaitingForSupport),
    },
    Sentence {
        says: "any other reply of a customer changes nothing",
        speaks_of: |who, what, case| {
            customer(who)
                && what == Action::Reply
                && !matches!(case.status, Status::WaitingForCustomer | Status::Closed)
        },
        leads_to: |case| case,
    },
    Sentence {
        says: "an analyst's reply changes nothing",
        speaks_of: |who, what, _| !customer(who) && what == Action::Reply,
        leads_to: |case| case,
    },
    Sentence {
        says: "a note changes nothing",
        speaks_of: |who, what, _| !customer(who) && what == Action::AddNote,
        leads_to: |case| case,
    },
    Sentence {
        says: "who manages an open case asks for another priority, once at a time",
        speaks_of: |who, what, case| {
            managing(who) && what == Action::RequestPriorityReview && open(case) && !case.review_pending
        },
        leads_to: |case| CaseState { review_pending: true, ..case },
    },
    Sentence {
        says: "an analyst answers that",
        speaks_of: |who, what, case| {
            let answers = [Action::ApprovePriorityReview, Action::DeclinePriorityReview];
            !customer(who) && answers.contains(&what) && open(case) && case.review_pending
        },
        leads_to: |case| CaseState { review_pending: false, ..case },
    },
    Sentence {
        says: "an analyst ranks an open case anew where nobody asked for it",
        speaks_of: |who, what, case| {
            !customer(who) && what == Action::SetPriority && open(case) && !case.review_pending
        },
        leads_to: |case| case,
    },
    Sentence {
        says: "an analyst says when an open case may be solved",
        speaks_of: |who, what, case| !customer(who) && what == Action::SetEta && open(case),
        leads_to: |case| case,
    },
    Sentence {
        says: "an analyst names the developers' ticket",
        speaks_of: |who, what, _| !customer(who) && what == Action::SetJiraTicket,
        leads_to: |case| case,
    },
    Sentence {
        says: "who manages an open case escalates it, unless it is escalated",
        speaks_of: |who, what, case| {
            let ended = [None, Some(EscalationState::Closed), Some(EscalationState::Cancelled)];
            managing(who) && what == Action::Escalate && open(case) && ended.contains(&case.escalation)
        },
        leads_to: |case| escalated(case, EscalationState::Started),
    },
    Sentence {
        says: "an analyst takes an escalation up",
        speaks_of: |who, what, case| {
            !customer(who)
                && what == Action::AcknowledgeEscalation
                && open(case)
                && case.escalation == Some(EscalationState::Started)
        },
        leads_to: |case| escalated(case, EscalationState::Acknowledged),
    },
    Sentence {
        says: "an analyst proposes how to end one that was taken up, or whose end was rejected",
        speaks_of: |who, what, case| {
            let from = [Some(EscalationState::Acknowledged), Some(EscalationState::SolutionRejected)];
            !customer(who)
                && what == Action::ProposeEscalationSolution
                && open(case)
                && from.contains(&case.escalation)
        },
        leads_to: |case| escalated(case, EscalationState::SolutionProposed),
    },
    Sentence {
        says: "who manages the case accepts that",
        speaks_of: |who, what, case| {
            managing(who)
                && what == Action::AcceptEscalationSolution
                && open(case)
                && case.escalation == Some(EscalationState::SolutionProposed)
        },
        leads_to: |case| escalated(case, EscalationState::SolutionAccepted),
    },
    Sentence {
        says: "or rejects it",
        speaks_of: |who, what, case| {
            managing(who)
                && what == Action::RejectEscalationSolution
                && open(case)
                && case.escalation == Some(EscalationState::SolutionProposed)
        },
        leads_to: |case| escalated(case, EscalationState::SolutionRejected),
    },
    Sentence {
        says: "an analyst closes an escalation that the customer has answered",
        speaks_of: |who, what, case| {
            let from = [Some(EscalationState::SolutionAccepted), Some(EscalationState::SolutionRejected)];
            !customer(who) && what == Action::CloseEscalation && open(case) && from.contains(&case.escalation)
        },
        leads_to: |case| escalated(case, EscalationState::Closed),
    },
    Sentence {
        says: "an analyst cancels any that runs",
        speaks_of: |who, what, case| {
            let ended = [None, Some(EscalationState::Closed), Some(EscalationState::Cancelled)];
            !customer(who)
                && what == Action::CancelEscalation
                && open(case)
                && !ended.contains(&case.escalation)
        },
        leads_to: |case| escalated(case, EscalationState::Cancelled),
    },
    Sentence {
        says: "a colleague follows a case, or follows it no longer; nobody follows what is theirs anew",
        speaks_of: |who, what, _| {
            customer(who)
                && ((what == Action::Watch && !who.watcher && !who.requester && !who.filer)
                    || (what == Action::StopWatching && who.watcher))
        },
        leads_to: |case| case,
    },
    Sentence {
        says: "everyone adds watchers; who manages the case and analysts remove them",
        speaks_of: |who, what, _| {
            what == Action::AddWatchers
                || (what == Action::RemoveWatchers && (managing(who) || !customer(who)))
        },
        leads_to: |case| case,
    },
    Sentence {
        says: "who manages the case edits its reference, and its answers until it is picked up",
        speaks_of: |who, what, case| {
            managing(who)
                && (what == Action::EditReference
                    || (what == Action::EditAnswers && case.status == Status::Received))
        },
        leads_to: |case| case,
    },
    Sentence {
        says: "its requester answers the survey once it is closed, once",
        speaks_of: |who, what, case| {
            customer(who) && who.requester && what == Action::AnswerSurvey && !open(case) && case.survey_open
        },
        leads_to: |case| CaseState { survey_open: false, ..case },
    },
];

#[test]
fn the_table_says_what_the_description_says() {
    for (standing, action, case) in combinations() {
        let sentences: Vec<_> =
            DESCRIPTION.iter().filter(|sentence| (sentence.speaks_of)(standing, action, case)).collect();
        let spoken: Vec<_> = sentences.iter().map(|sentence| sentence.says).collect();
        assert!(sentences.len() <= 1, "{standing:?}, {action:?}, {case:?}: {spoken:?}");
        let expected = sentences.first().map(|sentence| (sentence.leads_to)(case));
        let actual = after(action, standing, case, Reopening::Always);
        assert_eq!(actual, expected, "{standing:?}, {action:?}, {case:?}: {spoken:?}");
    }
}

#[test]
fn what_is_allowed_is_what_leads_somewhere() {
    let policies = [Reopening::Never, Reopening::Always, Reopening::WithinDays(2), Reopening::WithinDays(3)];
    for reopening in policies {
        for standing in standings() {
            for case in cases() {
                let allowed = allowed_actions(standing, case, reopening, now());
                let possible: Vec<_> = Action::ALL
                    .iter()
                    .copied()
                    .filter(|action| after(*action, standing, case, reopening).is_some())
                    .collect();
                assert_eq!(allowed, possible, "{standing:?}, {case:?}, {reopening:?}");
            }
        }
    }
}

#[test]
fn customers_never_act_for_the_desk() {
    for (standing, action, case) in combinations().filter(|(standing, ..)| customer(*standing)) {
        if DESK.contains(&action) {
            assert_eq!(after(action, standing, case, Reopening::Always), None, "{standing:?}, {action:?}");
        }
    }
}

#[test]
fn the_desk_never_decides_for_customers() {
    let theirs = [
        Action::AcceptSolution,
        Action::RejectSolution,
        Action::ReplyAndClose,
        Action::RequestPriorityReview,
        Action::Escalate,
        Action::AcceptEscalationSolution,
        Action::RejectEscalationSolution,
        Action::EditReference,
        Action::EditAnswers,
        Action::AnswerSurvey,
    ];
    for (standing, action, case) in combinations().filter(|(standing, ..)| !customer(*standing)) {
        if theirs.contains(&action) {
            assert_eq!(after(action, standing, case, Reopening::Always), None, "{standing:?}, {action:?}");
        }
    }
}

#[test]
fn colleagues_can_only_talk_and_follow() {
    let colleague = |standing: &Standing| {
        matches!(standing.role, Role::Customer | Role::Partner) && !standing.requester && !standing.filer
    };
    for standing in standings().into_iter().filter(colleague) {
        for case in cases() {
            let allowed = allowed_actions(standing, case, Reopening::Always, now());
            let follow = if standing.watcher { Action::StopWatching } else { Action::Watch };
            assert_eq!(allowed, [Action::Reply, follow, Action::AddWatchers], "{standing:?}, {case:?}");
        }
    }
}

#[test]
fn only_a_customers_reply_leaves_closed_and_only_under_policy() {
    for (standing, action, case) in combinations().filter(|(_, _, case)| !open(*case)) {
        for reopening in [Reopening::Never, Reopening::Always] {
            let next = after(action, standing, case, reopening);
            let reopens = next.is_some_and(open);
            let may = reopening == Reopening::Always && customer(standing) && action == Action::Reply;
            assert_eq!(reopens, may, "{standing:?}, {action:?}, {reopening:?}: {next:?}");
        }
    }
}

#[test]
fn texts_are_asked_for_where_the_description_says() {
    let optional = [
        Action::AcceptSolution,
        Action::ApprovePriorityReview,
        Action::SetPriority,
        Action::SetEta,
        Action::AcknowledgeEscalation,
        Action::AcceptEscalationSolution,
        Action::CloseEscalation,
    ];
    for role in ROLES {
        for action in Action::ALL {
            let expected = match action {
                Action::PickUp | Action::SetJiraTicket => TextRule::None,
                Action::Close if role != Role::Analyst => TextRule::Optional,
                action if optional.contains(action) => TextRule::Optional,
                action if !action.is_taken() && !matches!(action, Action::Reply | Action::AddNote) => {
                    TextRule::None
                }
                _ => TextRule::Required,
            };
            assert_eq!(action.text_rule(role), expected, "{role:?}, {action:?}");
        }
    }
}

#[test]
fn actions_are_known_by_their_keys() {
    for action in Action::ALL {
        assert_eq!(serde_json::to_value(action).unwrap(), action.key());
        assert_eq!(Action::from_key(action.key()), Some(*action));
    }
    assert_eq!(Action::from_key("Reply"), None);
}

fn requester() -> Standing {
    Standing { role: Role::Customer, requester: true, filer: true, watcher: false }
}

fn reply(closed_at: Option<DateTime<Utc>>, reopening: Reopening, now: DateTime<Utc>) -> Option<Status> {
    let case = CaseState { status: Status::Closed, closed_at, ..CaseState::filed(None, false) };
    next_state(Action::Reply, requester(), case, reopening, now).map(|case| case.status)
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
        deeds in prop::collection::vec((0..32_usize, 0..Action::ALL.len(), 1..900_i64), 0..60),
        window in 0..40_u32,
    ) {
        let reopening = Reopening::WithinDays(window);
        let standings = standings();
        let mut case = CaseState::filed(None, true);
        let mut time = now();
        for (who, what, minutes) in deeds {
            time += Duration::minutes(minutes);
            let (standing, action) = (standings[who], Action::ALL[what]);
            let allowed = allowed_actions(standing, case, reopening, time);
            let next = next_state(action, standing, case, reopening, time);
            prop_assert_eq!(allowed.contains(&action), next.is_some());
            prop_assert!(!allowed.is_empty());
            let Some(next) = next else { continue };
            prop_assert!(next.status != Status::Received || case.status == Status::Received);
            prop_assert!(case.survey_open || !next.survey_open);
            if !open(case) && open(next) {
                let closed = case.closed_at.unwrap();
                prop_assert!(customer(standing) && action == Action::Reply);
                prop_assert!(time <= closed + Duration::days(i64::from(window)));
            }
            prop_assert_eq!(next.closed_at.is_some(), !open(next));
            prop_assert!(open(next) || !(next.is_escalated() || next.review_pending));
            case = next;
        }
    }
}
