//! The list of cases. What it shows stands in its address.

mod arranged;
mod filters;
mod listing;
mod narrow;
mod nothing;
mod rows;
mod search;
mod table;

use contract::CaseNumber;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use self::{
    filters::StatusFilter, listing::Listing, narrow::Narrow, rows::Rows, search::SearchBox, table::SortSelect,
};
use crate::{
    remote::{Remote, live::Live},
    routes::{Route, cases_query},
    shell::Page,
};

/// The list of cases; `shown` is told of the first one once there are rows.
pub fn list_page(shown: fn(CaseNumber)) -> AnyView {
    let location = use_location();
    // While another page is being shown the address is no longer this list's.
    let query = Memo::new(move |before: Option<&contract::CaseQuery>| {
        let mine = location.pathname.with(|path| Route::parse(path)) == Route::Cases;
        let read = location.query.with(cases_query);
        match before {
            Some(before) if !mine => before.clone(),
            _ => read,
        }
    });
    let listing = Listing::start(Remote::here(), Live::here(), query);
    provide_context(listing);
    view! {
        <Page title=Signal::stored(texts::cases::our_cases().to_owned()) class="page-wide">
            <h1>{texts::cases::our_cases()}</h1>
            <div class="tools">
                <SearchBox/>
                <SortSelect/>
                <Narrow/>
                <StatusFilter/>
            </div>
            <Rows shown=shown/>
        </Page>
    }
    .into_any()
}
