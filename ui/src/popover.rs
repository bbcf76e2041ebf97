//! A small panel beside the button that opens it.

use leptos::prelude::*;

use crate::{
    button::Look,
    icon::{Glyph, Icon},
};

/// A button and the panel it opens. The browser opens it, closes it on Escape and on a
/// click elsewhere, and gives the focus back; it stands above everything else.
#[component]
pub fn Popover(
    /// Its own id, unique on the page.
    #[prop(into)]
    id: String,
    /// The button's classes.
    #[prop(default = Look::Plain.class())]
    class: &'static str,
    /// The button's accessible name, where its content has no words.
    #[prop(optional, into)]
    label: Option<String>,
    /// The button's content.
    face: AnyView,
    /// What the panel holds.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="popover-frame">
            <button type="button" class=class aria-label=label popovertarget=id.clone()>
                {face}
            </button>
            <div class="popover" id=id popover="auto">
                {children()}
            </div>
        </span>
    }
    .into_any()
}

/// A word of explanation behind a small button.
#[component]
pub fn Hint(
    /// Its own id, unique on the page.
    #[prop(into)]
    id: String,
    /// What it explains: the button's name.
    #[prop(into)]
    about: String,
    /// The explanation.
    children: Children,
) -> impl IntoView {
    let face = view! { <Glyph icon=Icon::Question/> }.into_any();
    view! {
        <Popover id=id class="hint" label=about face=face>
            {children()}
        </Popover>
    }
    .into_any()
}
