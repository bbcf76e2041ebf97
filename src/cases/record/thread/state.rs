//! What is known of the conversation, and where its reader is.

use std::{collections::HashMap, ops::Range, sync::Arc};

use contract::{CaseNumber, Entry, find::Needle, thread::Content};
use leptos::prelude::*;
use ui::Announcements;
use uuid::Uuid;

use crate::remote::{Remote, RemoteError, Stretch, stretch::Item};

/// How high an entry is taken to be before any was measured, in pixels.
pub const HEIGHT: f64 = 96.0;

/// Where to go once entries are here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// Where reading begins: what the address points at, what is new, or the end.
    Opening,
    /// The first entry.
    First,
    /// The last entry, which takes the focus.
    Last,
    /// The end.
    End,
    /// The line before what is new.
    Unread,
    /// An entry, which takes the focus.
    Entry(Uuid),
    /// A message that holds the text searched for.
    Found(Uuid),
    /// Nowhere: the reader is there already.
    Stay,
}

/// The conversation of the open case.
#[derive(Clone, Copy)]
pub struct Thread {
    /// Of which case.
    pub number: CaseNumber,
    /// The entries loaded, without a gap.
    pub stretch: RwSignal<Stretch>,
    /// Whether there was any answer yet.
    pub loaded: RwSignal<bool>,
    /// Why the last request brought nothing.
    pub error: RwSignal<Option<RemoteError>>,
    /// The positions of the first and the last entry on the page.
    pub span: RwSignal<(i64, i64)>,
    /// Whether events are left out.
    pub only_messages: RwSignal<bool>,
    /// The position of the entry before which the line stands.
    pub unread: RwSignal<Option<i64>>,
    /// The entry that the address points at.
    pub target: RwSignal<Option<Uuid>>,
    /// How many messages of others came while the end was off the screen.
    pub arrived: RwSignal<u64>,
    /// Whether the end is on the screen.
    pub at_end: RwSignal<bool>,
    /// Whether all of it is to be on the page, to be printed.
    pub printing: RwSignal<bool>,
    /// Changes when spaces for entries off the page are to be worked out anew.
    pub measured: Trigger,
    pub(super) remote: Remote,
    pub(super) announcements: Announcements,
    pub(super) me: Uuid,
    /// How far the reader has read, as the backend knows.
    pub(super) read_to: StoredValue<i64>,
    /// Whether the backend has said what is unread.
    pub(super) unread_known: StoredValue<bool>,
    /// The newest position heard of, loaded or not.
    pub(super) newest: StoredValue<i64>,
    /// Counts what replaces the stretch: answers to anything earlier no longer count.
    pub(super) turn: StoredValue<u32>,
    /// Whether a page at an edge is on its way.
    pub growing: RwSignal<bool>,
    /// Whether what is new is being loaded, and whether to look again afterwards.
    pub(super) refreshing: StoredValue<(bool, bool)>,
    /// Whether the reader is where they wanted to go first.
    pub(super) settled: StoredValue<bool>,
    /// The text searched for.
    pub(super) needle: StoredValue<Needle>,
    /// Heights of entries by position, as far as they were measured.
    pub(super) heights: StoredValue<HashMap<i64, f64>>,
    /// How high entries are on the average, once some were measured.
    pub(super) average: StoredValue<Option<f64>>,
}

impl Thread {
    /// A conversation as it was left; `None` for one not yet loaded.
    pub fn new(remote: Remote, number: CaseNumber, me: Uuid, kept: Option<Stretch>) -> Self {
        let loaded = RwSignal::new(kept.is_some());
        let stretch = kept.unwrap_or_default();
        let newest = stretch.items.last().map_or(0, |item| item.position());
        Self {
            number,
            stretch: RwSignal::new(stretch),
            loaded,
            error: RwSignal::new(None),
            span: RwSignal::new((0, 0)),
            only_messages: RwSignal::new(false),
            unread: RwSignal::new(None),
            target: RwSignal::new(None),
            arrived: RwSignal::new(0),
            at_end: RwSignal::new(false),
            printing: RwSignal::new(false),
            measured: Trigger::new(),
            remote,
            announcements: Announcements::here(),
            me,
            read_to: StoredValue::new(0),
            unread_known: StoredValue::new(false),
            newest: StoredValue::new(newest),
            turn: StoredValue::new(0),
            growing: RwSignal::new(false),
            refreshing: StoredValue::new((false, false)),
            settled: StoredValue::new(false),
            needle: StoredValue::new(Needle::default()),
            heights: StoredValue::new(HashMap::new()),
            average: StoredValue::new(None),
        }
    }

    /// Which of the loaded entries are on the page.
    pub fn range(self) -> Range<usize> {
        let (from, to) = self.span.get();
        let printing = self.printing.get();
        self.stretch.with(
            |stretch| {
                if printing { 0..stretch.items.len() } else { range_of(stretch, from, to) }
            },
        )
    }

    /// [`Thread::range`], without following it.
    pub(super) fn range_now(self) -> Range<usize> {
        let (from, to) = self.span.get_untracked();
        self.stretch.with_untracked(|stretch| range_of(stretch, from, to))
    }

    /// Puts loaded entries on the page, and no others.
    pub(super) fn put(self, range: Range<usize>) {
        let span = self.stretch.with_untracked(|stretch| {
            let on_page = stretch.items.get(range)?;
            Some((on_page.first()?.position(), on_page.last()?.position()))
        });
        if let Some(span) = span
            && self.span.get_untracked() != span
        {
            self.span.set(span);
        }
    }

    /// How high an entry is, or may be.
    pub(super) fn height(self, position: i64) -> f64 {
        let known = self.heights.with_value(|heights| heights.get(&position).copied());
        known.unwrap_or_else(|| self.average_height())
    }

    /// How high an entry is on the average.
    pub(super) fn average_height(self) -> f64 {
        self.average.get_value().unwrap_or(HEIGHT)
    }

    /// The room that entries take that are not on the page, in pixels: those before, and
    /// those behind.
    pub fn rooms(self) -> (f64, f64) {
        self.measured.track();
        let range = self.range();
        self.stretch.with(|stretch| {
            let sum = |items: &[Item]| -> f64 { items.iter().map(|item| self.height(item.position())).sum() };
            let (before, behind) = (&stretch.items[..range.start], &stretch.items[range.end..]);
            let average = self.average_height();
            #[expect(clippy::cast_precision_loss, reason = "no timeline has two to the 52 entries")]
            let around = |count: usize| count as f64 * average;
            (around(stretch.earlier) + sum(before), sum(behind) + around(stretch.later))
        })
    }

    /// Whether somebody else said it.
    pub(super) fn is_said_to_me(self, entry: &Arc<Entry>) -> bool {
        entry.author.id != self.me && matches!(entry.content, Content::Message { .. })
    }

    /// The position of an entry, if it is loaded.
    pub(super) fn position_of(self, id: Uuid) -> Option<i64> {
        self.stretch.with_untracked(|stretch| {
            stretch.items.iter().find(|item| item.entry.id == id).map(|item| item.position())
        })
    }
}

fn range_of(stretch: &Stretch, from: i64, to: i64) -> Range<usize> {
    let start = stretch.items.partition_point(|item| item.position() < from);
    let end = stretch.items.partition_point(|item| item.position() <= to);
    start..end.max(start)
}
