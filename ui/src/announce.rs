//! What happened, said to screen readers and shown for a moment.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;

use crate::toast::{Toast, offer, words};

/// How long a toast stays.
const TOAST: Duration = Duration::from_secs(6);
/// How long one stays that offers something to do.
const OFFER: Duration = Duration::from_secs(10);

/// Says short sentences in a polite live region; a toast shows them as well.
#[derive(Clone, Copy)]
pub struct Announcements {
    said: RwSignal<String>,
    toast: RwSignal<Option<Toast>>,
    /// Counts the waits: only the last one ends the toast.
    wait: StoredValue<u32>,
}

impl Announcements {
    /// A voice; provide it as a context beside one [`Announcer`].
    #[must_use]
    pub fn new() -> Self {
        Self { said: RwSignal::new(String::new()), toast: RwSignal::new(None), wait: StoredValue::new(0) }
    }

    /// The voice of the page.
    #[must_use]
    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Says it to screen readers only.
    pub fn say(self, text: impl Into<String>) {
        self.said.set(text.into());
    }

    /// Says it and shows it for a few seconds.
    pub fn toast(self, text: impl Into<String>) {
        let text = text.into();
        let shown = text.clone();
        self.show(text, TOAST, ViewFn::from(move || words(shown.clone())));
    }

    /// Says it and shows it for longer, with something to do about it, such as Undo.
    /// While the pointer or the focus is on it, it stays, and it may outlive the page
    /// that showed it.
    pub fn toast_with(
        self,
        text: impl Into<String>,
        action: impl Into<String>,
        press: impl Fn() + Send + Sync + 'static,
    ) {
        let (text, action, press) = (text.into(), action.into(), Arc::new(press));
        let shown = text.clone();
        self.show(
            text,
            OFFER,
            ViewFn::from(move || offer(self, shown.clone(), action.clone(), press.clone())),
        );
    }

    fn show(self, text: String, time: Duration, view: ViewFn) {
        self.say(text);
        self.toast.set(Some(Toast { time, view }));
        self.release();
    }

    /// The toast stays until it is released.
    pub(crate) fn hold(self) {
        let _still_there = self.wait.try_update_value(|wait| *wait = wait.wrapping_add(1));
    }

    /// The toast goes after its time.
    pub(crate) fn release(self) {
        self.hold();
        let wait = self.wait.try_get_value();
        let time = self.toast.try_with_untracked(|toast| toast.as_ref().map(|toast| toast.time)).flatten();
        let end = move || {
            if wait.is_some() && self.wait.try_get_value() == wait {
                self.dismiss();
            }
        };
        set_timeout(end, time.unwrap_or_default());
    }

    /// The toast goes now.
    pub(crate) fn dismiss(self) {
        let _gone_before = self.toast.try_set(None);
    }
}

impl Default for Announcements {
    fn default() -> Self {
        Self::new()
    }
}

/// Where announcements appear; one a page.
#[component]
pub fn Announcer() -> impl IntoView {
    let here = Announcements::here();
    view! {
        <div class="unseen" role="status" aria-live="polite">{here.said}</div>
        {crate::erased::shown(move || here.toast.get().map(|toast| toast.view.run()))}
    }
}
