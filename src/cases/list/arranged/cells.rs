//! What a column says of a case.

use contract::{CaseSummary, Column, Impact, lifecycle::Side};
use leptos::prelude::*;
use ui::{Moment, PriorityMark, StatusMark};

/// A cell; where rows are cards it bears its column's name.
pub fn cell(column: Column, case: &CaseSummary) -> AnyView {
    view! {
        <span role="cell" class="cell" data-column=column.key() data-label=column.label()>
            {content(column, case)}
        </span>
    }
    .into_any()
}

fn content(column: Column, case: &CaseSummary) -> AnyView {
    match column {
        Column::Status => view! { <StatusMark status=case.status/> }.into_any(),
        Column::Priority => view! { <PriorityMark priority=case.priority/> }.into_any(),
        Column::Impact => words(case.impact.map(Impact::label).unwrap_or_default()),
        Column::Type => words(&case.type_title),
        Column::Environment => words(case.environment.as_deref().unwrap_or_default()),
        Column::Organisation => words(&case.organisation.name),
        Column::Requester => words(&case.requester.name),
        Column::Turn => turn(case),
        Column::Created => view! { <Moment at=case.created_at/> }.into_any(),
        Column::Updated => view! { <Moment at=case.updated_at/> }.into_any(),
    }
}

/// Words that may be longer than their column.
fn words(words: &str) -> AnyView {
    if words.is_empty() {
        return view! { <span aria-hidden="true">"–"</span> }.into_any();
    }
    view! { <span class="cell-words" dir="auto" title=words.to_owned()>{words.to_owned()}</span> }.into_any()
}

fn turn(case: &CaseSummary) -> AnyView {
    let who = match case.status.turn() {
        None => return words(""),
        Some(Side::Support) => texts::arranging::on_support(),
        Some(Side::Customer) => texts::arranging::on_customer(),
    };
    view! { <span>{who}</span> " " <span class="quiet"><Moment at=case.turn_since/></span> }.into_any()
}
