//! The rows, and what stands there when there are none.

use contract::{CaseNumber, CaseSummary, Column};
use leptos::{html, prelude::*};
use ui::{Button, Moment, PriorityMark, Skeleton, StatusMark, Windowed, windowed::observe};

use super::{arranged::arranged_part, listing::Listing, nothing::Nothing, table::column_headers};
use crate::{
    remote::session::Account,
    routes::Route,
    shell::{Failure, fetched},
};

/// Rows come and go in parts of this many.
const PART: usize = 15;
/// A list of up to so many rows stands there whole.
const WHOLE: usize = 3 * PART;

/// The list's body.
#[component]
pub fn Rows(
    /// Told of the first case once there are rows.
    shown: fn(CaseNumber),
) -> impl IntoView {
    let listing = expect_context::<Listing>();
    let state = ui::memo(move || {
        let empty = listing.rows.with(Vec::is_empty);
        match (listing.loaded.get(), empty, listing.error.with(Option::is_some)) {
            (_, true, true) => State::Failed,
            (false, ..) => State::Loading,
            (true, true, _) => State::Empty,
            (true, false, _) => State::Rows,
        }
    });
    ui::dynamic(move || match state.get() {
        State::Loading => view! { <Skeleton lines=10 label=texts::cases::loading_cases()/> }.into_any(),
        State::Failed => failure(listing),
        State::Empty => view! { <Nothing/> }.into_any(),
        State::Rows => {
            if let Some(first) = listing.rows.with_untracked(|rows| rows.first().map(|row| row.number)) {
                shown(first);
            }
            view! { <Updates/> {table(listing)} }.into_any()
        }
    })
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Loading,
    Failed,
    Empty,
    Rows,
}

fn failure(listing: Listing) -> AnyView {
    let shown = move || {
        listing.error.get().map(|error| view! { <Failure error=error retry=move |()| listing.show()/> })
    };
    ui::dynamic(shown)
}

/// The table: one of its own where the person arranged it, or searches.
fn table(listing: Listing) -> AnyView {
    let arranged = ui::memo(move || {
        let asked = listing.query.with(|query| !query.columns.is_empty() || !query.search.is_empty());
        asked || listing.choosing.get()
    });
    ui::dynamic(move || match arranged.get() {
        true => fetched(move || Box::pin(arranged_part(listing)), usual_table),
        false => usual_table(),
    })
}

/// Shows what changed while the rows were being looked at.
#[component]
fn Updates() -> impl IntoView {
    let listing = expect_context::<Listing>();
    let count = ui::memo(move || listing.held.with(|held| held.as_ref().map(|held| held.changed as u64)));
    ui::shown(move || {
        count.get().map(|count| {
            view! {
                <div class="updates">
                    <Button press=move |_| listing.show_held()>{texts::cases::updates(count)}</Button>
                </div>
            }
        })
    })
}

/// Builds the row of a case that stands in a part.
pub type BuildRow = fn(Listing, usize, CaseNumber) -> AnyView;

/// The table as it usually is.
fn usual_table() -> AnyView {
    let listing = expect_context::<Listing>();
    let organisations = Account::here().sees_organisations();
    let usual = Column::ALL.into_iter().filter(|column| column.is_usual(organisations)).collect();
    let class = if organisations { "table table-organisations" } else { "table" };
    frame(listing, class, column_headers(listing, usual), row)
}

/// A table of the rows, and what leads to more of them.
pub fn frame(listing: Listing, class: &'static str, head: AnyView, row: BuildRow) -> AnyView {
    let parts = ui::memo(move || {
        let parts = listing.rows.with(Vec::len).div_ceil(PART);
        if listing.beginning.get() { parts.min(1) } else { parts }
    });
    view! {
        <div
            role="table"
            aria-label=texts::cases::cases()
            aria-busy=Signal::derive(move || if listing.pending.get() { "true" } else { "false" })
            class=class
        >
            <div role="rowgroup">
                <div role="row" class="row row-head">
                    {head}
                </div>
            </div>
            <For each=move || 0..parts.get() key=|part| *part let(part)>
                {part_of(listing, part, row)}
            </For>
        </div>
        // Behind the first rows alone it would ask for more at once.
        {ui::shown(move || (!listing.beginning.get()).then(|| view! { <More/> }))}
    }
    .into_any()
}

fn part_of(listing: Listing, part: usize, row: BuildRow) -> AnyView {
    let numbers = Memo::new(move |before: Option<&Vec<(CaseNumber, u32)>>| {
        let shown = listing
            .rows
            .with(|rows| rows.iter().skip(part * PART).take(PART).map(|row| row.number).collect::<Vec<_>>());
        ui::in_order(before.map_or(&[], Vec::as_slice), &shown)
    });
    let whole = Signal::derive(move || listing.rows.with(Vec::len) <= WHOLE);
    view! {
        <Windowed role="rowgroup" stays=whole>
            <For each=move || numbers.get() key=|entry| *entry let(entry)>
                {row(listing, part, entry.0)}
            </For>
        </Windowed>
    }
    .into_any()
}

/// The case of a row, which changes in place, so that the focus stays where it is.
pub fn case_of(listing: Listing, part: usize, number: CaseNumber) -> Memo<Option<CaseSummary>> {
    Memo::new(move |before: Option<&Option<CaseSummary>>| {
        let mine = listing
            .rows
            .with(|rows| rows.iter().skip(part * PART).take(PART).find(|row| row.number == number).cloned());
        // A row about to go keeps its last words.
        mine.or_else(|| before.cloned().flatten())
    })
}

fn row(listing: Listing, part: usize, number: CaseNumber) -> AnyView {
    let case = case_of(listing, part, number);
    let organisations = Account::here().sees_organisations();
    let cells = move || {
        case.get().map(|case| {
            let organisation = organisations.then(|| {
                view! {
                    <span role="cell" class="row-organisation" dir="auto" title=case.organisation.name.clone()>
                        {case.organisation.name.clone()}
                    </span>
                }
            });
            view! {
                <span role="cell" class="row-status">
                    <StatusMark status=case.status/>
                </span>
                <span role="cell" class="row-priority" title=case.priority.label()>
                    <PriorityMark priority=case.priority/>
                </span>
                <span role="cell" class="row-type" dir="auto" title=case.type_title.clone()>
                    {case.type_title.clone()}
                </span>
                {organisation}
                <span role="cell" class="row-requester" dir="auto" title=case.requester.name.clone()>
                    {case.requester.name.clone()}
                </span>
                <span role="cell" class="row-updated">
                    <Moment at=case.updated_at/>
                </span>
            }
        })
    };
    let subject = ui::memo(move || case.with(|case| case.as_ref().map(|case| case.subject.clone())));
    let unread = ui::memo(move || case.with(|case| case.as_ref().is_some_and(|case| case.unread)));
    view! {
        <div role="row" class="row">
            <span role="cell" class="row-number" dir="auto">
                {number.to_string()}
            </span>
            <span role="cell" class="row-subject">
                <a href=Route::Case(number).to_string() class:row-unread=unread dir="auto">
                    {ui::dynamic(move || subject.get())}
                </a>
                {ui::shown(move || unread.get().then(|| view! { <span class="unseen">{texts::cases::unread()}</span> }))}
            </span>
            {cells}
        </div>
    }
    .into_any()
}

#[component]
fn More() -> impl IntoView {
    let listing = expect_context::<Listing>();
    let end = NodeRef::<html::Div>::new();
    observe(end, "600px 0px", move |entry| {
        if entry.is_intersecting() {
            listing.grow();
        }
    });
    let shown = move || listing.next.with(Option::is_some);
    view! {
        <div class="more" node_ref=end>
            {ui::shown(move || listing.error.with(Option::is_some).then(|| failure(listing)))}
            {ui::shown(move || {
                shown().then(|| {
                    view! {
                        <Button pending=listing.growing press=move |_| listing.grow()>
                            {texts::cases::load_more()}
                        </Button>
                    }
                })
            })}
        </div>
    }
    .into_any()
}
