//! Asking the backend while somebody types.

use std::{future::Future, pin::Pin, time::Duration};

use leptos::prelude::*;

use super::{Fetched, RemoteError, pause::lasting};

/// A pause in typing as long as this asks.
const PAUSE: Duration = Duration::from_millis(150);

type Asking<T> = Pin<Box<dyn Future<Output = Result<T, RemoteError>>>>;

/// What `ask` answers to what was typed last, once typing pauses; an answer to
/// anything typed before is dropped. `None` asks for nothing and finds nothing.
pub fn as_typed<K, T>(
    typed: Signal<Option<K>>,
    ask: impl Fn(K) -> Asking<T> + Copy + Send + Sync + 'static,
) -> Fetched<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Default + PartialEq + Send + Sync + 'static,
{
    let found = Fetched::new(None);
    ui::watch(move || {
        let Some(wanted) = typed.get() else {
            found.ask(Box::pin(std::future::ready(Ok(T::default()))));
            return;
        };
        found.ask(Box::pin(async move {
            lasting(PAUSE).await;
            // Something else is wanted by now: whatever this answers is dropped.
            if typed.try_get_untracked().flatten().as_ref() != Some(&wanted) {
                return Ok(T::default());
            }
            ask(wanted).await
        }));
    });
    found
}
