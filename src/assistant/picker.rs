//! The choice of a case type.

use leptos::prelude::*;

use crate::shell::{CaseTypes, Page};

/// What is it about?
pub fn picker_page() -> AnyView {
    view! {
        <Page title=Signal::stored("Create a case".to_owned())>
            <div class="head">
                <h1>"Create a case"</h1>
                <p class="quiet">"What is it about?"</p>
            </div>
            <CaseTypes/>
        </Page>
    }
    .into_any()
}
