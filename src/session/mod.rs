//! Signing in.

mod demo_accounts;
mod expired;
mod forgotten;
mod form;
mod join;
mod new_password;
mod sign_in;

use leptos::prelude::*;

pub use expired::expired_dialog;
pub use sign_in::sign_in_page;

use crate::{
    local::Outbox,
    remote::{Remote, connection::on_return, live::Live, session::Account},
    shell::listen_for_shortcuts,
};

/// Pages that only a signed-in person sees, with what belongs to that person.
pub fn behind_sign_in(pages: impl FnOnce() -> AnyView) -> AnyView {
    let remote = Remote::here();
    let session = remote.standing.with_untracked(|standing| standing.session().cloned());
    let Some(session) = session else { return ().into_any() };
    let person = session.person.id;
    let live = Live::start(remote, person);
    provide_context(Account(session));
    provide_context(Outbox::open(remote, person));
    provide_context(live);
    on_return(remote, move || live.reload());
    listen_for_shortcuts();
    pages()
}
