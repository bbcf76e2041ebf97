//! How far something has come.

use leptos::prelude::*;

/// A bar with its label and its value in words.
#[component]
pub fn Progress(
    /// Its own id, unique on the page.
    #[prop(into)]
    id: String,
    /// What is under way, such as a file's name.
    #[prop(into)]
    label: String,
    /// How many per cent are done; none if that is not known.
    #[prop(into)]
    done: Signal<Option<u8>>,
    /// The value in words; without them, the percentage.
    #[prop(optional, into)]
    words: Option<Signal<String>>,
) -> impl IntoView {
    let said = Signal::derive(move || match words {
        Some(words) => words.get(),
        None => done.get().map(texts::ui::percent).unwrap_or_default(),
    });
    view! {
        <div class="progress">
            <span class="progress-label" id=id.clone() dir="auto">{label}</span>
            <span class="progress-words" aria-hidden="true">{said}</span>
            <progress
                aria-labelledby=id
                aria-valuetext=said
                max="100"
                value=Signal::derive(move || done.get().map(|done| done.min(100).to_string()))
            ></progress>
        </div>
    }
    .into_any()
}
