//! What narrows a list, each to be taken away.

use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// A filter in force; pressing it takes it away.
#[component]
pub fn FilterChip(
    /// What it keeps, such as a person's name.
    #[prop(into)]
    name: String,
    /// Takes it away.
    #[prop(into)]
    remove: Callback<()>,
) -> impl IntoView {
    let label = texts::ui::remove_filter(&name);
    view! {
        <button
            type="button"
            class="filter-chip"
            aria-label=label
            on:click=move |_| remove.run(())
        >
            <span dir="auto">{name}</span>
            <Glyph icon=Icon::Cross/>
        </button>
    }
    .into_any()
}
