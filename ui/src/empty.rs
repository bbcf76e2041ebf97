//! Nothing to show, and why.

use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// Says why there is nothing, and offers a way on.
#[component]
pub fn EmptyState(
    /// A picture of what is missing.
    icon: Icon,
    /// What is missing.
    #[prop(into)]
    title: String,
    /// Why, and the way on.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Glyph icon=icon/>
            <h2>{title}</h2>
            {children()}
        </div>
    }
}
