//! Opening the conversation, and following what its reader does.

use contract::reading::Anchor;
use leptos::{ev, prelude::*};
use leptos_router::hooks::{use_location, use_query_map};
use uuid::Uuid;

use super::state::{Goal, Thread};
use crate::remote::Stretch;

/// Which entries are kept when the case is left, at most: a screen's, and some before.
const KEPT: usize = 60;
/// The parameter of the address that filters.
pub const ONLY: &str = "only";
/// Its only value.
pub const MESSAGES: &str = "messages";

/// The entry that the address points at.
fn linked() -> Memo<Option<Uuid>> {
    let hash = use_location().hash;
    ui::memo(move || hash.with(|hash| hash.trim_start_matches('#').strip_prefix("entry-")?.parse().ok()))
}

fn filtered() -> Memo<bool> {
    let query = use_query_map();
    ui::memo(move || query.with(|query| query.get_str(ONLY) == Some(MESSAGES)))
}

impl Thread {
    /// Loads what is to be read first, unless it is here.
    pub fn start(self) {
        let (linked, filtered) = (linked().get_untracked(), filtered().get_untracked());
        self.only_messages.set(filtered);
        self.target.set(linked);
        let there = match linked {
            Some(id) => self.position_of(id).is_some(),
            None => self.loaded.get_untracked(),
        };
        if there && !filtered {
            self.refresh();
            return;
        }
        self.loaded.set(false);
        self.stretch.set(Stretch::default());
        self.load(linked.map_or(Anchor::Unread, Anchor::Entry), Goal::Opening);
    }

    /// What is worth keeping of it for the next time.
    pub fn kept(self) -> Option<Stretch> {
        let whole = self.loaded.try_get_untracked()? && !self.only_messages.try_get_untracked()?;
        let end = self.stretch.try_with_untracked(|stretch| (stretch.later == 0).then(|| stretch.tail(KEPT)));
        end.flatten().filter(|_| whole)
    }

    /// Follows the address, the window and its reader, until the present owner goes.
    pub(super) fn follow(self) {
        self.follow_address();
        self.follow_window();
        self.follow_looks();
        self.follow_printing();
        // Begins to read as soon as there is something.
        ui::watch(move || {
            if self.loaded.get() && !self.settled.get_value() {
                self.go(Goal::Opening);
            }
        });
    }

    fn follow_address(self) {
        let (linked, filtered) = (linked(), filtered());
        ui::watch(move || {
            let linked = linked.get();
            if linked != self.target.get_untracked() {
                match linked {
                    Some(id) => self.to_entry(id),
                    None => self.target.set(None),
                }
            }
        });
        ui::watch(move || {
            let only = filtered.get();
            if self.only_messages.get_untracked() != only {
                let message = self.message_on_screen();
                self.only_messages.set(only);
                match message.filter(|_| !self.at_end.get_untracked()) {
                    Some(id) => self.load(Anchor::Entry(id), Goal::Found(id)),
                    None => self.load(Anchor::Last, Goal::End),
                }
            }
        });
    }

    fn follow_window(self) {
        let waiting = StoredValue::new(false);
        let moved = move || {
            if !waiting.get_value() {
                waiting.set_value(true);
                request_animation_frame(move || {
                    if waiting.try_set_value(false).is_none() {
                        self.settle();
                    }
                });
            }
        };
        let scrolled = window_event_listener(ev::scroll, move |_| moved());
        let resized = window_event_listener(ev::resize, move |_| moved());
        on_cleanup(move || {
            scrolled.remove();
            resized.remove();
        });
    }
}
