//! Printing: paper has all of the conversation.

use leptos::{
    ev,
    prelude::*,
    task::{spawn_local, tick},
};

use super::state::Thread;

impl Thread {
    fn is_partly(self) -> bool {
        self.stretch.with_untracked(|stretch| stretch.earlier + stretch.later > 0)
    }

    /// Loads all that is missing, then prints.
    pub fn print(self) {
        spawn_local(async move {
            self.printing.set(true);
            let answer = self.load_all().await;
            tick().await;
            if self.printing.try_get_untracked().is_none() {
                return;
            }
            if let Err(error) = answer {
                // Half a conversation is not what was asked for.
                self.printing.set(false);
                self.announcements.toast(error.to_string());
            } else if window().print().is_err() {
                self.printing.set(false);
            }
        });
    }

    /// Has all that is loaded on the page while it is printed. The browser does not wait
    /// for what is not; its own key does, and what its menu prints says what is missing.
    pub(super) fn follow_printing(self) {
        let before = window_event_listener(ev::beforeprint, move |_| {
            self.printing.set(true);
            spawn_local(async move { drop(self.load_all().await) });
        });
        let after = window_event_listener(ev::afterprint, move |_| {
            self.printing.set(false);
            self.settle_soon();
        });
        let key = window_event_listener(ev::keydown, move |event| {
            let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
            if command && event.key().eq_ignore_ascii_case("p") && self.is_partly() {
                event.prevent_default();
                self.print();
            }
        });
        on_cleanup(move || {
            before.remove();
            after.remove();
            key.remove();
        });
    }
}
