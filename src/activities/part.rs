//! One part of the page.

use contract::{Activity, CaseNumber, CaseQuery};
use leptos::prelude::*;

use super::{Activities, row::row};
use crate::routes::cases_url;

/// The first cases of a part, at most so many, and the way to all of it.
pub fn part(here: Activities, activity: Activity, most: usize) -> AnyView {
    let numbers = ui::memo(move || {
        here.part(activity, |part| part.cases.iter().take(most).map(|case| case.number).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let count = ui::memo(move || here.count(activity).unwrap_or_default());
    let any = ui::memo(move || numbers.with(|numbers| !numbers.is_empty()));
    let title = format!("{}-title", activity.key());
    view! {
        <section class="activity" id=activity.key() aria-labelledby=title tabindex="-1">
            <div class="section-head">
                <h2 id=title.clone()>{activity.label()}</h2>
                {ui::shown(move || {
                    let all = count.get();
                    (all > most as u64).then(|| {
                        view! { <a href=cases_url(&CaseQuery::of(activity))>{texts::activities::show_all(all)}</a> }
                    })
                })}
            </div>
            {ui::shown(move || {
                (count.get() == 0).then(|| view! { <p class="quiet">{activity.none()}</p> })
            })}
            {ui::shown(move || any.get().then(|| rows(here, activity, numbers)))}
        </section>
    }
    .into_any()
}

fn rows(here: Activities, activity: Activity, numbers: Memo<Vec<CaseNumber>>) -> AnyView {
    let entries = Memo::new(move |before: Option<&Vec<(CaseNumber, u32)>>| {
        numbers.with(|now| ui::in_order(before.map_or(&[], Vec::as_slice), now))
    });
    view! {
        <ul class="activity-list">
            <For each=move || entries.get() key=|entry| *entry let(entry)>
                {row(here, activity, entry.0)}
            </For>
        </ul>
    }
    .into_any()
}
