//! Choosing what the list tells of each case.

use contract::{CaseQuery, Column};
use leptos::prelude::*;
use ui::{Button, Look, Popover};

use super::Listing;
use crate::remote::session::Account;

/// A checkbox a column, behind a button.
pub fn chooser(listing: Listing) -> AnyView {
    let organisations = Account::here().sees_organisations();
    let offered =
        Column::ALL.into_iter().filter(move |column| organisations || *column != Column::Organisation);
    let boxes = offered.map(|column| one(listing, column, organisations)).collect_view();
    let arranged = ui::memo(move || listing.query.with(|query| !query.columns.is_empty()));
    view! {
        <Popover id="columns" class=Look::Quiet.class() face=texts::arranging::columns().into_any()>
            <fieldset class="columns">
                <legend class="unseen">{texts::arranging::columns()}</legend>
                {boxes}
            </fieldset>
            {ui::shown(move || {
                arranged.get().then(|| {
                    view! {
                        <Button look=Look::Quiet press=move |_| show(listing, Vec::new())>
                            {texts::arranging::usual_columns()}
                        </Button>
                    }
                })
            })}
        </Popover>
    }
    .into_any()
}

fn one(listing: Listing, column: Column, organisations: bool) -> AnyView {
    let shown = move || listing.query.with(|query| is_shown(query, column, organisations));
    // None at all would mean those that are usual.
    let last = move || shown() && listing.query.with(|query| query.columns.len() == 1);
    let toggle = move |_| {
        let query = listing.query.get_untracked();
        let wanted = |known: &Column| is_shown(&query, *known, organisations) != (*known == column);
        show(listing, Column::ALL.into_iter().filter(wanted).collect());
    };
    view! {
        <label>
            <input type="checkbox" prop:checked=shown disabled=last on:change=toggle/>
            {column.label()}
        </label>
    }
    .into_any()
}

fn is_shown(query: &CaseQuery, column: Column, organisations: bool) -> bool {
    match query.columns.as_slice() {
        [] => column.is_usual(organisations),
        some => some.contains(&column),
    }
}

fn show(listing: Listing, columns: Vec<Column>) {
    listing.go(&CaseQuery { columns, ..listing.query.get_untracked() }, true);
}
