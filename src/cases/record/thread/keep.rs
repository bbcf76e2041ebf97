//! Keeping what is read where it is while the page changes around it.

use leptos::{prelude::*, task::tick};
use uuid::Uuid;

use super::{screen, state::Thread, window::BEHIND};

impl Thread {
    /// Changes the page above or below the screen, and keeps what is on it in its place.
    pub(super) async fn keep_place(self, change: impl FnOnce()) {
        let anchor = if screen::anchors_itself() { None } else { self.on_screen() };
        let focused = screen::focused_within(".thread");
        change();
        tick().await;
        // An element that is moved within the page loses the focus.
        if let Some(focused) = focused {
            screen::focus_again(&focused);
        }
        if let Some((id, top)) = anchor
            && let Some(element) = screen::entry(id)
        {
            screen::scroll_by(element.get_bounding_client_rect().top() - top);
        }
    }

    /// Changes the end, which is on the screen, and keeps it there; whoever writes below
    /// it has their text stay where it is.
    pub(super) async fn keep_end(self, change: impl FnOnce()) {
        let end = || screen::rect(BEHIND).map(|rect| rect.top());
        let before = end();
        change();
        tick().await;
        if let Some((before, after)) = before.zip(end()) {
            let grown = after - before;
            let hidden = after - screen::height();
            screen::scroll_by(if screen::has_focus(".composer") {
                grown
            } else {
                grown.min(hidden).max(0.0)
            });
        }
    }

    /// The position of the first entry on the screen.
    pub(super) fn on_screen_position(self) -> Option<i64> {
        self.on_screen().and_then(|(id, _)| self.position_of(id))
    }

    /// The first message that is on the screen or just below it.
    pub(super) fn message_on_screen(self) -> Option<Uuid> {
        let from = self.on_screen_position()?;
        self.stretch.with_untracked(|stretch| {
            let behind = stretch.items.iter().filter(|item| item.position() >= from);
            behind.into_iter().find(|item| item.is_message()).map(|item| item.entry.id)
        })
    }

    /// The first entry on the screen, and where its top is.
    fn on_screen(self) -> Option<(Uuid, f64)> {
        let now = self.range_now();
        let ids: Vec<Uuid> = self.stretch.with_untracked(|stretch| {
            stretch.items.get(now).unwrap_or_default().iter().map(|item| item.entry.id).collect()
        });
        ids.into_iter().find_map(|id| {
            let rect = screen::entry(id)?.get_bounding_client_rect();
            (rect.bottom() > 0.0).then(|| (id, rect.top()))
        })
    }
}
