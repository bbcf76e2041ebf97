//! Who is signed in, and the way out.

use std::sync::Arc;

use contract::people::Session;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use ui::{Glyph, Icon, Menu, MenuItem, avatar};

use super::Overlay;
use crate::{
    remote::{Remote, session::sign_out},
    routes::Route,
};

/// The account's name, organisation and menu.
#[component]
pub fn AccountMenu(
    /// Who is signed in.
    session: Arc<Session>,
) -> impl IntoView {
    let remote = Remote::here();
    let navigate = use_navigate();
    let overlay = Overlay::here();
    let place = place(&session);
    let Session { person, email, .. } = Arc::unwrap_or_clone(session);
    let (name, support) = (person.name, person.support);
    let leave = Callback::new(move |()| {
        let navigate = navigate.clone();
        spawn_local(async move {
            // An unreachable backend keeps the session, and so does the page.
            if sign_out(remote).await.is_ok() {
                remote.forget();
                navigate(&Route::Home.to_string(), Default::default());
            }
        });
    });
    let face = view! {
        {avatar(&name, support)}
        <span class="account-name" dir="auto">{name.clone()}</span>
        <Glyph icon=Icon::Chevron/>
    };
    view! {
        <Menu class="button button-quiet account" face=face.into_any()>
            <p class="menu-note">
                <strong dir="auto">{name.clone()}</strong>
                <span dir="auto">{email.clone()}</span>
                <span dir="auto">{place.clone()}</span>
            </p>
            <a class="menu-item" role="menuitem" tabindex="-1" href=Route::Account.to_string()>
                {texts::shell::your_account()}
            </a>
            <MenuItem press=move |()| overlay.set(Some(Overlay::Preferences))>{texts::preferences::title()}</MenuItem>
            <MenuItem press=move |()| overlay.set(Some(Overlay::Keys))>{texts::keys::title()}</MenuItem>
            <MenuItem press=leave>{texts::shell::sign_out()}</MenuItem>
        </Menu>
    }
}

fn place(session: &Session) -> String {
    match session.memberships.as_slice() {
        [] => texts::shell::support_team().to_owned(),
        [only] => only.organisation.name.clone(),
        several => texts::shell::organisations(several.len() as u64),
    }
}
