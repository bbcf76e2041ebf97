//! Controls for text.

use leptos::prelude::*;

use crate::field::Control;

/// What kind of line a control takes.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The `type` attribute.
    pub kind: &'static str,
    /// The `inputmode` attribute.
    pub mode: &'static str,
    /// The `autocomplete` attribute.
    pub autocomplete: &'static str,
}

impl Line {
    /// A line of a kind that the browser has nothing to fill in for.
    #[must_use]
    pub const fn of(kind: &'static str) -> Self {
        Self { kind, mode: kind, autocomplete: "off" }
    }
}

/// A line of text. `value` sets it; what is typed goes to `take`.
pub fn line(tied: Control, line: Line, value: Signal<String>, take: Callback<String>) -> AnyView {
    view! {
        <input
            class="input"
            type=line.kind
            inputmode=line.mode
            autocomplete=line.autocomplete
            id=tied.id
            dir="auto"
            aria-required=tied.required
            aria-describedby=tied.describedby
            aria-invalid=tied.invalid
            prop:value=value
            on:input=move |event| take.run(event_target_value(&event))
        />
    }
    .into_any()
}

/// Many lines of text. `value` sets them; what is typed goes to `take`.
pub fn area(tied: Control, rows: &'static str, value: Signal<String>, take: Callback<String>) -> AnyView {
    view! {
        <textarea
            class="input"
            rows=rows
            id=tied.id
            dir="auto"
            aria-required=tied.required
            aria-describedby=tied.describedby
            aria-invalid=tied.invalid
            prop:value=value
            on:input=move |event| take.run(event_target_value(&event))
        ></textarea>
    }
    .into_any()
}

/// Many lines of a text that a signal holds.
pub fn area_of(tied: Control, rows: &'static str, text: RwSignal<String>) -> AnyView {
    area(tied, rows, text.into(), Callback::new(move |typed| text.set(typed)))
}
