//! Where in the form one is.

use leptos::prelude::*;
use ui::{Step, Stepper};

use super::filing::Filing;

/// The form's pages; those behind are links.
pub fn stepper(filing: Filing) -> AnyView {
    let at = move || {
        let place = filing.place.get();
        filing.places.with(|places| places.iter().position(|known| *known == place)).unwrap_or_default()
    };
    let steps = move || {
        let behind = at();
        let places = filing.places.get();
        let steps = places.iter().enumerate().map(|(index, place)| Step {
            title: place.title(),
            href: (index < behind).then(|| filing.url(place)),
        });
        steps.collect::<Vec<_>>()
    };
    view! { <Stepper steps=Signal::derive(steps) at=Signal::derive(at)/> }.into_any()
}
