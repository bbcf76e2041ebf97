//! The search box.

use std::time::Duration;

use contract::limits::SEARCH_MAX;
use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use ui::{Glyph, Icon};

use super::listing::Listing;

/// Between two searches for what is being typed lie so many milliseconds; the first starts at
/// once.
const BETWEEN: f64 = 150.0;
/// A search that has to wait starts after so long a pause in typing.
const PAUSE: Duration = Duration::from_millis(80);

/// Searches number, subject, answers and messages while typing.
#[component]
pub fn SearchBox() -> impl IntoView {
    let listing = expect_context::<Listing>();
    let element = NodeRef::<html::Input>::new();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let searched_at = StoredValue::new(f64::MIN);
    let cancel = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    // Back, Forward and "Clear filters" change the query without the box.
    ui::watch(move || {
        let search = listing.query.with(|query| query.search.clone());
        if let Some(input) = element.get()
            && input.value().trim() != search
        {
            cancel();
            input.set_value(&search);
        }
    });
    let search = move || {
        cancel();
        let Some(input) = element.get_untracked() else { return };
        let mut query = listing.query.get_untracked();
        query.search = input.value().trim().chars().take(SEARCH_MAX).collect();
        if query != listing.query.get_untracked() {
            searched_at.set_value(js_sys::Date::now());
            listing.go(&query, true);
        }
    };
    let typed = move |_| {
        cancel();
        let since = js_sys::Date::now() - searched_at.get_value();
        // A clock that was set back makes nobody wait.
        if (0.0..BETWEEN).contains(&since) {
            timer.set_value(set_timeout_with_handle(search, PAUSE).ok());
        } else {
            search();
        }
    };
    on_cleanup(cancel);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        search();
    };
    view! {
        <form class="search" role="search" on:submit=submit>
            <Glyph icon=Icon::Search/>
            <input
                class="input"
                type="search"
                node_ref=element
                aria-label=texts::cases::search_cases()
                placeholder=texts::cases::search_in()
                maxlength=SEARCH_MAX.to_string()
                autocomplete="off"
                on:input=typed
            />
        </form>
    }
    .into_any()
}
