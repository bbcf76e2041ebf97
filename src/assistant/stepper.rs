//! Where in the form one is.

use leptos::prelude::*;

use super::filing::Filing;

/// The form's pages; those behind are links.
#[component]
pub fn Stepper() -> impl IntoView {
    let filing = Filing::here();
    let items = move || {
        let places = filing.places.get();
        let current = filing.place.get();
        let at = places.iter().position(|place| *place == current).unwrap_or_default();
        let steps = places.iter().enumerate().map(|(index, place)| {
            let title = place.title();
            let face = if index < at {
                view! { <a href=filing.url(place) dir="auto">{title}</a> }.into_any()
            } else {
                view! { <span dir="auto">{title}</span> }.into_any()
            };
            view! {
                <li class:stepper-done=index < at aria-current=(index == at).then_some("step")>
                    {face}
                </li>
            }
        });
        let said = texts::ui::step_of(at + 1, places.len());
        view! {
            <p class="stepper-said">{said}</p>
            <ol>{steps.collect_view()}</ol>
        }
    };
    view! {
        <nav class="stepper" aria-label=texts::ui::steps()>
            {items}
        </nav>
    }
    .into_any()
}
