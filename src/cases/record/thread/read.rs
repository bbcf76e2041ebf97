//! Noting what was read.

use leptos::{ev, prelude::*, task::spawn_local};

use super::{screen, state::Thread};
use crate::remote::cases;

impl Thread {
    /// The backend knows that everything up to a position was read.
    pub fn has_read(self, position: i64) {
        self.read_to.update_value(|known| *known = position.max(*known));
    }

    /// The end is on the screen: all is read, if somebody looks.
    pub(super) fn seen(self) {
        if !screen::is_looked_at() {
            return;
        }
        if self.arrived.get_untracked() > 0 {
            self.arrived.set(0);
        }
        let newest = self.stretch.with_untracked(|stretch| stretch.items.last().map(|item| item.position()));
        let Some(position) = newest.filter(|newest| *newest > self.read_to.get_value()) else { return };
        let before = self.read_to.get_value();
        self.read_to.set_value(position);
        spawn_local(async move {
            let answer = cases::read_up_to(self.remote, self.number, position).await;
            if answer.is_err() && self.read_to.try_get_value() == Some(position) {
                // Said again when something moves.
                self.read_to.set_value(before);
            }
        });
    }

    /// Whoever comes back to the page sees what came meanwhile; what they had read when
    /// they left it is new no longer.
    pub fn follow_looks(self) {
        let listener = window_event_listener(ev::visibilitychange, move |_| {
            if screen::is_looked_at() {
                self.settle_soon();
            } else if self.at_end.get_untracked() {
                self.unread.set(None);
            }
        });
        on_cleanup(move || listener.remove());
    }
}
