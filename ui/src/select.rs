//! One of a short list.

use leptos::prelude::*;

use crate::{
    entry::Entry,
    field::Control,
    icon::{Glyph, Icon},
};

/// A native select. `blank` is what it says while nothing is chosen; without it,
/// something always is. What is chosen goes to `take`; nothing is the empty value.
pub fn select(
    tied: Control,
    entries: Signal<Vec<Entry>>,
    blank: Option<&'static str>,
    value: Signal<String>,
    take: Callback<String>,
) -> AnyView {
    let options = move || entries.get().into_iter().map(|entry| option(entry, value)).collect_view();
    view! {
        <span class="select">
            <select
                class="input"
                id=tied.id
                aria-required=tied.required
                aria-describedby=tied.describedby
                aria-invalid=tied.invalid
                on:change=move |event| take.run(event_target_value(&event))
            >
                {blank.map(|blank| view! { <option value="">{blank}</option> })}
                {crate::erased::dynamic(options)}
            </select>
            <Glyph icon=Icon::Chevron/>
        </span>
    }
    .into_any()
}

fn option(entry: Entry, chosen: Signal<String>) -> AnyView {
    let own = entry.value.clone();
    let selected = Signal::derive(move || chosen.with(|chosen| *chosen == own));
    view! {
        <option value=entry.value dir="auto" prop:selected=selected>
            {entry.title}
        </option>
    }
    .into_any()
}
