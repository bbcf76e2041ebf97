//! Signing in again without leaving the page.

use leptos::prelude::*;
use ui::Dialog;

use super::form::{Attempt, SignInForm};
use crate::{
    part::fetched_part,
    remote::{Remote, Standing},
    shell::{Build, fetched},
};

fetched_part! { session: fn dialog_part() -> Build { Box::new(|| view! { <ExpiredDialog/> }.into_any()) } }

/// Opens over the page when its session has ended. What was being written or sent
/// goes on afterwards.
pub fn expired_dialog() -> AnyView {
    let remote = Remote::here();
    // Once there it stays: only a dialog that closes gives the focus back.
    let needed = Memo::new(move |before: Option<&bool>| before == Some(&true) || has_ended(remote));
    ui::shown(move || needed.get().then(|| fetched(|| Box::pin(dialog_part()), || ().into_any())))
}

fn has_ended(remote: Remote) -> bool {
    remote.standing.with(|standing| matches!(standing, Standing::Expired(_)))
}

#[component]
fn ExpiredDialog() -> impl IntoView {
    let remote = Remote::here();
    let open = RwSignal::new(false);
    ui::watch(move || {
        // Closing it by force opens it again: nothing on the page works without.
        let ended = has_ended(remote);
        if open.get() != ended {
            open.set(ended);
        }
    });
    let attempt = Attempt::new(remote);
    let email = move || {
        let known = remote.standing.with_untracked(|s| s.session().map(|session| session.email.clone()));
        known.unwrap_or_default()
    };
    view! {
        <Dialog open=open id="expired" title=texts::session::sign_in_again() stays=true>
            <p>{texts::session::session_ended()}</p>
            <SignInForm attempt=attempt email=email()/>
        </Dialog>
    }
}
