//! The shape of what is being loaded.

use leptos::prelude::*;

/// Quiet bars in place of content that loads for the first time.
#[component]
pub fn Skeleton(
    /// How many bars.
    lines: usize,
    /// What is loading, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="unseen">{label}</span>
            {(0..lines).map(|_| view! { <div class="skeleton-line"></div> }).collect_view()}
        </div>
    }
    .into_any()
}
