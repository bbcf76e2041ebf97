//! Which page a route shows. The list comes with the first download; the others are
//! parts of their own.

use std::time::Duration;

use contract::CaseNumber;
use leptos::prelude::*;

use crate::{
    account, activities, assistant, cases, home, notifications,
    part::fetched_part,
    people,
    routes::Route,
    session,
    shell::{Build, Fetching, NotFound, Waiting, fetch_ahead, fetched},
};

/// How long a list has been there before the code of what it leads to is fetched: not in
/// the way of the list, and sooner than a person has chosen a case.
const AHEAD: Duration = Duration::from_secs(1);

#[cfg(feature = "gallery")]
fetched_part! { gallery: fn gallery_part() -> Build { Box::new(gallery) } }
fetched_part! { account: fn account_page() -> Build { Box::new(account::page) } }
fetched_part! { activities: fn activities_page() -> Build { Box::new(activities::page) } }
fetched_part! { home: fn home_page() -> Build { Box::new(home::page) } }
fetched_part! { notifications: fn notifications_page() -> Build { Box::new(notifications::page) } }
fetched_part! { follow: fn follow_part() -> Build { Box::new(notifications::follow) } }
fetched_part! { people: fn people_page() -> Build { Box::new(people::page) } }
fetched_part! { session: fn sign_in_part() -> Build { Box::new(session::sign_in_page) } }
fetched_part! { assistant: fn picker_page() -> Build { Box::new(assistant::picker_page) } }
fetched_part! { assistant: fn assistant_page(type_id: String) -> Build { Box::new(move || assistant::page(type_id)) } }
fetched_part! { record: fn case_page(number: CaseNumber) -> Build { Box::new(move || cases::case_page(number)) } }

/// The page of the present route.
pub fn page(route: Memo<Route>) -> AnyView {
    let shown = move || match route.get() {
        // Who is signed in can still have forgotten their password; else it leads home.
        Route::SignIn => sign_in_page(),
        Route::Account => later(|| Box::pin(account_page())),
        Route::People => later(|| Box::pin(people_page())),
        Route::Home => later(|| Box::pin(home_page())),
        Route::Activities => later(|| Box::pin(activities_page())),
        Route::Cases => cases::list_page(fetch_case_ahead),
        Route::Notifications => later(|| Box::pin(notifications_page())),
        Route::NewCase => later(|| Box::pin(picker_page())),
        Route::Assistant(type_id) => later(move || Box::pin(assistant_page(type_id.clone()))),
        Route::Case(number) => later(move || Box::pin(case_page(number))),
        #[cfg(feature = "gallery")]
        Route::Gallery => later(|| Box::pin(gallery_part())),
        Route::Unknown => view! { <NotFound/> }.into_any(),
    };
    view! { {ui::dynamic(shown)} {follow()} }.into_any()
}

/// Counts what the person was told of, once that is in nobody's way.
fn follow() -> AnyView {
    let begins = RwSignal::new(false);
    let begin = move || {
        begins.try_set(true);
    };
    set_timeout(begin, AHEAD);
    ui::shown(move || begins.get().then(|| fetched(|| Box::pin(follow_part()), || ().into_any())))
}

/// The page of whoever is not signed in.
pub fn sign_in_page() -> AnyView {
    later(|| Box::pin(sign_in_part()))
}

/// Fetches the code that shows a case before it is asked for, so that opening one waits
/// for the case alone.
fn fetch_case_ahead(number: CaseNumber) {
    set_timeout(move || fetch_ahead(Box::pin(case_page(number))), AHEAD);
}

/// A page that waits for its code.
fn later(fetch: impl Fn() -> Fetching + Send + Sync + 'static) -> AnyView {
    fetched(fetch, || view! { <Waiting/> }.into_any())
}

/// The design system's gallery.
#[cfg(feature = "gallery")]
fn gallery() -> AnyView {
    use crate::shell::Page;
    view! { <Page title=Signal::stored("Gallery".to_owned()) class="page-wide">{ui::gallery::gallery()}</Page> }
        .into_any()
}
