//! What the search understands.

use leptos::prelude::*;
use ui::{Look, Popover};

/// Words that narrow, as they are typed: the same in every language, like addresses.
const NARROWING: [&str; 8] = [
    "status:waiting",
    "is:open",
    "is:unread",
    "from:me",
    "by:me",
    "has:files",
    "priority:urgent",
    "created_from:2026-01-01",
];

/// An explanation behind a button.
pub fn how_to_search() -> AnyView {
    let face = texts::arranging::how_to_search().into_any();
    let words = NARROWING.map(|word| view! { <li><code dir="ltr">{word}</code></li> }).collect_view();
    view! {
        <Popover id="how-to-search" class=Look::Quiet.class() face=face>
            <div class="how-to-search">
                <p>{texts::arranging::words_begin()}</p>
                <p>{texts::arranging::exact_words()}</p>
                <p>{texts::arranging::narrowing_words()}</p>
                <ul>{words}</ul>
            </div>
        </Popover>
    }
    .into_any()
}
