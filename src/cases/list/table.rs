//! The order of the list: column headers on wide screens, a select on all.

use contract::{CaseQuery, Sort};
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
    let options = Sort::ALL.map(|sort| {
        view! {
            <option value=sort.key() selected=Signal::derive(move || current() == sort)>
                {label(sort)}
            </option>
        }
    });
    let choose = move |event| {
        if let Some(sort) = Sort::from_key(&event_target_value(&event)) {
            sort_by(listing, sort);
        }
    };
    view! {
        <label class="sort">
            <span class="unseen">{texts::cases::sort_by()}</span>
            <select class="input" on:change=choose prop:value=Signal::derive(move || current().key())>
                {options.collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// A column's title, and the order a first and a second press give.
type Column = (fn() -> &'static str, Sort, Sort);

/// The columns that sort.
const SORTED: [Column; 5] = [
    (texts::cases::number, Sort::CreatedDesc, Sort::CreatedAsc),
    (texts::cases::subject, Sort::SubjectAsc, Sort::SubjectDesc),
    (texts::cases::status, Sort::StatusAsc, Sort::StatusDesc),
    (texts::cases::priority, Sort::PriorityDesc, Sort::PriorityAsc),
    (texts::cases::updated, Sort::UpdatedDesc, Sort::UpdatedAsc),
];

/// The row of column headers.
#[component]
pub fn ColumnHeaders(
    /// Whether there is a column for the organisation.
    organisations: bool,
) -> impl IntoView {
    let listing = expect_context::<Listing>();
    let [number, subject, status, priority, updated] = SORTED.map(|column| sorted_header(listing, column));
    view! {
        <div role="rowgroup">
            <div role="row" class="row row-head">
                {number} {subject} {status} {priority} {plain_header(texts::cases::case_type())}
                {organisations.then(|| plain_header(texts::cases::organisation()))}
                {plain_header(texts::cases::requester())} {updated}
            </div>
        </div>
    }
    .into_any()
}

fn plain_header(title: &'static str) -> AnyView {
    view! { <span role="columnheader">{title}</span> }.into_any()
}

fn sorted_header(listing: Listing, (title, first, second): Column) -> AnyView {
    let current = ui::memo(move || listing.query.with(|query| query.sort));
    let sorted = move || {
        let ascending = !current.get().key().starts_with('-');
        match current.get() {
            sort if sort != first && sort != second => None,
            // "Most pressing first" reads as descending.
            Sort::PriorityAsc => Some("ascending"),
            _ if ascending => Some("ascending"),
            _ => Some("descending"),
        }
    };
    let press = move |_| sort_by(listing, if current.get_untracked() == first { second } else { first });
    view! {
        <span role="columnheader" aria-sort=sorted>
            <button type="button" class="sort-button" on:click=press>
                {title()}
                {ui::shown(move || {
                    sorted().map(|order| {
                        let icon = if order == "ascending" { Icon::Up } else { Icon::Down };
                        view! { <Glyph icon=icon/> }
                    })
                })}
            </button>
        </span>
    }
    .into_any()
}
