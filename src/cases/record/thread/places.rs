//! Going to a place in the conversation.

use std::ops::Range;

use contract::reading::Anchor;
use leptos::{
    prelude::*,
    task::{spawn_local, tick},
};
use uuid::Uuid;

use super::{
    highlight, screen,
    state::{Goal, Thread},
    window::BEHIND,
};

/// The line before what is new.
pub const LINE: &str = "thread-unread";
/// How many entries are put on the page before and behind the one gone to; more come
/// once it is known how much room there is.
const AROUND: usize = 10;

impl Thread {
    /// Goes where the conversation begins.
    pub fn to_first(self) {
        if self.stretch.with_untracked(|stretch| stretch.earlier) == 0 {
            self.go(Goal::First);
        } else {
            self.load(Anchor::First, Goal::First);
        }
    }

    /// Goes where it ends.
    pub fn to_last(self) {
        if self.stretch.with_untracked(|stretch| stretch.later) == 0 {
            self.go(Goal::Last);
        } else {
            self.load(Anchor::Last, Goal::Last);
        }
    }

    /// Goes to what is new.
    pub fn to_unread(self) {
        let Some(position) = self.unread.get_untracked() else { return };
        if self.stretch.with_untracked(|stretch| stretch.find(position)).is_ok() {
            self.go(Goal::Unread);
        } else {
            self.load(Anchor::After(position - 1), Goal::Unread);
        }
    }

    /// Goes to an entry, and gives it the focus.
    pub fn to_entry(self, id: Uuid) {
        self.target.set(Some(id));
        if self.position_of(id).is_some() {
            self.go(Goal::Entry(id));
        } else {
            self.load(Anchor::Entry(id), Goal::Entry(id));
        }
    }

    /// Goes to a message that holds the text searched for.
    pub fn to_found(self, id: Uuid) {
        if self.position_of(id).is_some() {
            self.go(Goal::Found(id));
        } else {
            self.load(Anchor::Entry(id), Goal::Found(id));
        }
    }

    /// Goes to a place among the loaded entries.
    pub(super) fn go(self, goal: Goal) {
        let asked = goal != Goal::Opening;
        let goal = if asked { goal } else { self.opening() };
        if let Some(range) = self.around(goal) {
            self.put(range);
        }
        spawn_local(async move {
            tick().await;
            // After the router has scrolled to where it thinks a page begins.
            request_animation_frame(move || {
                if self.settled.try_set_value(true).is_none() {
                    self.show(goal, asked);
                    self.settle_soon();
                }
            });
        });
    }

    /// Where reading begins.
    fn opening(self) -> Goal {
        match (self.target.get_untracked(), self.unread.get_untracked()) {
            (Some(id), _) if self.position_of(id).is_some() => Goal::Entry(id),
            (_, Some(position)) if self.stretch.with_untracked(|s| s.find(position)).is_ok() => Goal::Unread,
            _ => Goal::Opening,
        }
    }

    /// The entries to be on the page to go there.
    fn around(self, goal: Goal) -> Option<Range<usize>> {
        let position = match goal {
            Goal::Entry(id) | Goal::Found(id) => self.position_of(id),
            Goal::Unread => self.unread.get_untracked(),
            _ => None,
        };
        self.stretch.with_untracked(|stretch| {
            let count = stretch.items.len();
            let at = match goal {
                Goal::Stay => return None,
                Goal::First => 0,
                Goal::Opening | Goal::Last | Goal::End => count,
                _ => stretch.find(position?).unwrap_or_else(|at| at),
            };
            Some(at.saturating_sub(AROUND)..(at + AROUND).min(count))
        })
    }

    fn show(self, goal: Goal, asked: bool) {
        match goal {
            Goal::Opening => self.show_end_if_below(),
            Goal::First => self.show_entry(self.end_entry(true)),
            Goal::Last => {
                self.show_end();
                if let Some(last) = self.end_entry(false).and_then(screen::entry) {
                    screen::focus(&last);
                }
            }
            Goal::End => self.show_end(),
            Goal::Unread => show_line(asked),
            Goal::Entry(id) => self.show_entry(Some(id)),
            Goal::Found(id) => self.show_found(id),
            Goal::Stay => {}
        }
    }

    /// A conversation that ends on the screen, or in which nobody has said anything, is
    /// shown with what stands above it.
    fn show_end_if_below(self) {
        let said = self.stretch.with_untracked(|stretch| {
            stretch.earlier > 0 || stretch.items.iter().any(|item| item.is_message())
        });
        let below = screen::rect(BEHIND).is_some_and(|rect| rect.top() > screen::height());
        if said && below {
            self.show_end();
        }
    }

    fn show_end(self) {
        let last = self.end_entry(false).and_then(screen::entry);
        if let Some((last, end)) = last.zip(screen::rect(BEHIND)) {
            screen::show_end(&last, end.top());
        }
    }

    fn show_entry(self, id: Option<Uuid>) {
        let Some(element) = id.and_then(screen::entry) else { return };
        screen::show_top(element.get_bounding_client_rect().top());
        screen::focus(&element);
    }

    /// The focus stays where the text is typed.
    fn show_found(self, id: Uuid) {
        let Some(element) = screen::entry(id) else { return };
        let place = self.needle.with_value(|needle| highlight::first(&element, needle));
        let rect = place.map_or_else(|| element.get_bounding_client_rect(), |p| p.get_bounding_client_rect());
        screen::show_top(rect.top());
    }

    /// The first or the last of the loaded entries.
    fn end_entry(self, first: bool) -> Option<Uuid> {
        self.stretch.with_untracked(|stretch| {
            let item = if first { stretch.items.first() } else { stretch.items.last() };
            item.map(|item| item.entry.id)
        })
    }

    /// Has the end on the page as well.
    pub(super) fn put_last(self) {
        let range = self.range_now();
        self.put(range.start..self.stretch.with_untracked(|stretch| stretch.items.len()));
    }
}

fn show_line(focus: bool) {
    let Some(line) = document().get_element_by_id(LINE) else { return };
    screen::show_top(line.get_bounding_client_rect().top());
    if focus {
        screen::focus(&line);
    }
}
