//! Bringing something to the backend, however long that takes.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;

use crate::remote::{
    Remote, RemoteError, Standing,
    pause::{Pause, backoff},
};

/// How a delivery stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// Nothing is under way.
    Idle,
    /// Stays here for a few seconds, in which its sender may think again.
    Held,
    /// On its way.
    Sending,
    /// Will be tried again by itself.
    Waiting,
    /// Waits for its sender to sign in again.
    SignedOut,
    /// The backend said no.
    Refused(RemoteError),
}

impl Delivery {
    /// Whether it is still under way, so that it must not be started again.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Sending | Self::Waiting | Self::SignedOut)
    }
}

type Attempt<'a, T> = Pin<Box<dyn Future<Output = Result<T, RemoteError>> + 'a>>;

/// Attempts until there is an answer that waiting will not change. `None` means
/// that the delivery was called off while it waited, by setting it idle.
pub async fn deliver<'a, T>(
    remote: Remote,
    delivery: ArcRwSignal<Delivery>,
    pause: &Pause,
    attempt: impl Fn() -> Attempt<'a, T>,
) -> Option<Result<T, RemoteError>> {
    let mut failures = 0;
    loop {
        delivery.set(Delivery::Sending);
        let wait = match attempt().await {
            Err(error) if error.is_signed_out() => {
                delivery.set(Delivery::SignedOut);
                None
            }
            Err(error) if error.is_passing() => {
                delivery.set(Delivery::Waiting);
                failures += 1;
                Some(error.retry_after().unwrap_or_else(|| backoff(failures - 1)))
            }
            answer => {
                delivery.set(match &answer {
                    Ok(_) => Delivery::Idle,
                    Err(error) => Delivery::Refused(error.clone()),
                });
                return Some(answer);
            }
        };
        pause.wait(wait).await;
        while matches!(remote.standing.try_get_untracked(), Some(Standing::Expired(_))) {
            delivery.set(Delivery::SignedOut);
            pause.wait(None).await;
        }
        if delivery.get_untracked() == Delivery::Idle {
            return None;
        }
    }
}
