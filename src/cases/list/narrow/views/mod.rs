//! Lists kept under a name: to go to, to keep, to take away.

mod keep;

use contract::saved_view::{NewView, SavedView};
use leptos::{prelude::*, task::spawn_local};
use ui::{Announcements, Glyph, Icon, Look, Popover, Skeleton};

use super::Listing;
use crate::{
    remote::{Fetched, Remote, views},
    routes::cases_url,
    shell::Failure,
};

/// What the views' parts share.
#[derive(Clone, Copy)]
struct Views {
    listing: Listing,
    known: Fetched<Vec<SavedView>>,
    remote: Remote,
    announcements: Announcements,
}

/// The views behind a button.
pub fn views(listing: Listing) -> AnyView {
    let known = Fetched::new(None);
    let here = Views { listing, known, remote: Remote::here(), announcements: Announcements::here() };
    here.ask();
    let face = texts::views::views().into_any();
    view! {
        <Popover id="views" class=Look::Quiet.class() face=face>
            <div class="views">{ui::dynamic(move || content(here))} {keep::form(here)}</div>
        </Popover>
    }
    .into_any()
}

fn content(here: Views) -> AnyView {
    match (here.known.value.get(), here.known.error.get()) {
        (Some(views), _) if views.is_empty() => {
            view! { <p class="quiet">{texts::views::none_yet()}</p> }.into_any()
        }
        (Some(views), _) => {
            let items = views.into_iter().map(|view| item(here, view)).collect_view();
            view! { <ul class="views-list" aria-label=texts::views::views()>{items}</ul> }.into_any()
        }
        (None, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
        (None, None) => view! { <Skeleton lines=3 label=texts::views::loading()/> }.into_any(),
    }
}

fn item(here: Views, view: SavedView) -> AnyView {
    let query = view.query();
    let url = cases_url(&query);
    let present = ui::memo(move || here.listing.query.with(|shown| *shown == query));
    let (name, shared, mine) = (view.name.clone(), view.shared, view.mine);
    let label = texts::views::take_away(&name);
    let take_away = move |_| here.take_away(view.clone());
    view! {
        <li>
            <a href=url aria-current=move || present.get().then_some("true") dir="auto">
                {name}
            </a>
            {shared.then(|| view! { <span class="quiet">{texts::views::shared()}</span> })}
            {mine.then(|| {
                view! {
                    <button type="button" class="button button-quiet" aria-label=label on:click=take_away>
                        <Glyph icon=Icon::Cross/>
                    </button>
                }
            })}
        </li>
    }
    .into_any()
}

impl Views {
    fn ask(self) {
        self.known.ask(Box::pin(views::list(self.remote)));
    }

    /// Takes a view away, and offers to put it back.
    fn take_away(self, view: SavedView) {
        spawn_local(async move {
            match views::take_away(self.remote, view.id).await {
                Ok(()) => self.offer_back(view),
                Err(error) => self.announcements.toast(error.to_string()),
            }
            self.ask();
            // What had the focus goes.
            ui::focus(keep::NAME);
        });
    }

    fn offer_back(self, view: SavedView) {
        let said = texts::views::taken_away(&view.name);
        let again = NewView { name: view.name, parameters: view.parameters, shared: view.shared };
        self.announcements.toast_with(said, texts::drafts::undo(), move || {
            let again = again.clone();
            spawn_local(async move {
                if let Err(error) = views::save(self.remote, &again).await {
                    self.announcements.toast(error.to_string());
                }
                self.ask();
            });
        });
    }
}
