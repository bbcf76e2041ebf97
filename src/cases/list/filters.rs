//! The filter by status.

use contract::{CaseQuery, Status};
use leptos::prelude::*;

use super::listing::Listing;

/// A checkbox a status, with how many cases it would show.
#[component]
pub fn StatusFilter() -> impl IntoView {
    let listing = expect_context::<Listing>();
    let filtered = move || listing.query.with(|query| !query.statuses.is_empty());
    view! {
        <fieldset class="chips">
            <legend class="unseen">{texts::cases::status()}</legend>
            {Status::ALL.map(|status| chip(listing, status)).collect_view()}
            {ui::shown(move || {
                filtered().then(|| {
                    let clear = move |_| {
                        let query = CaseQuery { statuses: Vec::new(), ..listing.query.get_untracked() };
                        listing.go(&query, false);
                    };
                    view! {
                        <button type="button" class="button button-quiet" on:click=clear>
                            {texts::cases::all_statuses()}
                        </button>
                    }
                })
            })}
        </fieldset>
    }
    .into_any()
}

fn chip(listing: Listing, status: Status) -> AnyView {
    let chosen = move || listing.query.with(|query| query.statuses.contains(&status));
    let count = move || {
        let known = listing.counts.value.get()?;
        Some(known.by_status.get(&status).copied().unwrap_or_default().to_string())
    };
    let toggle = move |_| {
        let mut query = listing.query.get_untracked();
        if query.statuses.contains(&status) {
            query.statuses.retain(|known| *known != status);
        } else {
            // One order, so that the same filter has the same address.
            let at = query.statuses.iter().position(|known| *known > status);
            query.statuses.insert(at.unwrap_or(query.statuses.len()), status);
        }
        listing.go(&query, false);
    };
    let (word, number) = (format!("filter-{}", status.key()), format!("count-{}", status.key()));
    view! {
        <label class="chip" data-status=status.key()>
            <input
                type="checkbox"
                aria-labelledby=word.clone()
                aria-describedby=number.clone()
                prop:checked=chosen
                on:change=toggle
            />
            <span id=word>{status.label()}</span>
            <span id=number class="chip-count">{count}</span>
        </label>
    }
    .into_any()
}
