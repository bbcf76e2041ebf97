//! Options to choose from, as cards that can be hit with a thumb.

use leptos::prelude::*;

/// Whether one card of a group is chosen, or any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceKind {
    /// Exactly one.
    One,
    /// Any number.
    Many,
}

/// One option. Cards of the same `group` belong together.
#[component]
pub fn ChoiceCard(
    /// Whether one or many may be chosen.
    kind: ChoiceKind,
    /// The group's name.
    group: String,
    /// The option's title.
    title: String,
    /// One sentence more.
    #[prop(optional_no_strip)]
    help: Option<String>,
    /// Whether it can be chosen.
    #[prop(optional)]
    disabled: bool,
    /// The id of the element that describes the group, such as its error.
    #[prop(optional, into)]
    describedby: Signal<Option<String>>,
    /// Whether it is chosen.
    #[prop(into)]
    chosen: Signal<bool>,
    /// What choosing or leaving it does.
    #[prop(into)]
    choose: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="choice" class:choice-disabled=disabled>
            <input
                type=if kind == ChoiceKind::One { "radio" } else { "checkbox" }
                name=group
                disabled=disabled
                aria-describedby=describedby
                prop:checked=chosen
                on:change=move |event| choose.run(event_target_checked(&event))
            />
            <span class="choice-text">
                <span class="choice-title" dir="auto">{title}</span>
                {help.map(|help| view! { <span class="choice-help" dir="auto">{help}</span> })}
            </span>
        </label>
    }
}
