//! Narrowing the list to more than a status, arranging it, and taking it along as a file.

mod choose;
mod columns;
mod help;
mod values;
mod views;

use contract::case_filter::{Facets, Filter};
use leptos::prelude::*;
use ui::{FilterChip, Glyph, Icon};

use self::choose::chooser;
use super::listing::Listing;
use crate::{
    part::fetched_part,
    remote::{Fetched, Remote, cases},
    shell::{Build, fetched},
};

fetched_part! { narrow: fn panel_part(listing: Listing) -> Build { Box::new(move || panel(listing)) } }

/// The panel where the list is narrowed; else a button that shows it.
#[component]
pub fn Narrow() -> impl IntoView {
    let listing = expect_context::<Listing>();
    let asked = RwSignal::new(false);
    let narrowed = ui::memo(move || listing.query.with(|query| !query.filters.is_empty()));
    let open = ui::memo(move || asked.get() || narrowed.get());
    let button = move || {
        view! {
            <button
                type="button"
                class="button"
                aria-expanded=move || if asked.get() { "true" } else { "false" }
                on:click=move |_| asked.update(|asked| *asked = !*asked)
            >
                {texts::cases::filter()}
                <Glyph icon=Icon::Chevron/>
            </button>
        }
    };
    view! {
        {ui::shown(move || (!narrowed.get()).then(button))}
        {ui::shown(move || {
            open.get().then(|| fetched(move || Box::pin(panel_part(listing)), || ().into_any()))
        })}
    }
    .into_any()
}

fn panel(listing: Listing) -> AnyView {
    let facets = Fetched::new(None::<Facets>);
    facets.ask(Box::pin(cases::facets(Remote::here())));
    let filters = ui::memo(move || listing.query.with(|query| query.filters.clone()));
    view! {
        <div class="narrow" role="group" aria-label=texts::filters::filters()>
            {chooser(listing, facets)}
            <ul class="narrow-chips">
                <For each=move || filters.get() key=|filter| (filter.field, filter.value.clone()) let(filter)>
                    <li>{chip(listing, facets, filter)}</li>
                </For>
            </ul>
            <div class="narrow-arrange">
                {views::views(listing)} {columns::chooser(listing)} {choose_cases(listing)} {help::how_to_search()}
                {exports(listing)}
            </div>
        </div>
    }
    .into_any()
}

/// Begins and ends the choice of rows.
fn choose_cases(listing: Listing) -> AnyView {
    view! {
        <button
            type="button"
            class="button button-quiet"
            aria-pressed=move || if listing.choosing.get() { "true" } else { "false" }
            on:click=move |_| listing.choosing.update(|choosing| *choosing = !*choosing)
        >
            {texts::arranging::choose_cases()}
        </button>
    }
    .into_any()
}

/// A filter in force. Its name may come later than it.
fn chip(listing: Listing, facets: Fetched<Facets>, filter: Filter) -> AnyView {
    ui::dynamic(move || {
        let filter = filter.clone();
        let value = facets.value.with(|facets| values::name(&filter, facets.as_ref()));
        let name = texts::filters::one(filter.field.label(), value);
        let remove = move |()| {
            let mut query = listing.query.get_untracked();
            query.filters.retain(|known| *known != filter);
            listing.go(&query, false);
        };
        view! { <FilterChip name=name remove=remove/> }.into_any()
    })
}

/// What the list shows now, as files.
fn exports(listing: Listing) -> AnyView {
    let link = move |format: &'static str, label: &'static str| {
        view! {
            <a
                class="button button-quiet"
                download=""
                rel="external"
                href=move || listing.query.with(|query| cases::list_export_url(query, format))
                aria-label=format!("{} {label}", texts::filters::export())
            >
                {label}
            </a>
        }
    };
    view! {
        <span class="narrow-export">
            <span class="quiet" aria-hidden="true">{texts::filters::export()}</span>
            {link("csv", texts::filters::as_csv())}
            {link("json", texts::filters::as_json())}
        </span>
    }
    .into_any()
}
