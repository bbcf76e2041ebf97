//! An answer that a page shows, keeps while it asks anew, and can ask for again.

use std::{future::Future, pin::Pin};

use leptos::{prelude::*, task::spawn_local};

use super::RemoteError;

type Asking<T> = Pin<Box<dyn Future<Output = Result<T, RemoteError>>>>;

/// The state of something fetched.
pub struct Fetched<T: 'static> {
    /// The newest answer.
    pub value: RwSignal<Option<T>>,
    /// Why the last request brought none.
    pub error: RwSignal<Option<RemoteError>>,
    /// Whether a request is under way.
    pub pending: RwSignal<bool>,
    turn: StoredValue<u32>,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetched<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Fetched<T> {
    /// Something not yet asked for.
    pub fn new(cached: Option<T>) -> Self {
        Self {
            value: RwSignal::new(cached),
            error: RwSignal::new(None),
            pending: RwSignal::new(false),
            turn: StoredValue::new(0),
        }
    }

    /// Asks; an answer to an earlier question no longer counts. An equal answer
    /// changes nothing on the page.
    pub fn ask(self, asking: Asking<T>) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.pending.set(true);
        spawn_local(async move {
            let answer = asking.await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.pending.set(false);
            match answer {
                Ok(value) => {
                    if self.error.with_untracked(Option::is_some) {
                        self.error.set(None);
                    }
                    if self.value.with_untracked(|known| known.as_ref() != Some(&value)) {
                        self.value.set(Some(value));
                    }
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}
