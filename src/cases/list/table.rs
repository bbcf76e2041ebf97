//! The order of the list: column headers on wide screens, a select on all.

use contract::{CaseQuery, Column, Sort};
use leptos::prelude::*;
use ui::{Glyph, Icon};

use super::listing::Listing;

fn label(sort: Sort) -> &'static str {
    match sort {
        Sort::UpdatedDesc => texts::cases::newest_update(),
        Sort::UpdatedAsc => texts::cases::oldest_update(),
        Sort::CreatedDesc => texts::cases::newest_case(),
        Sort::CreatedAsc => texts::cases::oldest_case(),
        Sort::SubjectAsc => texts::cases::subject_ascending(),
        Sort::SubjectDesc => texts::cases::subject_descending(),
        Sort::PriorityDesc => texts::cases::most_pressing(),
        Sort::PriorityAsc => texts::cases::least_pressing(),
        Sort::StatusAsc => texts::cases::received_first(),
        Sort::StatusDesc => texts::cases::closed_first(),
        _ => texts::cases::by_column(),
    }
}

fn sort_by(listing: Listing, sort: Sort) {
    listing.go(&CaseQuery { sort, ..listing.query.get_untracked() }, false);
}

/// Chooses the order.
#[component]
pub fn SortSelect() -> impl IntoView {
    let listing = expect_context::<Listing>();
    let current = move || listing.query.with(|query| query.sort);
    let option = move |sort: Sort| {
        view! {
            <option value=sort.key() selected=Signal::derive(move || current() == sort)>
                {label(sort)}
            </option>
        }
        .into_any()
    };
    let usual = Sort::ALL.into_iter().take(Sort::USUAL).map(option).collect_view();
    // Another one is there while it is in force.
    let other = move || Sort::ALL.into_iter().skip(Sort::USUAL).find(|sort| *sort == current()).map(option);
    let choose = move |event| {
        if let Some(sort) = Sort::from_key(&event_target_value(&event)) {
            sort_by(listing, sort);
        }
    };
    view! {
        <label class="sort">
            <span class="unseen">{texts::cases::sort_by()}</span>
            <select class="input" on:change=choose prop:value=Signal::derive(move || current().key())>
                {usual} {ui::shown(other)}
            </select>
        </label>
    }
    .into_any()
}

/// The row of column headers, for these columns beside number and subject.
pub fn column_headers(listing: Listing, columns: Vec<Column>) -> AnyView {
    let number = sorted_header(listing, texts::cases::number(), Column::Created.orders());
    let subject = sorted_header(listing, texts::cases::subject(), (Sort::SubjectAsc, Sort::SubjectDesc));
    let header = |column: Column| sorted_header(listing, column.label(), column.orders());
    view! { {number} {subject} {columns.into_iter().map(header).collect_view()} }.into_any()
}

/// A column's head; `first` and `second` are the orders that a press and another give.
fn sorted_header(listing: Listing, title: &'static str, (first, second): (Sort, Sort)) -> AnyView {
    let sorted = ui::memo(move || {
        let current = listing.query.with(|query| query.sort);
        let order = if current.key().starts_with('-') { "descending" } else { "ascending" };
        (current == first || current == second).then_some(order)
    });
    let press = move |_| {
        let current = listing.query.with_untracked(|query| query.sort);
        sort_by(listing, if current == first { second } else { first });
    };
    view! {
        <span role="columnheader" aria-sort=sorted>
            <button type="button" class="sort-button" on:click=press>
                {title}
                {ui::shown(move || {
                    sorted.get().map(|order| {
                        let icon = if order == "ascending" { Icon::Up } else { Icon::Down };
                        view! { <Glyph icon=icon/> }
                    })
                })}
            </button>
        </span>
    }
    .into_any()
}
