//! What is known of the case, beside its conversation.

use contract::{CaseRecord, Impact};
use leptos::prelude::*;
use ui::{Moment, PriorityMark, time::calendar_day};

use super::open_case::OpenCase;

/// The facts, in a list.
#[component]
pub fn Facts() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    view! {
        <aside class="facts" aria-label="About this case">
            <dl>{ui::shown(move || open.record.value.get().map(facts))}</dl>
        </aside>
    }
    .into_any()
}

fn facts(record: CaseRecord) -> AnyView {
    let CaseRecord { summary, filer, internal_reference, desired_date, .. } = record;
    let filed_by = (filer.id != summary.requester.id).then_some(filer.name);
    let impact = summary.impact.map(impact_words);
    view! {
        {fact("Number", summary.number.to_string())}
        {fact("Priority", view! { <PriorityMark priority=summary.priority/> })}
        {impact.map(|impact| fact("Impact", impact))}
        {fact("Type", summary.type_title)}
        {summary.environment.map(|environment| fact("Environment", environment))}
        {fact("Requester", summary.requester.name)}
        {filed_by.map(|name| fact("Filed by", name))}
        {fact("Organisation", summary.organisation.name)}
        {fact("Filed", view! { <Moment at=summary.created_at/> })}
        {fact("Updated", view! { <Moment at=summary.updated_at/> })}
        {record.closed_at.map(|at| fact("Closed", view! { <Moment at=at/> }))}
        {desired_date.map(|day| fact("Wanted by", calendar_day(day)))}
        {internal_reference.map(|reference| fact("Your reference", reference))}
        {record.additional_contact.map(|contact| fact("Also told", contact))}
        {record.processing_time.map(|time| fact("Usually takes", time))}
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

const fn impact_words(impact: Impact) -> &'static str {
    match impact {
        Impact::P1 => "P1 – urgent",
        Impact::P2 => "P2 – high",
        Impact::P3 => "P3 – medium",
        Impact::P4 => "P4 – low",
    }
}
