//! What a message is for.

use contract::Action;
use leptos::prelude::*;

use super::send::Writing;

/// The actions that are written in the reply box, in the order they are offered.
pub const WRITTEN: [Action; 4] =
    [Action::Reply, Action::RequestInformation, Action::ProposeSolution, Action::AddNote];

/// The text's label.
pub fn label(purpose: Action) -> &'static str {
    match purpose {
        Action::RequestInformation => texts::composer::support_needs_to_know(),
        Action::ProposeSolution => texts::composer::solution(),
        Action::AddNote => texts::record::internal_note(),
        _ => texts::composer::reply(),
    }
}

/// What sending it does.
pub fn verb(purpose: Action) -> &'static str {
    match purpose {
        Action::RequestInformation => texts::composer::ask_the_customer(),
        Action::ProposeSolution => texts::composer::propose_solution(),
        Action::AddNote => texts::composer::add_note(),
        _ => texts::composer::send(),
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

fn title(purpose: Action) -> &'static str {
    match purpose {
        Action::RequestInformation => texts::composer::ask_for_information(),
        Action::ProposeSolution => texts::composer::propose_a_solution(),
        Action::AddNote => texts::record::internal_note(),
        _ => texts::composer::reply(),
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
                    <legend class="unseen">{texts::composer::message_purpose()}</legend>
                    {purposes.into_iter().map(option).collect_view()}
                </fieldset>
            }
        })
    })
}
