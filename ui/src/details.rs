//! More, for whoever wants it.

use leptos::prelude::*;

/// A line that opens to what it stands for. The browser finds text in it while closed.
#[component]
pub fn Details(
    /// The line.
    #[prop(into)]
    summary: String,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
    /// What it opens to.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="details" open=open>
            <summary>
                <crate::Glyph icon=crate::Icon::Chevron/>
                {summary}
            </summary>
            <div class="details-body">{children()}</div>
        </details>
    }
    .into_any()
}
