//! Keeping on the page what is near the screen.

use std::ops::Range;

use contract::reading::Anchor;
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use super::{
    layout::Edges,
    load::Edge,
    screen,
    state::{Goal, Thread},
};

/// Where the entries on the page stand between.
pub const BEFORE: &str = "thread-before";
/// See [`BEFORE`].
pub const BEHIND: &str = "thread-behind";
/// Most entries on the page for the sake of one that has the focus.
const MOST: usize = 50;
/// A conversation of up to so many entries is on the page whole.
const WHOLE: usize = 30;
/// Entries that were measured before their average is trusted.
const SAMPLE: usize = 5;
/// How far below the screen the end may lie and still count as seen, in pixels.
const SLACK: f64 = 24.0;

impl Thread {
    /// [`Thread::settle`], before the next picture.
    pub fn settle_soon(self) {
        request_animation_frame(move || self.settle());
    }

    /// Puts on the page what came near the screen, takes off what is far, loads more
    /// where the loaded entries end, and notes what was read.
    pub fn settle(self) {
        let Some(true) = self.settled.try_get_value() else { return };
        if self.printing.get_untracked() {
            return;
        }
        let now = self.range_now();
        let Some(edges) = self.edges(&now) else { return };
        let screen = screen::height();
        self.look(&edges, &now, screen);
        let wanted = match self.is_short() {
            true => 0..edges.0.len() - 1,
            false => self.with_focused(edges.fit(&now, screen), &now),
        };
        if wanted != now {
            spawn_local(async move {
                self.keep_place(move || {
                    self.measured.notify();
                    self.put(wanted);
                })
                .await;
                self.settle_soon();
            });
        } else {
            self.load_near(&edges, screen);
        }
    }

    /// Whether there is so little of it that all may stay on the page.
    fn is_short(self) -> bool {
        self.stretch
            .with_untracked(|stretch| stretch.earlier + stretch.later == 0 && stretch.items.len() <= WHOLE)
    }

    fn load_near(self, edges: &Edges, screen: f64) {
        if self.growing.get_untracked() || self.error.with_untracked(Option::is_some) {
            return;
        }
        let (earlier, later) = self.stretch.with_untracked(|stretch| (stretch.earlier, stretch.later));
        if let Some(off) = edges.off(screen) {
            self.leap(off, earlier, later);
        } else if earlier > 0 && edges.nears_start() {
            self.grow(Edge::Start);
        } else if later > 0 && edges.nears_end(screen) {
            self.grow(Edge::End);
        }
    }

    /// Loads what belongs on the screen where the reader went beyond what is loaded, by
    /// the bar at the side for instance.
    fn leap(self, off: f64, earlier: usize, later: usize) {
        let away = off.abs() / self.average_height();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of entries, not below zero"
        )]
        let away = away.floor() as usize;
        let loaded = self.stretch.with_untracked(|stretch| stretch.items.len());
        let skip = if off > 0.0 {
            if earlier == 0 {
                return;
            }
            earlier.saturating_sub(away)
        } else {
            if later == 0 {
                return;
            }
            (earlier + loaded + away).min(earlier + loaded + later)
        };
        // The middle of the screen shall be in the middle of the page.
        let skip = skip.saturating_sub(10);
        self.growing.set(true);
        self.load(Anchor::Skip(u32::try_from(skip).unwrap_or(u32::MAX)), Goal::Stay);
    }

    /// Where the loaded entries are, of which `now` are on the page and are measured.
    fn edges(self, now: &Range<usize>) -> Option<Edges> {
        let ids: Vec<(Uuid, i64)> = self.stretch.with_untracked(|stretch| {
            let on_page = stretch.items.get(now.clone()).unwrap_or_default();
            on_page.iter().map(|item| (item.entry.id, item.position())).collect()
        });
        let mut measured: Vec<f64> = ids
            .iter()
            .map(|(id, _)| Some(screen::entry(*id)?.get_bounding_client_rect().top()))
            .collect::<Option<_>>()?;
        measured.push(screen::rect(BEHIND)?.top());
        self.heights.update_value(|heights| {
            for ((_, position), edges) in ids.iter().zip(measured.windows(2)) {
                heights.insert(*position, edges[1] - edges[0]);
            }
            if heights.len() >= SAMPLE && self.average.get_value().is_none() {
                #[expect(clippy::cast_precision_loss, reason = "no timeline has two to the 52 entries")]
                let average = heights.values().sum::<f64>() / heights.len() as f64;
                self.average.set_value(Some(average));
            }
        });
        let heights: Vec<f64> = self.stretch.with_untracked(|stretch| {
            stretch.items.iter().map(|item| self.height(item.position())).collect()
        });
        Some(Edges::around(now.clone(), &measured, &heights))
    }

    /// With the entry that has the focus, which is not taken off the page unless it is far away.
    fn with_focused(self, wanted: Range<usize>, now: &Range<usize>) -> Range<usize> {
        let focused = document().active_element().and_then(|element| element.closest("[id^=entry-]").ok()?);
        let id = focused.and_then(|element| element.id().strip_prefix("entry-")?.parse::<Uuid>().ok());
        let at = id
            .and_then(|id| self.position_of(id))
            .and_then(|position| self.stretch.with_untracked(|stretch| stretch.find(position)).ok());
        match at {
            Some(at) if now.contains(&at) => {
                let both = wanted.start.min(at)..wanted.end.max(at + 1);
                if both.len() <= MOST { both } else { wanted }
            }
            _ => wanted,
        }
    }

    /// Notes whether the end is on the screen.
    fn look(self, edges: &Edges, now: &Range<usize>, screen: f64) {
        let complete =
            self.stretch.with_untracked(|stretch| stretch.later == 0 && now.end == stretch.items.len());
        let end = edges.0.last().copied().unwrap_or_default();
        let at_end = complete && end <= screen + SLACK;
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
        if at_end {
            self.seen();
        }
    }
}
