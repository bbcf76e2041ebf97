//! The choice of a case type.

use leptos::prelude::*;

use crate::{
    remote::{Remote, catalogue},
    shell::{CaseTypes, Page, UnsentDrafts},
};

/// What is it about?
pub fn picker_page() -> AnyView {
    let fetched = catalogue::fetch(Remote::here());
    view! {
        <Page title=Signal::stored(texts::shell::create_a_case().to_owned())>
            <div class="head">
                <h1>{texts::shell::create_a_case()}</h1>
                <p class="quiet">{texts::assistant::what_is_it_about()}</p>
            </div>
            <UnsentDrafts fetched=fetched/>
            <CaseTypes fetched=fetched/>
        </Page>
    }
    .into_any()
}
