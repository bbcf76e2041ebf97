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
    let ended = ui::memo(move || remote.standing.with(|standing| matches!(standing, Standing::Expired(_))));
    ui::shown(move || ended.get().then(|| fetched(|| Box::pin(dialog_part()), || ().into_any())))
}

#[component]
fn ExpiredDialog() -> impl IntoView {
    let remote = Remote::here();
    let open = RwSignal::new(true);
    ui::watch(move || {
        // Closing it by force opens it again: nothing on the page works without.
        if !open.get() {
            open.set(true);
        }
    });
    let attempt = Attempt::new(remote);
    let email = move || {
        let known = remote.standing.with_untracked(|s| s.session().map(|session| session.email.clone()));
        known.unwrap_or_default()
    };
    view! {
        <Dialog open=open id="expired" title="Sign in again" stays=true>
            <p>"Your session has ended. Nothing you wrote is lost."</p>
            <SignInForm attempt=attempt email=email()/>
        </Dialog>
    }
}
