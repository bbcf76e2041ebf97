//! The start page.

mod notice;
mod overview;
mod recent;

use leptos::prelude::*;

use crate::{
    activities::NeedsMe,
    remote::{Remote, catalogue, session::Account},
    routes::Route,
    shell::{CaseTypes, Page, UnsentDrafts},
};

/// The start page.
pub fn page() -> AnyView {
    let account = Account::here();
    let name = account.0.person.name.split_whitespace().next().unwrap_or_default().to_owned();
    let support = account.is_support();
    view! {
        <Page title=Signal::stored(texts::shell::home().to_owned())>
            <div class="head">
                <h1>{texts::home::hello(name)}</h1>
                <p class="quiet">
                    {if support { texts::home::cases_that_moved_last() } else { texts::home::how_can_we_help() }}
                </p>
            </div>
            {notice::notice()}
            {(!support).then(|| view! { <NeedsMe/> })}
            {(!support).then(new_case)}
            <section class="recent" aria-labelledby="recent-title">
                <div class="section-head">
                    <h2 id="recent-title">{texts::home::recent_cases()}</h2>
                    <a href=Route::Cases.to_string()>{texts::home::all_cases()}</a>
                </div>
                <recent::RecentCases/>
            </section>
            {overview::overview()}
        </Page>
    }
    .into_any()
}

/// The ways to a new case: what was begun, and what can be.
fn new_case() -> AnyView {
    let fetched = catalogue::fetch(Remote::here());
    view! {
        <UnsentDrafts fetched=fetched/>
        <section aria-labelledby="types-title">
            <h2 id="types-title" class="unseen">{texts::shell::create_a_case()}</h2>
            <CaseTypes fetched=fetched/>
        </section>
    }
    .into_any()
}
