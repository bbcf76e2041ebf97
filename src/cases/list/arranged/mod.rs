//! The table as the person arranged it: with the columns they want, rows to choose, and
//! what a search found.

mod cells;
mod choosing;
mod found;
mod row;

use std::collections::BTreeSet;

use contract::{CaseNumber, Column, Search};
use leptos::prelude::*;

use self::found::Found;
use super::{listing::Listing, rows::frame, table::column_headers};
use crate::{part::fetched_part, remote::session::Account, shell::Build};

fetched_part! { arranged: pub fn arranged_part(listing: Listing) -> Build { Box::new(move || table(listing)) } }

/// What the table's parts share.
#[derive(Clone, Copy)]
struct Arranged {
    listing: Listing,
    /// The columns shown, in their order.
    columns: Memo<Vec<Column>>,
    /// What the rows were searched for.
    search: Memo<Search>,
    /// What the search found in them.
    found: Found,
    /// The rows chosen.
    chosen: RwSignal<BTreeSet<CaseNumber>>,
}

fn table(listing: Listing) -> AnyView {
    let organisations = Account::here().sees_organisations();
    let columns = ui::memo(move || match listing.query.with(|query| query.columns.clone()) {
        none if none.is_empty() => {
            Column::ALL.into_iter().filter(|column| column.is_usual(organisations)).collect()
        }
        some => some,
    });
    let search = ui::memo(move || listing.query.with(|query| Search::read(&query.search)));
    let chosen = RwSignal::new(BTreeSet::new());
    let here = Arranged { listing, columns, search, found: Found::follow(listing), chosen };
    provide_context(here);
    ui::watch(move || {
        if !listing.choosing.get() {
            chosen.update(BTreeSet::clear);
        }
    });
    view! {
        {choosing::bar(here)}
        <div
            class="arranged"
            style=("--arranged", move || template(listing.choosing.get(), &columns.get()))
            style=("--least", move || least(&columns.get()))
        >
            {frame(listing, "table table-arranged", head(here), row::row)}
        </div>
    }
    .into_any()
}

fn head(here: Arranged) -> AnyView {
    ui::dynamic(move || {
        let choosing = here.listing.choosing.get().then(|| {
            view! {
                <span role="columnheader">
                    <span class="unseen">{texts::arranging::choose_cases()}</span>
                </span>
            }
        });
        view! { {choosing} {column_headers(here.listing, here.columns.get())} }.into_any()
    })
}

/// The columns' widths, for `grid-template-columns`.
fn template(choosing: bool, columns: &[Column]) -> String {
    let choice = if choosing { "2rem " } else { "" };
    let each: String = columns.iter().map(|column| format!(" {}rem", width(*column))).collect();
    format!("{choice}{NUMBER}rem minmax({SUBJECT}rem, 1fr){each}")
}

/// How wide the table is at least; where there is less room it is moved sideways.
fn least(columns: &[Column]) -> String {
    let gaps = f64::from(u8::try_from(columns.len()).unwrap_or(u8::MAX)) * GAP;
    let widths: f64 = columns.iter().map(|column| width(*column)).sum();
    format!("{}rem", NUMBER + SUBJECT + FRAME + widths + gaps)
}

/// The width of the number, in rem like all others here.
const NUMBER: f64 = 5.5;
/// The least width of the subject.
const SUBJECT: f64 = 14.0;
/// Between two columns.
const GAP: f64 = 0.75;
/// Around the columns, with a choice before them.
const FRAME: f64 = 5.5;

const fn width(column: Column) -> f64 {
    match column {
        Column::Status => 13.5,
        Column::Priority => 6.25,
        Column::Impact | Column::Created | Column::Updated => 7.0,
        Column::Type => 9.5,
        Column::Environment | Column::Organisation => 8.0,
        Column::Requester => 8.5,
        Column::Turn => 10.0,
    }
}
