//! What stands in place of the rows when there are none.

use contract::{CaseQuery, Status};
use leptos::prelude::*;
use ui::{Button, EmptyState, Icon};

use super::listing::Listing;
use crate::routes::Route;

/// Why there is nothing: never any case, none open, or none that matches.
#[component]
pub fn Nothing() -> impl IntoView {
    let listing = expect_context::<Listing>();
    ui::dynamic(move || {
        let query = listing.query.get();
        let never =
            listing.counts.value.with(|counts| counts.as_ref().is_some_and(|counts| counts.total == 0));
        if never {
            return view! {
                <EmptyState icon=Icon::Ticket title="No cases yet">
                    <p>"Cases you file with support appear here, with everything said about them."</p>
                    <a class="button button-primary" href=Route::NewCase.to_string()>
                        "Create a case"
                    </a>
                </EmptyState>
            }
            .into_any();
        }
        let all_open = query.search.is_empty() && query.statuses.iter().copied().all(Status::is_open);
        let title = if all_open { "Nothing open here" } else { "No case matches" };
        let clear = move |_| listing.go(&CaseQuery { sort: query.sort, ..CaseQuery::default() }, false);
        view! {
            <EmptyState icon=Icon::Search title=title>
                <p>
                    {if all_open {
                        "No case has this status now. Closed cases are still in the list."
                    } else {
                        "Try fewer words, or take filters away."
                    }}
                </p>
                <Button press=clear>"Clear filters"</Button>
            </EmptyState>
        }
        .into_any()
    })
}
