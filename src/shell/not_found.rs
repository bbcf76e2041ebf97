//! An address that leads nowhere, or nowhere for this person.

use leptos::prelude::*;
use ui::{EmptyState, Icon};

use super::Page;
use crate::routes::Route;

/// Says that there is nothing here, and offers ways on.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Page title=Signal::stored(texts::shell::not_found().to_owned())>
            <h1 class="unseen">{texts::shell::not_found()}</h1>
            <EmptyState icon=Icon::Search title=texts::shell::nothing_at_this_address()>
                <p>{texts::shell::mistyped_or_not_yours()}</p>
                <p class="empty-ways">
                    <a class="button button-primary" href=Route::Cases.to_string()>{texts::shell::go_to_our_cases()}</a>
                    <a class="button" href=Route::Home.to_string()>{texts::shell::go_home()}</a>
                </p>
            </EmptyState>
        </Page>
    }
}
