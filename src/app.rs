//! The whole portal: what all pages share, and which page is shown.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::Router,
    hooks::use_location,
    location::{BrowserUrl, LocationProvider},
};
use ui::{Announcements, Announcer, Clock};

use crate::{
    overlays, pages,
    remote::{
        Remote, Standing,
        connection::Reconnection,
        portal::{self, Settings},
        session::first,
    },
    routes::Route,
    session,
    shell::{ConnectionBanner, Main, Overlay, TopBar, Waiting, follow_accent, foot},
};

/// The portal.
#[component]
pub fn App() -> impl IntoView {
    let remote = Remote::new();
    let settings: Settings = RwSignal::new(None);
    provide_context(remote);
    provide_context(settings);
    provide_context(Announcements::new());
    provide_context(Clock::start());
    provide_context(Reconnection::watch(remote));
    follow_accent(settings);
    begin(remote, settings);
    view! {
        <Router>
            <Frame/>
        </Router>
    }
}

/// Asks for what every page needs.
fn begin(remote: Remote, settings: Settings) {
    spawn_local(async move {
        if let Ok(session) = first(remote).await {
            remote.admit(session);
        }
    });
    ui::watch(move || {
        if remote.reachable.get() && settings.with_untracked(Option::is_none) {
            spawn_local(async move {
                if let Ok(answer) = portal::settings(remote).await {
                    settings.set(Some(answer));
                }
            });
        }
    });
}

#[component]
fn Frame() -> impl IntoView {
    let location = use_location();
    let route = ui::memo(move || location.pathname.with(|path| Route::parse(path)));
    let main = Main::new();
    provide_context(main);
    Overlay::provide();
    complete_navigation(route, main);
    let remote = Remote::here();
    let settings = expect_context::<Settings>();
    // Whoever belongs elsewhere than before has other pages.
    let person = ui::memo(move || {
        remote.standing.with(|standing| {
            standing.session().map(|session| (session.person.id, session.memberships.clone()))
        })
    });
    let asking = ui::memo(move || remote.standing.with(|standing| *standing == Standing::Asking));
    let pages = move || match person.get() {
        Some(_) => session::behind_sign_in(move || pages::page(route)),
        None if asking.get() => view! { <Waiting/> }.into_any(),
        None => pages::sign_in_page(),
    };
    view! {
        <TopBar route=route/>
        <ConnectionBanner/>
        {main.view(ui::dynamic(pages))}
        {foot(settings)}
        {ui::shown(move || person.get().map(|_| overlays::overlays()))}
        {session::expired_dialog()}
        <Announcer/>
    }
}

/// The router changes the address once told that the page stands; then the focus
/// goes to the page's beginning, as it would after loading one.
fn complete_navigation(route: Memo<Route>, main: Main) {
    let browser = use_context::<BrowserUrl>();
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
        if before.is_some_and(|before| before != now) {
            main.focus();
        }
        now
    });
}
