//! Choosing a field, then one of its values.

use contract::case_filter::{Facets, Field, Filter};
use leptos::{html, prelude::*};

use super::{Listing, values};
use crate::remote::{Fetched, session::Account};

/// Two steps: the second is there once the first is taken.
pub fn chooser(listing: Listing, facets: Fetched<Facets>) -> AnyView {
    let field = RwSignal::new(None::<Field>);
    let support = Account::here().is_support();
    // Support has no activities of its own.
    let offered = Field::ALL.into_iter().filter(move |field| !(support && *field == Field::Activity));
    let options =
        offered.map(|field| view! { <option value=field.key()>{field.label()}</option> }).collect_view();
    let choose = move |event| field.set(Field::from_key(&event_target_value(&event)));
    view! {
        <span class="narrow-choose">
            <select
                class="input"
                aria-label=texts::filters::add()
                on:change=choose
                prop:value=move || field.get().map_or("", Field::key)
            >
                <option value="">{texts::filters::add()}</option>
                {options}
            </select>
            {ui::dynamic(move || field.get().map(|chosen| value(listing, facets, field, chosen)))}
        </span>
    }
    .into_any()
}

/// The control for a field's value, which takes the focus.
fn value(
    listing: Listing,
    facets: Fetched<Facets>,
    field: RwSignal<Option<Field>>,
    chosen: Field,
) -> AnyView {
    let label = texts::filters::value_of(chosen.label());
    let take = move |event| {
        let value = event_target_value(&event);
        let mut query = listing.query.get_untracked();
        let filter = Filter { field: chosen, value };
        if !chosen.reads(&filter.value) || query.filters.contains(&filter) {
            return;
        }
        // A list begins and ends on one day.
        if chosen.is_day() {
            query.filters.retain(|known| known.field != chosen);
        }
        query.filters.push(filter);
        field.set(None);
        listing.go(&query, false);
    };
    if chosen.is_day() {
        let element = NodeRef::<html::Input>::new();
        element.on_load(|input| drop(input.focus()));
        return view! { <input class="input" type="date" aria-label=label node_ref=element on:change=take/> }
            .into_any();
    }
    let element = NodeRef::<html::Select>::new();
    element.on_load(|select| drop(select.focus()));
    let options = move || {
        let values = facets.value.with(|facets| values::of(chosen, facets.as_ref()));
        values
            .into_iter()
            .map(|(value, name)| view! { <option value=value dir="auto">{name}</option> })
            .collect_view()
    };
    view! {
        <select class="input" aria-label=label node_ref=element on:change=take>
            <option value="">{texts::filters::choose()}</option>
            {ui::dynamic(options)}
        </select>
    }
    .into_any()
}
