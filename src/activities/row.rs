//! A case in a part, and what can be done to it from here.

use contract::{Action, Activity, CaseNumber, CaseSummary, Status, lifecycle::Side};
use leptos::prelude::*;
use ui::{Button, Look, Moment, StatusMark};

use super::Activities;
use crate::{
    cases::OnItsWay,
    local::Outbox,
    remote::session::Account,
    routes::{Route, SURVEY},
};

/// A row that changes in place, so that the focus stays where it is.
pub fn row(here: Activities, activity: Activity, number: CaseNumber) -> AnyView {
    let case = Memo::new(move |before: Option<&Option<CaseSummary>>| {
        let now = here.part(activity, |part| part.cases.iter().find(|case| case.number == number).cloned());
        // A row about to go keeps its last words.
        now.flatten().or_else(|| before.cloned().flatten())
    });
    let subject = ui::memo(move || case.with(|case| case.as_ref().map(|case| case.subject.clone())));
    let unread = ui::memo(move || case.with(|case| case.as_ref().is_some_and(|case| case.unread)));
    view! {
        <li class="activity-row" class:activity-unread=unread>
            <div class="activity-what">
                <a href=Route::Case(number).to_string() dir="auto">
                    {ui::dynamic(move || subject.get())}
                </a>
                {ui::dynamic(move || case.get().map(|case| facts(activity, &case)))}
            </div>
            <div class="activity-ways">{ui::dynamic(move || ways(here, activity, number, case))}</div>
            <OnItsWay number=number/>
        </li>
    }
    .into_any()
}

/// Whether it is new, its number, whose turn it is and since when, and for whom it is.
fn facts(activity: Activity, case: &CaseSummary) -> AnyView {
    let me = Account::here().id();
    let turn = match case.status.turn() {
        None => texts::activities::closed(),
        Some(Side::Support) => texts::activities::supports_turn(),
        Some(Side::Customer) if activity == Activity::Watching => texts::activities::customers_turn(),
        Some(Side::Customer) => texts::activities::your_turn(),
    };
    let requester = (case.requester.id != me).then(|| {
        view! { <span dir="auto">{texts::activities::requested_by(case.requester.name.clone())}</span> }
    });
    view! {
        <p class="activity-facts">
            {case.unread.then(|| view! { <span class="activity-new">{texts::activities::new()}</span> })}
            <span dir="auto">{case.number.to_string()}</span>
            <StatusMark status=case.status/>
            <span>{turn} " " <Moment at=case.turn_since/></span>
            {requester}
        </p>
    }
    .into_any()
}

/// What the case asks for, as buttons; what else can be done stands on its page.
fn ways(
    here: Activities,
    activity: Activity,
    number: CaseNumber,
    case: Memo<Option<CaseSummary>>,
) -> Option<AnyView> {
    let status = case.with(|case| case.as_ref().map(|case| case.status))?;
    if activity == Activity::Watching {
        return None;
    }
    let way = |action: Action, label: &'static str, look: Look| way(here, number, action, label, look);
    let ways = match status {
        Status::SolutionProposed => vec![
            way(Action::AcceptSolution, texts::record::accept_solution(), Look::Primary),
            way(Action::RejectSolution, texts::record::reject_solution(), Look::Plain),
        ],
        Status::Closed if activity == Activity::NeedsMe => {
            let survey = format!("{}#{SURVEY}", Route::Case(number));
            vec![
                view! { <a class="button" href=survey>{texts::activities::say_how_it_went()}</a> }.into_any(),
            ]
        }
        Status::Closed => return None,
        Status::WaitingForCustomer => vec![
            way(Action::Reply, texts::composer::reply(), Look::Primary),
            way(Action::Close, texts::record::close_case(), Look::Quiet),
        ],
        _ => vec![
            way(Action::Reply, texts::composer::reply(), Look::Plain),
            way(Action::Close, texts::record::close_case(), Look::Quiet),
        ],
    };
    Some(ways.collect_view().into_any())
}

fn way(here: Activities, number: CaseNumber, action: Action, label: &'static str, look: Look) -> AnyView {
    let busy = Outbox::here().busy(number);
    view! {
        <Button look=look pending=busy press=move |_| here.asked.set(Some((number, action)))>
            {label}
        </Button>
    }
    .into_any()
}
