//! The choice of a case type.

use leptos::prelude::*;

use crate::shell::{CaseTypes, Page};

/// What is it about?
pub fn picker_page() -> AnyView {
    view! {
        <Page title=Signal::stored(texts::shell::create_a_case().to_owned())>
            <div class="head">
                <h1>{texts::shell::create_a_case()}</h1>
                <p class="quiet">{texts::assistant::what_is_it_about()}</p>
            </div>
            <CaseTypes/>
        </Page>
    }
    .into_any()
}
