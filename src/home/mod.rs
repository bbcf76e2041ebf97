//! The start page.

mod recent;

use leptos::prelude::*;

use crate::{
    remote::session::Account,
    routes::Route,
    shell::{CaseTypes, Page},
};

/// The start page.
pub fn page() -> AnyView {
    let account = Account::here();
    let name = account.0.person.name.split_whitespace().next().unwrap_or_default().to_owned();
    let support = account.is_support();
    view! {
        <Page title=Signal::stored("Home".to_owned())>
            <div class="head">
                <h1>"Hello, " {name}</h1>
                <p class="quiet">
                    {if support { "The cases that moved last." } else { "How can we help?" }}
                </p>
            </div>
            {(!support).then(|| view! {
                <section aria-labelledby="types-title">
                    <h2 id="types-title" class="unseen">"Create a case"</h2>
                    <CaseTypes/>
                </section>
            })}
            <section class="recent" aria-labelledby="recent-title">
                <div class="section-head">
                    <h2 id="recent-title">"Recent cases"</h2>
                    <a href=Route::Cases.to_string()>"All cases"</a>
                </div>
                <recent::RecentCases/>
            </section>
        </Page>
    }
    .into_any()
}
