//! What a message is for.

use contract::Action;
use leptos::prelude::*;

use super::send::Writing;

/// The actions that are written in the reply box, in the order they are offered.
pub const WRITTEN: [Action; 4] =
    [Action::Reply, Action::RequestInformation, Action::ProposeSolution, Action::AddNote];

/// The text's label.
pub const fn label(purpose: Action) -> &'static str {
    match purpose {
        Action::RequestInformation => "What support needs to know",
        Action::ProposeSolution => "Solution",
        Action::AddNote => "Internal note",
        _ => "Reply",
    }
}

/// What sending it does.
pub const fn verb(purpose: Action) -> &'static str {
    match purpose {
        Action::RequestInformation => "Ask the customer",
        Action::ProposeSolution => "Propose solution",
        Action::AddNote => "Add note",
        _ => "Send",
    }
}

/// The purpose's name in the style sheet.
pub const fn key(purpose: Action) -> &'static str {
    match purpose {
        Action::RequestInformation => "question",
        Action::ProposeSolution => "solution",
        Action::AddNote => "note",
        _ => "reply",
    }
}

const fn title(purpose: Action) -> &'static str {
    match purpose {
        Action::RequestInformation => "Ask for information",
        Action::ProposeSolution => "Propose a solution",
        Action::AddNote => "Internal note",
        _ => "Reply",
    }
}

/// Chooses the purpose, where there is more than one.
#[component]
pub fn PurposeChoice(writing: Writing) -> impl IntoView {
    let option = move |purpose: Action| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="purpose"
                    prop:checked=Signal::derive(move || writing.purpose.get() == purpose)
                    on:change=move |_| writing.purpose.set(purpose)
                />
                <span>{title(purpose)}</span>
            </label>
        }
    };
    ui::shown(move || {
        let purposes = writing.purposes.get();
        (purposes.len() > 1).then(|| {
            view! {
                <fieldset class="segments">
                    <legend class="unseen">"What is this message for?"</legend>
                    {purposes.into_iter().map(option).collect_view()}
                </fieldset>
            }
        })
    })
}
