//! An address that leads nowhere, or nowhere for this person.

use leptos::prelude::*;
use ui::{EmptyState, Icon};

use super::Page;
use crate::routes::Route;

/// Says that there is nothing here, and offers ways on.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Page title=Signal::stored("Not found".to_owned())>
            <h1 class="unseen">"Not found"</h1>
            <EmptyState icon=Icon::Search title="There is nothing at this address">
                <p>"It may be mistyped, or belong to an organisation you do not work for."</p>
                <p class="empty-ways">
                    <a class="button button-primary" href=Route::Cases.to_string()>"Go to our cases"</a>
                    <a class="button" href=Route::Home.to_string()>"Go home"</a>
                </p>
            </EmptyState>
        </Page>
    }
}
