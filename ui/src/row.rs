//! A row of a plain list: people, notifications, activities.

use leptos::prelude::*;

/// A list item that is one large link. `children` stand at its end; controls among
/// them can still be pressed. Stands in a `<ul class="rows">`.
#[component]
pub fn ListRow(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its title: the link's text.
    #[prop(into)]
    title: String,
    /// One line more.
    #[prop(optional_no_strip)]
    note: Option<String>,
    /// What stands before the title, such as an avatar.
    #[prop(optional_no_strip)]
    lead: Option<AnyView>,
    /// What stands at the end, such as a time.
    children: Children,
) -> impl IntoView {
    view! {
        <li class="list-row">
            {lead}
            <span class="list-row-text">
                <a href=href dir="auto">{title}</a>
                {note.map(|note| view! { <span class="list-row-note" dir="auto">{note}</span> })}
            </span>
            <span class="list-row-end">{children()}</span>
        </li>
    }
    .into_any()
}
