//! What is known of the case, beside its conversation.

use chrono::NaiveDate;
use contract::{
    CaseRecord, CaseRef, Escalation, Impact, JiraTicket,
    case::{PriorityReview, ReviewStep},
};
use leptos::prelude::*;
use ui::{Glyph, Icon, Moment, PriorityMark, time};

use super::{eta_history::EtaHistory, open_case::OpenCase, people::Watchers, reference::ReferenceFact};
use crate::routes::Route;

/// The facts, in a list.
#[component]
pub fn Facts() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    view! {
        <aside class="facts" aria-label=texts::record::about_this_case()>
            <dl>
                {ui::shown(move || open.record.value.get().map(facts))}
                <ReferenceFact/>
            </dl>
            <EtaHistory/>
            <Watchers/>
        </aside>
    }
    .into_any()
}

fn facts(record: CaseRecord) -> AnyView {
    let eta = record.eta().map(eta);
    let CaseRecord { summary, filer, desired_date, follows, .. } = record;
    let filed_by = (filer.id != summary.requester.id).then_some(filer.name);
    let impact = summary.impact.map(Impact::label);
    view! {
        {written(texts::cases::number(), summary.number.to_string())}
        {fact(texts::cases::priority(), view! { <PriorityMark priority=summary.priority/> })}
        {record.escalation.map(|escalation| fact(texts::record::escalation(), standing(&escalation)))}
        {record.priority_review.map(|asked| fact(texts::record::priority_review(), review(&asked)))}
        {eta.map(|eta| fact(texts::record::eta(), eta))}
        {record.jira.map(|jira| fact(texts::record::ticket(), ticket(jira)))}
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
        {desired_date.map(|day| fact(texts::record::wanted_by(), time::day(day)))}
        {record.additional_contact.map(|contact| written(texts::record::also_told(), contact))}
        {follows.map(|case| fact(texts::record::follows(), links(vec![case])))}
        {(!record.followed_by.is_empty()).then(|| fact(texts::record::followed_by(), links(record.followed_by)))}
        {record.processing_time.map(|time| written(texts::record::usually_takes(), time))}
    }
    .into_any()
}

pub(super) fn fact(name: &'static str, value: impl IntoAny) -> AnyView {
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

/// Not a commitment, and said so wherever it stands (domain notes, "ETA").
fn eta(day: NaiveDate) -> AnyView {
    view! { {time::day(day)} " " <span class="quiet">{texts::record::no_commitment()}</span> }.into_any()
}

fn review(review: &PriorityReview) -> AnyView {
    let words = match review.step {
        ReviewStep::Requested => texts::record::review_requested(),
        ReviewStep::Approved => texts::record::review_approved(),
        ReviewStep::Declined => texts::record::review_declined(),
        ReviewStep::Withdrawn => texts::record::review_withdrawn(),
    };
    view! { {words} " " <span class="quiet"><Moment at=review.since/></span> }.into_any()
}

fn ticket(ticket: JiraTicket) -> AnyView {
    let JiraTicket { key, url, status } = ticket;
    let name = match url {
        Some(url) => external(url, key),
        None => view! { <span dir="auto">{key}</span> }.into_any(),
    };
    view! { {name} {status.map(|status| view! { " " <span class="quiet" dir="auto">{status}</span> })} }
        .into_any()
}

fn external(url: String, words: String) -> AnyView {
    view! {
        <a href=url target="_blank" rel="noreferrer">
            <span dir="auto">{words}</span>
            <Glyph icon=Icon::External/>
            <span class="unseen">" "{texts::assistant::opens_in_new_tab()}</span>
        </a>
    }
    .into_any()
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
