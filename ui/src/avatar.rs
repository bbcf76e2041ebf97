//! A person, at a glance.

use leptos::prelude::*;

/// Two initials of a name.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// A person's initials. Decoration: the name always stands beside it.
#[must_use]
pub fn avatar(name: &str, support: bool) -> AnyView {
    view! {
        <span class="avatar" class:avatar-support=support aria-hidden="true" dir="auto">
            {initials(name)}
        </span>
    }
    .into_any()
}
