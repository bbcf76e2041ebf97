//! Waiting that can be cut short.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_channel::oneshot::{Sender, channel};
use leptos::prelude::set_timeout;

/// A wait that somebody else may end.
#[derive(Clone, Default)]
pub struct Pause(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    /// Tells one wait from the next, whose timers may overlap.
    turn: u32,
    waker: Option<Sender<()>>,
}

impl Pause {
    /// Waits so many seconds, or with none until woken.
    pub async fn wait(&self, seconds: Option<u32>) {
        let (waker, woken) = channel();
        let turn = self.with(|waiting| {
            waiting.turn += 1;
            waiting.waker = Some(waker);
            waiting.turn
        });
        if let Some(seconds) = seconds {
            let pause = self.clone();
            let timer = move || {
                if pause.with(|waiting| waiting.turn) == turn {
                    pause.wake();
                }
            };
            set_timeout(timer, Duration::from_secs(u64::from(seconds)));
        }
        // A dropped waker ends the wait as well.
        let _woken = woken.await;
    }

    /// Ends the wait.
    pub fn wake(&self) {
        drop(self.with(|waiting| waiting.waker.take()));
    }

    fn with<T>(&self, change: impl FnOnce(&mut Waiting) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The seconds to wait before attempt number `attempt`, growing to half a minute.
pub fn backoff(attempt: u32) -> u32 {
    [1, 2, 4, 8, 15].get(attempt as usize).copied().unwrap_or(30)
}

/// Waits that long.
pub async fn lasting(duration: Duration) {
    let (over, awaited) = channel();
    let end = move || {
        // Nobody may be waiting any more.
        let _heard = over.send(());
    };
    set_timeout(end, duration);
    let _over = awaited.await;
}
