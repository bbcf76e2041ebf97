//! A row of the arranged table.

use contract::{CaseNumber, Search, limits::BULK_MAX};
use leptos::prelude::*;

use super::{
    super::{listing::Listing, rows::case_of},
    Arranged,
    cells::cell,
};
use crate::routes::Route;

/// The row of a case, which changes in place.
pub fn row(listing: Listing, part: usize, number: CaseNumber) -> AnyView {
    let here = expect_context::<Arranged>();
    let case = case_of(listing, part, number);
    let subject = ui::memo(move || case.with(|case| case.as_ref().map(|case| case.subject.clone())));
    let unread = ui::memo(move || case.with(|case| case.as_ref().is_some_and(|case| case.unread)));
    let snippet = ui::memo(move || here.found.snippets.with(|known| known.get(&number).cloned()));
    let cells = move || {
        let case = case.get()?;
        Some(here.columns.get().into_iter().map(|column| cell(column, &case)).collect_view())
    };
    view! {
        <div role="row" class="row">
            {ui::shown(move || listing.choosing.get().then(|| choice(here, number)))}
            <span role="cell" class="row-number" dir="auto">
                {number.to_string()}
            </span>
            <span role="cell" class="row-subject">
                <a href=Route::Case(number).to_string() class:row-unread=unread dir="auto">
                    {ui::dynamic(move || marked(&subject.get().unwrap_or_default(), &here.search.get()))}
                </a>
                {ui::shown(move || {
                    unread.get().then(|| view! { <span class="unseen">{texts::cases::unread()}</span> })
                })}
                {ui::shown(move || {
                    let text = snippet.get()?;
                    Some(view! { <span class="row-snippet" dir="auto">{marked(&text, &here.search.get())}</span> })
                })}
            </span>
            {ui::dynamic(cells)}
        </div>
    }
    .into_any()
}

/// Chooses the case.
fn choice(here: Arranged, number: CaseNumber) -> AnyView {
    let chosen = ui::memo(move || here.chosen.with(|chosen| chosen.contains(&number)));
    let full = move || !chosen.get() && here.chosen.with(|chosen| chosen.len() >= BULK_MAX);
    let choose = move |_| {
        here.chosen.update(|chosen| {
            if !chosen.remove(&number) {
                chosen.insert(number);
            }
        });
    };
    view! {
        <span role="cell" class="row-choice">
            <label>
                <input
                    type="checkbox"
                    aria-label=texts::arranging::choose_one(number)
                    prop:checked=chosen
                    disabled=full
                    on:change=choose
                />
            </label>
        </span>
    }
    .into_any()
}

/// A text with what the search found in it marked.
fn marked(text: &str, search: &Search) -> AnyView {
    let mut pieces = Vec::new();
    let mut from = 0;
    for place in search.places(text) {
        pieces.push(text[from..place.start].to_owned().into_any());
        pieces.push(view! { <mark>{text[place.clone()].to_owned()}</mark> }.into_any());
        from = place.end;
    }
    pieces.push(text[from..].to_owned().into_any());
    pieces.collect_view().into_any()
}
