//! Every part in its states, on one page. For developers: dev builds show it at
//! `/gallery`, nothing of it is shipped, and its words are English only.

mod choosing;
mod controls;
mod gallery_style;
mod moving;
mod telling;
mod tokens;
mod written;

use leptos::prelude::*;

/// Id, title, content.
type Section = (&'static str, &'static str, fn() -> AnyView);

const SECTIONS: &[Section] = &[
    ("type", "Type", tokens::type_scale),
    ("colour", "Colour", tokens::colours),
    ("space", "Space", tokens::spaces),
    ("icons", "Icons", tokens::icons),
    ("buttons", "Buttons", controls::buttons),
    ("fields", "Fields", controls::fields),
    ("choosing", "Choosing", choosing::view),
    ("moving", "Moving about", moving::view),
    ("telling", "Telling", telling::view),
    ("written", "Formatted text", written::view),
];

/// The page's content.
#[must_use]
pub fn gallery() -> AnyView {
    gallery_style::put_on();
    let index = SECTIONS.iter().map(|(id, title, _)| {
        let href = format!("#{id}");
        // The router would take the link for another page.
        view! { <li><a href=href rel="external">{*title}</a></li> }
    });
    let sections = SECTIONS.iter().map(|(id, title, content)| {
        view! {
            <section class="gallery-section" aria-labelledby=*id>
                <h2 id=*id tabindex="-1">{*title}</h2>
                {content()}
            </section>
        }
    });
    view! {
        <div class="head">
            <h1>"Gallery"</h1>
            <p class="quiet">"Every part of the design system, in its states."</p>
        </div>
        <div class="gallery">
            <nav class="gallery-index" aria-label="Parts">
                <ul>{index.collect_view()}</ul>
            </nav>
            <div class="gallery-sections">{sections.collect_view()}</div>
        </div>
    }
    .into_any()
}

/// One part or state with its name.
fn specimen(name: &'static str, content: AnyView) -> AnyView {
    view! {
        <div class="specimen">
            <h3>{name}</h3>
            <div class="specimen-body">{content}</div>
        </div>
    }
    .into_any()
}

/// Several things in a row that wraps.
fn line_of(things: Vec<AnyView>) -> AnyView {
    view! { <div class="specimen-line">{things}</div> }.into_any()
}
