//! The page while it is not known what to show.

use leptos::prelude::*;

/// The page while nobody knows who is signed in, or its code is on its way. It keeps
/// the title of the page before.
#[component]
pub fn Waiting() -> impl IntoView {
    view! { <ui::Skeleton lines=6 label=texts::shell::loading()/> }
}
