//! A count that asks for attention.

use leptos::prelude::*;

/// The number, or that it is more than anybody counts.
#[must_use]
pub fn short(count: u64) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// How many there are; nothing when there are none. Screen readers hear `said`, such
/// as a plural of `texts`.
#[component]
pub fn Badge(
    /// How many.
    #[prop(into)]
    count: Signal<u64>,
    /// The number in a sentence.
    said: fn(u64) -> String,
) -> impl IntoView {
    crate::erased::shown(move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <span class="badge">
                    <span aria-hidden="true">{short(count)}</span>
                    <span class="unseen">{said(count)}</span>
                </span>
            }
        })
    })
}
