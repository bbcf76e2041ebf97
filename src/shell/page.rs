//! The frame of a page: its title and its main part.

use leptos::prelude::*;
use ui::Announcements;

use crate::remote::portal::{Settings, product_name};

/// A page's `<main>`. The title goes to the browser and is said to screen readers.
#[component]
pub fn Page(
    /// The page's title; while empty, that of the installation.
    title: Signal<String>,
    /// The page's width.
    #[prop(optional)]
    class: &'static str,
    /// The page.
    children: Children,
) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let announcements = Announcements::here();
    Effect::new(move |before: Option<String>| {
        let product = product_name(settings);
        let title = title.get();
        let full = if title.is_empty() { product } else { format!("{title} – {product}") };
        document().set_title(&full);
        if !title.is_empty() && before.as_ref() != Some(&title) {
            announcements.say(title.clone());
        }
        title
    });
    view! {
        <main id="main" tabindex="-1" class=format!("page {class}")>
            {children()}
        </main>
    }
}
