//! What is new: loaded, put in its place, told of and counted.

use std::sync::Arc;

use contract::{Entry, TimelinePage, limits::PAGE_MAX, reading::Anchor};
use leptos::{prelude::*, task::spawn_local};

use super::{
    screen,
    state::{Goal, Thread},
};
use crate::remote::RemoteError;

/// The newest entries that are read again whenever something changed: their authors may
/// change them for a while.
const RENEWED: usize = 50;

impl Thread {
    /// Loads what is new, and the newest again.
    pub fn refresh(self) {
        if !self.loaded.get_untracked() {
            if self.error.with_untracked(Option::is_some) {
                self.load(Anchor::Unread, Goal::Opening);
            }
            return;
        }
        let (running, _) = self.refreshing.get_value();
        self.refreshing.set_value((true, running));
        if running {
            return;
        }
        spawn_local(async move {
            loop {
                let answer = self.load_new().await;
                let Some((_, again)) = self.refreshing.try_get_value() else { return };
                self.refreshing.set_value((again, false));
                if answer.is_err() || self.error.with_untracked(Option::is_some) {
                    self.error.set(answer.err());
                }
                if !again {
                    return;
                }
            }
        });
    }

    async fn load_new(self) -> Result<(), RemoteError> {
        let turn = self.turn.try_get_value();
        let renewed = self.stretch.try_with_untracked(|stretch| {
            let at = stretch.items.len().saturating_sub(RENEWED);
            stretch.items.get(at).map_or(0, |item| item.position())
        });
        let mut after = renewed.unwrap_or_default() - 1;
        // From what is loaded to the end, if that is near; then what is behind it.
        while let Some(page) = self.next_page(after, turn).await? {
            let (last, more) = (page.items.last().map(|entry| entry.position), page.next.is_some());
            self.take_in(page).await;
            match last.filter(|_| more) {
                Some(last) if self.stretch.with_untracked(|stretch| stretch.later) <= RENEWED => after = last,
                _ => break,
            }
        }
        self.hear_of_new(turn).await
    }

    async fn next_page(self, after: i64, turn: Option<u32>) -> Result<Option<TimelinePage>, RemoteError> {
        let page = self.page(Anchor::After(after), PAGE_MAX).await?;
        Ok((self.turn.try_get_value() == turn && turn.is_some()).then_some(page))
    }

    /// Puts a page of new or renewed entries in its place, which may be on the screen.
    async fn take_in(self, page: TimelinePage) {
        // What was shown from the cache did not tell.
        let unread = self.learn_unread(page.unread);
        let (mut joined, at_end) = (self.stretch.get_untracked(), self.at_end.get_untracked());
        let fresh = joined.join(page);
        if self.stretch.with_untracked(|stretch| *stretch == joined) {
            return;
        }
        let complete = joined.later == 0;
        let show = move || {
            self.stretch.set(joined);
            if at_end && complete {
                self.put_last();
            }
        };
        if at_end && complete && !fresh.is_empty() {
            self.keep_end(show).await;
        } else {
            self.keep_place(show).await;
        }
        self.arrive(&fresh);
        if unread {
            self.go(Goal::Opening);
        } else {
            self.settle_soon();
        }
    }

    /// Counts and tells of what came where it is not loaded.
    async fn hear_of_new(self, turn: Option<u32>) -> Result<(), RemoteError> {
        let Some(true) = self.stretch.try_with_untracked(|stretch| stretch.later > 0) else { return Ok(()) };
        let newest = self.newest.get_value();
        if newest == 0 {
            return self.learn_newest().await;
        }
        if let Some(page) = self.next_page(newest, turn).await? {
            let fresh: Vec<_> = page.items.into_iter().map(Arc::new).collect();
            self.arrive(&fresh);
            if fresh.iter().any(|entry| entry.author.id == self.me) {
                // What one sent oneself is what one wants to see.
                self.load(Anchor::Last, Goal::End);
            }
        }
        Ok(())
    }

    /// Notes and tells of new entries.
    fn arrive(self, fresh: &[Arc<Entry>]) {
        let known = self.newest.get_value();
        let fresh: Vec<_> = fresh.iter().filter(|entry| entry.position > known).collect();
        let Some(last) = fresh.last() else { return };
        self.newest.set_value(last.position);
        let said: Vec<_> = fresh.into_iter().filter(|entry| self.is_said_to_me(entry)).collect();
        let Some(last) = said.last() else { return };
        self.announcements.say(texts::record::new_message_from(&last.author.name));
        if !self.at_end.get_untracked() {
            self.arrived.update(|arrived| *arrived += said.len() as u64);
        }
        let looks = screen::is_looked_at() && self.at_end.get_untracked();
        if !looks && self.unread.get_untracked().is_none() {
            self.unread.set(said.first().map(|entry| entry.position));
        }
    }
}
