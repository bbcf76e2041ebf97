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
                <EmptyState icon=Icon::Ticket title=texts::cases::no_cases_yet()>
                    <p>{texts::cases::cases_appear_here()}</p>
                    <a class="button button-primary" href=Route::NewCase.to_string()>
                        {texts::shell::create_a_case()}
                    </a>
                </EmptyState>
            }
            .into_any();
        }
        let all_open = query.search.is_empty()
            && query.filters.is_empty()
            && query.statuses.iter().copied().all(Status::is_open);
        let (title, why) = if all_open {
            (texts::cases::nothing_open(), texts::cases::none_has_this_status())
        } else {
            (texts::cases::no_case_matches(), texts::cases::try_fewer_words())
        };
        let clear = move |_| listing.go(&CaseQuery { sort: query.sort, ..CaseQuery::default() }, false);
        view! {
            <EmptyState icon=Icon::Search title=title>
                <p>{why}</p>
                <Button press=clear>{texts::cases::clear_filters()}</Button>
            </EmptyState>
        }
        .into_any()
    })
}
