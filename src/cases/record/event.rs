//! What happened, in words; the name of who did it stands before.

use chrono::NaiveDate;
use contract::{EscalationState, JiraTicket, Watcher, case::ReviewStep, people::PersonRef, thread::Content};
use leptos::prelude::*;
use ui::{Icon, time::calendar_day};

/// The icon and the words of an event; nothing for a message.
pub fn happened(content: &Content, author: &PersonRef) -> Option<(Icon, AnyView)> {
    let said = |icon, words: &str| Some((icon, words.to_owned().into_any()));
    match content {
        Content::Message { .. } => None,
        Content::Filed => said(Icon::Inbox, texts::record::filed_the_case()),
        Content::StatusChanged { from, to } => {
            let icon = if to.is_open() { Icon::Forward } else { Icon::Closed };
            said(icon, &texts::record::moved_from_to(from.label(), to.label()))
        }
        Content::PriorityChanged { from, to } => {
            said(Icon::Rank, &texts::record::changed_priority(from.label(), to.label()))
        }
        Content::EscalationChanged { to: EscalationState::Started } => {
            said(Icon::Alarm, texts::record::escalated())
        }
        Content::EscalationChanged { to } => {
            said(Icon::Alarm, &texts::record::escalation_moved_to(to.label()))
        }
        Content::PriorityReview { step } => said(Icon::Rank, review(*step)),
        Content::EtaChanged { to } => said(Icon::Clock, &eta(*to)),
        Content::JiraTicketChanged { to } => Some((Icon::Link, ticket(to.as_ref()))),
        Content::WatcherAdded { watcher } => Some((Icon::Eye, added(watcher, author))),
        Content::WatcherRemoved { watcher } => Some((Icon::Eye, removed(watcher, author))),
        Content::AnswersChanged { questions } => {
            let questions = view! { <span dir="auto">{questions.join(", ")}</span> };
            Some((Icon::Edit, view! { {texts::record::corrected_answers()} " " {questions} }.into_any()))
        }
    }
}

fn review(step: ReviewStep) -> &'static str {
    match step {
        ReviewStep::Requested => texts::record::asked_for_review(),
        ReviewStep::Approved => texts::record::approved_review(),
        ReviewStep::Declined => texts::record::declined_review(),
        ReviewStep::Withdrawn => texts::record::withdrew_review(),
    }
}

fn eta(day: Option<NaiveDate>) -> String {
    day.map_or_else(
        || texts::record::took_back_eta().to_owned(),
        |day| texts::record::set_eta_to(calendar_day(day)),
    )
}

fn ticket(ticket: Option<&JiraTicket>) -> AnyView {
    let Some(JiraTicket { key, status, .. }) = ticket else {
        return texts::record::removed_ticket().into_any();
    };
    let words = match status {
        Some(status) => format!("{key} – {status}"),
        None => key.clone(),
    };
    view! { {texts::record::set_ticket()} " " <span dir="auto">{words}</span> }.into_any()
}

fn is_author(watcher: &Watcher, author: &PersonRef) -> bool {
    matches!(watcher, Watcher::Person(person) if person.id == author.id)
}

fn added(watcher: &Watcher, author: &PersonRef) -> AnyView {
    if is_author(watcher, author) {
        return texts::record::follows_it().into_any();
    }
    view! { {texts::record::added_watcher()} " " {name(watcher)} }.into_any()
}

fn removed(watcher: &Watcher, author: &PersonRef) -> AnyView {
    if is_author(watcher, author) {
        return texts::record::follows_it_no_longer().into_any();
    }
    view! { {texts::record::removed_watcher()} " " {name(watcher)} }.into_any()
}

fn name(watcher: &Watcher) -> AnyView {
    view! { <strong dir="auto">{watcher.label().to_owned()}</strong> }.into_any()
}
