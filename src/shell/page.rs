//! The page's main part. It stands for as long as the portal does; only what is in
//! it changes, so that the focus is never lost when one page follows another.

use leptos::{html, prelude::*};
use ui::Announcements;
use web_sys::FocusOptions;

use crate::remote::{
    Remote,
    portal::{Settings, product_name},
};

/// The `<main>` that all pages share.
#[derive(Clone, Copy)]
pub struct Main {
    title: RwSignal<String>,
    class: RwSignal<&'static str>,
    element: NodeRef<html::Main>,
}

impl Main {
    /// An empty one, which keeps the browser's title to that of the page in it.
    pub fn new() -> Self {
        let main =
            Self { title: RwSignal::new(String::new()), class: RwSignal::new(""), element: NodeRef::new() };
        let settings = expect_context::<Settings>();
        let (announcements, remote) = (Announcements::here(), Remote::here());
        Effect::new(move |before: Option<String>| {
            let product = product_name(settings);
            let title = main.title.get();
            let mut full = if title.is_empty() { product } else { format!("{title} – {product}") };
            let unread = remote.unread.get();
            if unread > 0 {
                full = format!("({unread}) {full}");
            }
            document().set_title(&full);
            if !title.is_empty() && before.as_ref() != Some(&title) {
                announcements.say(title.clone());
            }
            title
        });
        main
    }

    /// Moves the focus to it, as loading a page would.
    pub fn focus(self) {
        if let Some(element) = self.element.get_untracked() {
            // Where one is on the page is the router's to say.
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            // Fails only for an element out of the page.
            let _focused = element.focus_with_options(&options);
        }
    }

    /// The element, with pages in it.
    pub fn view(self, pages: AnyView) -> AnyView {
        view! {
            <main id="main" tabindex="-1" class=move || format!("page {}", self.class.get()) node_ref=self.element>
                {pages}
            </main>
        }
        .into_any()
    }
}

/// A page: gives the main part its title, which goes to the browser and is said to
/// screen readers, and its width.
#[component]
pub fn Page(
    /// The page's title.
    title: Signal<String>,
    /// The page's width.
    #[prop(optional)]
    class: &'static str,
    /// The page.
    children: Children,
) -> impl IntoView {
    let main = expect_context::<Main>();
    main.class.set(class);
    ui::watch(move || main.title.set(title.get()));
    children()
}
