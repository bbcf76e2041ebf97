//! Events in words; the name of who did it stands before them.

use chrono::NaiveDate;

use crate::{EscalationState, JiraTicket, Watcher, case::ReviewStep, people::PersonRef, thread::Content};

/// What happened, in the language spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Our words.
    pub words: String,
    /// What people called it: a name, the questions of a catalogue. It follows our words.
    pub of: Option<String>,
}

impl Happening {
    fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), of: None }
    }

    fn of(words: &str, of: impl Into<String>) -> Self {
        Self { words: words.to_owned(), of: Some(of.into()) }
    }
}

impl Content {
    /// What happened, by `author`; nothing for a message. `day` writes a day as its
    /// reader is used to.
    pub fn happened(&self, author: &PersonRef, day: fn(NaiveDate) -> String) -> Option<Happening> {
        Some(match self {
            Self::Message { .. } => return None,
            Self::Attached { attachments } => {
                Happening::new(texts::attachments::attached_files(attachments.len() as u64))
            }
            Self::Filed => Happening::new(texts::record::filed_the_case()),
            Self::StatusChanged { from, to } => {
                Happening::new(texts::record::moved_from_to(from.label(), to.label()))
            }
            Self::PriorityChanged { from, to } => {
                Happening::new(texts::record::changed_priority(from.label(), to.label()))
            }
            Self::EscalationChanged { to: EscalationState::Started } => {
                Happening::new(texts::record::escalated())
            }
            Self::EscalationChanged { to } => Happening::new(texts::record::escalation_moved_to(to.label())),
            Self::PriorityReview { step } => Happening::new(review(*step)),
            Self::EtaChanged { to: None } => Happening::new(texts::record::took_back_eta()),
            Self::EtaChanged { to: Some(to) } => Happening::new(texts::record::set_eta_to(day(*to))),
            Self::JiraTicketChanged { to: None } => Happening::new(texts::record::removed_ticket()),
            Self::JiraTicketChanged { to: Some(to) } => {
                Happening::of(texts::record::set_ticket(), ticket(to))
            }
            Self::WatcherAdded { watcher } if is(watcher, author) => {
                Happening::new(texts::record::follows_it())
            }
            Self::WatcherAdded { watcher } => Happening::of(texts::record::added_watcher(), watcher.label()),
            Self::WatcherRemoved { watcher } if is(watcher, author) => {
                Happening::new(texts::record::follows_it_no_longer())
            }
            Self::WatcherRemoved { watcher } => {
                Happening::of(texts::record::removed_watcher(), watcher.label())
            }
            Self::AnswersChanged { questions } => {
                Happening::of(texts::record::corrected_answers(), questions.join(", "))
            }
            Self::RequesterChanged { to } => Happening::of(texts::record::handed_over_to(), to.name.clone()),
        })
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

fn ticket(ticket: &JiraTicket) -> String {
    match &ticket.status {
        Some(status) => format!("{} – {status}", ticket.key),
        None => ticket.key.clone(),
    }
}

fn is(watcher: &Watcher, author: &PersonRef) -> bool {
    matches!(watcher, Watcher::Person(person) if person.id == author.id)
}
