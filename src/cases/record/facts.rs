//! What is known of the case, beside its conversation.

use chrono::NaiveDate;
use contract::{CaseRecord, CaseRef, Escalation, Impact, Watcher};
use leptos::prelude::*;
use ui::{Glyph, Icon, Moment, PriorityMark, time::calendar_day};

use super::open_case::OpenCase;
use crate::routes::Route;

/// The facts, in a list.
#[component]
pub fn Facts() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    view! {
        <aside class="facts" aria-label=texts::record::about_this_case()>
            <dl>{ui::shown(move || open.record.value.get().map(facts))}</dl>
        </aside>
    }
    .into_any()
}

fn facts(record: CaseRecord) -> AnyView {
    let CaseRecord { summary, filer, internal_reference, desired_date, watchers, follows, .. } = record;
    let filed_by = (filer.id != summary.requester.id).then_some(filer.name);
    let impact = summary.impact.map(impact_words);
    view! {
        {written(texts::cases::number(), summary.number.to_string())}
        {fact(texts::cases::priority(), view! { <PriorityMark priority=summary.priority/> })}
        {record.escalation.map(|escalation| fact(texts::record::escalation(), standing(&escalation)))}
        {impact.map(|impact| fact(texts::record::impact(), impact))}
        {written(texts::cases::case_type(), summary.type_title)}
        {record.queue.map(|queue| written(texts::record::queue(), queue))}
        {summary.environment.map(|environment| written(texts::record::environment(), environment))}
        {written(texts::cases::requester(), summary.requester.name)}
        {filed_by.map(|name| written(texts::record::filed_by(), name))}
        {written(texts::cases::organisation(), summary.organisation.name)}
        {fact(texts::record::filed(), view! { <Moment at=summary.created_at/> })}
        {fact(texts::cases::updated(), view! { <Moment at=summary.updated_at/> })}
        {record.closed_at.map(|at| fact(texts::record::closed(), view! { <Moment at=at/> }))}
        {desired_date.map(|day| fact(texts::record::wanted_by(), day_of(day)))}
        {internal_reference.map(|reference| written(texts::record::your_reference(), reference))}
        {record.additional_contact.map(|contact| written(texts::record::also_told(), contact))}
        {(!watchers.is_empty()).then(|| fact(texts::record::watchers(), names(&watchers)))}
        {follows.map(|case| fact(texts::record::follows(), links(vec![case])))}
        {(!record.followed_by.is_empty()).then(|| fact(texts::record::followed_by(), links(record.followed_by)))}
        {record.processing_time.map(|time| written(texts::record::usually_takes(), time))}
    }
    .into_any()
}

fn fact(name: &'static str, value: impl IntoAny) -> AnyView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{value.into_any()}</dd>
        </div>
    }
    .into_any()
}

/// A fact in the words of a person or of the catalogue.
fn written(name: &'static str, value: String) -> AnyView {
    fact(name, view! { <span dir="auto">{value}</span> })
}

fn standing(escalation: &Escalation) -> AnyView {
    view! {
        <span class="escalation" class:escalation-open=escalation.state.is_open()>
            <Glyph icon=Icon::Alarm/>
            {escalation.state.label()}
        </span>
        " "
        <Moment at=escalation.since/>
    }
    .into_any()
}

fn names(watchers: &[Watcher]) -> AnyView {
    let name = |watcher: &Watcher| view! { <li dir="auto">{watcher.label().to_owned()}</li> };
    view! { <ul>{watchers.iter().map(name).collect_view()}</ul> }.into_any()
}

fn links(cases: Vec<CaseRef>) -> AnyView {
    let link = |case: CaseRef| {
        view! {
            <li>
                <a href=Route::Case(case.number).to_string() dir="auto">
                    {format!("{} {}", case.number, case.subject)}
                </a>
            </li>
        }
    };
    view! { <ul>{cases.into_iter().map(link).collect_view()}</ul> }.into_any()
}

fn day_of(day: NaiveDate) -> AnyView {
    view! { <time datetime=day.to_string()>{calendar_day(day)}</time> }.into_any()
}

fn impact_words(impact: Impact) -> &'static str {
    match impact {
        Impact::P1 => texts::record::impact_urgent(),
        Impact::P2 => texts::record::impact_high(),
        Impact::P3 => texts::record::impact_medium(),
        Impact::P4 => texts::record::impact_low(),
    }
}
