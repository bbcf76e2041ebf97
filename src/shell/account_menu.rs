//! Who is signed in, and the way out.

use contract::people::{PersonRef, Session};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use ui::{Glyph, Icon, Menu, MenuItem, MenuLink, avatar};

use super::{Overlay, fetched, fetched::Build};
use crate::{
    part::fetched_part,
    remote::{Remote, session::sign_out},
    routes::Route,
};

fetched_part! { menu: fn items_part() -> Build { Box::new(items) } }

/// The account's name, and its menu, whose items are fetched when it opens.
pub fn account_menu(person: &PersonRef) -> AnyView {
    let face = view! {
        {avatar(&person.name, person.support)}
        <span class="account-name" dir="auto">{person.name.clone()}</span>
        <Glyph icon=Icon::Chevron/>
    };
    view! {
        <Menu class="button button-quiet account" face=face.into_any()>
            {fetched(|| Box::pin(items_part()), || ().into_any())}
        </Menu>
    }
    .into_any()
}

fn items() -> AnyView {
    let remote = Remote::here();
    let Some(session) = remote.standing.with_untracked(|standing| standing.session().cloned()) else {
        return ().into_any();
    };
    let navigate = use_navigate();
    let overlay = Overlay::here();
    let place = place(&session);
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
    // The menu opened before its items were here: the first one takes the focus now.
    let first = NodeRef::<html::A>::new();
    ui::watch(move || {
        if let Some(first) = first.get() {
            let _focused = first.focus();
        }
    });
    view! {
        <p class="menu-note">
            <strong dir="auto">{session.person.name.clone()}</strong>
            <span dir="auto">{session.email.clone()}</span>
            <span dir="auto">{place}</span>
        </p>
        <MenuLink href=Route::Account.to_string() node=first>
            {texts::shell::your_account()}
        </MenuLink>
        {remote.administers().then(|| {
            view! {
                <MenuLink href=Route::People.to_string() node=NodeRef::new()>
                    {texts::people::title()}
                </MenuLink>
            }
        })}
        <MenuItem press=move |()| overlay.set(Some(Overlay::Preferences))>{texts::preferences::title()}</MenuItem>
        <MenuItem press=move |()| overlay.set(Some(Overlay::Keys))>{texts::keys::title()}</MenuItem>
        <MenuItem press=leave>{texts::shell::sign_out()}</MenuItem>
    }
    .into_any()
}

fn place(session: &Session) -> String {
    match session.memberships.as_slice() {
        [] => texts::shell::support_team().to_owned(),
        [only] => only.organisation.name.clone(),
        several => texts::shell::organisations(several.len() as u64),
    }
}
