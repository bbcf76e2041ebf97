//! Signing in again without leaving the page.

use leptos::prelude::*;
use ui::Dialog;

use super::form::{Attempt, SignInForm};
use crate::remote::{Remote, Standing};

/// Opens over the page when its session has ended. What was being written or
/// sent goes on afterwards.
#[component]
pub fn ExpiredDialog() -> impl IntoView {
    let remote = Remote::here();
    let open = RwSignal::new(false);
    ui::watch(move || {
        // Closing it by force opens it again: nothing on the page works without.
        let ended = remote.standing.with(|standing| matches!(standing, Standing::Expired(_)));
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
        <Dialog open=open id="expired" title="Sign in again" stays=true>
            <p>"Your session has ended. Nothing you wrote is lost."</p>
            <SignInForm attempt=attempt email=email()/>
        </Dialog>
    }
}
