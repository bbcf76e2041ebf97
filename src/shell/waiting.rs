//! The page while it is not known what to show.

use leptos::prelude::*;

use super::Page;

/// The page while nobody knows who is signed in, or its code is on its way.
#[component]
pub fn Waiting() -> impl IntoView {
    view! {
        <Page title=Signal::stored(String::new())>
            <ui::Skeleton lines=6 label="Loading"/>
        </Page>
    }
}
