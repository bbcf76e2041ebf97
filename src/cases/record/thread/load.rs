//! Loading the conversation: a page to begin with, and more at its edges.

use contract::{ProblemCode, TimelinePage, TimelineQuery, limits::PAGE_MAX, reading::Anchor};
use leptos::{prelude::*, task::spawn_local};

use super::state::{Goal, Thread};
use crate::remote::{RemoteError, Stretch, cases};

/// Entries asked for to begin with: soon there, and more than a screen holds.
const FIRST_PAGE: u32 = 40;

/// An edge of what is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Towards the beginning.
    Start,
    /// Towards the end.
    End,
}

impl Thread {
    /// Loads what is at an anchor in place of what is loaded, and goes there.
    pub fn load(self, anchor: Anchor, goal: Goal) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        spawn_local(async move {
            let answer = self.page(anchor, FIRST_PAGE).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.growing.set(false);
            match answer {
                Ok(page) => self.replace(page, goal),
                Err(error) if error.code() == Some(ProblemCode::NotFound) && anchor != Anchor::Unread => {
                    self.not_there();
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    fn replace(self, page: TimelinePage, goal: Goal) {
        self.error.set(None);
        if goal == Goal::Opening {
            self.learn_unread(page.unread);
        }
        let stretch = Stretch::of(page);
        if stretch.later == 0 {
            let newest = stretch.items.last().map_or(0, |item| item.position());
            self.newest.update_value(|known| *known = newest.max(*known));
        }
        self.span.set((0, 0));
        self.stretch.set(stretch);
        let first = !self.loaded.get_untracked();
        self.loaded.set(true);
        // The first time the page, once it is there, goes there itself.
        if !first {
            self.go(goal);
        }
        if self.newest.get_value() == 0 {
            spawn_local(async move { drop(self.learn_newest().await) });
        }
    }

    /// Notes what was unread when the case was opened; nothing later changes that.
    pub(super) fn learn_unread(self, unread: Option<i64>) -> bool {
        let first = !self.unread_known.get_value();
        if first {
            self.unread_known.set_value(true);
            self.unread.set(unread);
        }
        first && unread.is_some()
    }

    /// Notes where the end is, where that was not loaded: what is there is not new.
    pub(super) async fn learn_newest(self) -> Result<(), RemoteError> {
        let page = self.page(Anchor::Last, 1).await?;
        let last = page.items.last().map_or(0, |entry| entry.position);
        self.newest.try_update_value(|known| *known = last.max(*known));
        Ok(())
    }

    /// The entry that was asked for does not exist, or not for this reader.
    fn not_there(self) {
        self.announcements.toast(texts::thread::entry_not_found());
        if !self.loaded.get_untracked() {
            self.load(Anchor::Unread, Goal::Opening);
        }
    }

    pub(super) async fn page(self, anchor: Anchor, limit: u32) -> Result<TimelinePage, RemoteError> {
        let query = TimelineQuery { anchor, only_messages: self.only_messages.get_untracked(), limit };
        cases::timeline(self.remote, self.number, &query).await
    }

    /// Loads more at an edge, where the reader is near.
    pub fn grow(self, edge: Edge) {
        let end = self.stretch.with_untracked(|stretch| match edge {
            Edge::Start => stretch.items.first().map(|item| Anchor::Before(item.position())),
            Edge::End => stretch.items.last().map(|item| Anchor::After(item.position())),
        });
        let Some(anchor) = end.filter(|_| !self.growing.get_untracked()) else { return };
        self.growing.set(true);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let answer = self.page(anchor, PAGE_MAX / 2).await;
            if self.growing.try_set(false).is_some() || self.turn.get_value() != turn {
                return;
            }
            match answer {
                Ok(page) => {
                    self.error.set(None);
                    self.keep_place(move || self.stretch.update(|stretch| drop(stretch.join(page)))).await;
                    self.settle_soon();
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Loads all that is not loaded.
    pub async fn load_all(self) -> Result<(), RemoteError> {
        loop {
            let anchor = self.stretch.try_with_untracked(|stretch| {
                let (first, last) = (stretch.items.first()?.position(), stretch.items.last()?.position());
                let more = [(stretch.earlier, Anchor::Before(first)), (stretch.later, Anchor::After(last))];
                more.into_iter().find(|(count, _)| *count > 0).map(|(_, anchor)| anchor)
            });
            let Some(anchor) = anchor.flatten() else { return Ok(()) };
            let turn = self.turn.try_get_value();
            let page = self.page(anchor, PAGE_MAX).await?;
            if page.items.is_empty() {
                return Ok(());
            }
            if self.turn.try_get_value() == turn && turn.is_some() {
                self.keep_place(move || self.stretch.update(|stretch| drop(stretch.join(page)))).await;
            }
        }
    }

    /// Tries what failed once more.
    pub fn try_again(self) {
        self.refresh();
        self.error.set(None);
        self.settle_soon();
    }
}
