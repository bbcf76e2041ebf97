//! Finding the backend again when it is gone.

use contract::ProblemCode;
use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    Remote, Standing,
    pause::{Pause, backoff},
    session,
};

/// Tries to reach a backend that is gone.
#[derive(Clone, Copy)]
pub struct Reconnection(StoredValue<Pause>);

impl Reconnection {
    /// Watches the connection; while it is down, asks for the session again and
    /// again, which also finds out whether one still stands.
    pub fn watch(remote: Remote) -> Self {
        let pause = StoredValue::new(Pause::default());
        Effect::new(move |running: Option<bool>| {
            let down = !remote.reachable.get();
            if down && running != Some(true) {
                spawn_local(reconnect(remote, pause.get_value()));
            }
            down
        });
        let online = window_event_listener(ev::online, move |_| pause.with_value(Pause::wake));
        on_cleanup(move || online.remove());
        Self(pause)
    }

    /// Tries at once.
    pub fn retry(self) {
        self.0.with_value(Pause::wake);
    }
}

async fn reconnect(remote: Remote, pause: Pause) {
    let mut attempt = 0;
    while remote.reachable.try_get_untracked() == Some(false) {
        pause.wait(Some(backoff(attempt))).await;
        attempt += 1;
        check(remote).await;
    }
}

/// Asks whether the session still stands.
pub async fn check(remote: Remote) {
    match session::current(remote).await {
        Ok(session) => {
            let out = remote.standing.with_untracked(|standing| matches!(standing, Standing::Out));
            if !out {
                remote.admit(session);
            }
        }
        // The request itself has noted both an unreachable backend and an ended session.
        Err(error) if error.is_unreachable() || error.code() == Some(ProblemCode::SignInRequired) => {}
        Err(error) => leptos::logging::warn!("{error}"),
    }
}

/// Calls back when the backend is back, or the person who had to sign in again is.
pub fn on_return(remote: Remote, returned: impl Fn() + 'static) {
    Effect::new(move |before: Option<bool>| {
        let here = remote.reachable.get() && remote.standing.with(|s| matches!(s, Standing::In(_)));
        if here && before == Some(false) {
            returned();
        }
        here
    });
}
