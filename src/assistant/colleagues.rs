//! People of the organisation filed for, found while their name is typed.

use contract::{
    catalogue::{Answer, Question},
    people::Colleague,
};
use leptos::prelude::*;
use ui::{
    Control, Entry,
    addresses::{Addresses, addresses},
};

use super::filing::Filing;
use crate::remote::{Fetched, Remote, people::colleagues_as_typed};

/// The colleagues that fit what is typed.
pub fn found(filing: Filing, typed: RwSignal<String>) -> Fetched<Vec<Colleague>> {
    let wanted = Signal::derive(move || {
        let organisation = filing.draft.with(|draft| draft.organisation)?;
        Some((organisation, typed.get().trim().to_owned()))
    });
    colleagues_as_typed(Remote::here(), wanted)
}

/// A question answered with addresses: colleagues are offered, any other is taken.
pub fn addresses_of(filing: Filing, question: Question, tied: Control) -> AnyView {
    let begins = match filing.answer(&question.id) {
        Some(Answer::List(entries)) => entries,
        _ => Vec::new(),
    };
    let chosen = RwSignal::new(begins);
    let typed = RwSignal::new(String::new());
    let found = found(filing, typed);
    let people = Signal::derive(move || {
        let people = found.value.get().unwrap_or_default();
        people
            .into_iter()
            .map(|one| Entry { note: Some(one.email.clone()), ..Entry::new(one.email, one.person.name) })
            .collect()
    });
    let field =
        Addresses { chosen, typed, people, pending: found.pending.into(), open: RwSignal::new(false) };
    let mut begun = false;
    ui::watch(move || {
        let entered = field.entered();
        // What stood there before is no new answer.
        if std::mem::replace(&mut begun, true) {
            untrack(|| filing.set(&question, Answer::List(entered)));
        }
    });
    addresses(tied, field)
}
