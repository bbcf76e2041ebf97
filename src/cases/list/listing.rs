//! What a list holds, and how it grows and stays fresh.

use std::time::Duration;

use contract::{
    CaseNumber, CaseQuery, CaseSummary, Page, case::CaseCounts, limits::PAGE_MAX, live::LiveEvent,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use ui::Announcements;

use crate::{
    remote::{Fetched, Remote, RemoteError, cases, live::Live},
    routes::cases_url,
};

/// How many rows are asked for at a time.
const PAGE: usize = 40;
/// Whoever has scrolled so far, in pixels, reads on from there.
const SCROLLED: f64 = 120.0;
/// How long what the person changed is shown at once, in milliseconds: the live stream tells
/// of it, too.
const EAGER: f64 = 3000.0;
/// Several changes within this time are one reason to ask again.
const SETTLE: Duration = Duration::from_millis(80);
/// How long rows stand there before their counts are asked for: whoever types on needs none,
/// and the backend is to work on the next rows alone.
const COUNTED_AFTER: Duration = Duration::from_millis(200);

/// Goes to an address.
type Go = StoredValue<Box<dyn Fn(&str, NavigateOptions) + Send + Sync>>;

/// A list of cases.
#[derive(Clone, Copy)]
pub struct Listing {
    /// What it shows.
    pub query: Memo<CaseQuery>,
    /// The rows loaded so far; those of the former query until the new ones are here.
    pub rows: RwSignal<Vec<CaseSummary>>,
    /// Leads to more rows.
    pub next: RwSignal<Option<String>>,
    /// Whether there was any answer yet.
    pub loaded: RwSignal<bool>,
    /// Why the last request brought none.
    pub error: RwSignal<Option<RemoteError>>,
    /// Whether rows for a new query are on their way.
    pub pending: RwSignal<bool>,
    /// Whether more rows are on their way.
    pub growing: RwSignal<bool>,
    /// Newer rows that would have moved what the person was looking at.
    pub held: RwSignal<Option<Held>>,
    /// Whether the person chooses rows, to do something to several cases.
    pub choosing: RwSignal<bool>,
    /// How many cases there are, by status.
    pub counts: Fetched<CaseCounts>,
    /// Whether of other rows only those that one sees first are there yet.
    pub beginning: RwSignal<bool>,
    remote: Remote,
    announcements: Announcements,
    go: Go,
    turn: StoredValue<u32>,
    settling: StoredValue<bool>,
    /// Until when what changes is shown at once: the person has just changed it.
    eager_until: StoredValue<f64>,
}

/// Rows that wait to be shown.
#[derive(Clone)]
pub struct Held {
    page: Page<CaseSummary>,
    /// How many cases it changes.
    pub changed: usize,
}

impl Listing {
    /// A list that follows its query and the live stream.
    pub fn start(remote: Remote, live: Live, query: Memo<CaseQuery>) -> Self {
        let listing = Self {
            query,
            rows: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            loaded: RwSignal::new(false),
            error: RwSignal::new(None),
            pending: RwSignal::new(false),
            growing: RwSignal::new(false),
            held: RwSignal::new(None),
            choosing: RwSignal::new(false),
            counts: Fetched::new(remote.cache.with_value(|cache| cache.counts.clone())),
            beginning: RwSignal::new(false),
            remote,
            announcements: Announcements::here(),
            go: StoredValue::new(Box::new(use_navigate())),
            turn: StoredValue::new(0),
            settling: StoredValue::new(false),
            eager_until: StoredValue::new(0.0),
        };
        ui::watch(move || {
            query.track();
            listing.show();
        });
        live.listen(move |event| listing.freshen(event));
        listing
    }

    /// Shows another query; with `replace` in place of this one in the browser's history.
    pub fn go(self, query: &CaseQuery, replace: bool) {
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        self.go.with_value(|go| go(&cases_url(query), options));
    }

    /// Loads the query from the beginning.
    pub fn show(self) {
        let query = self.query.get_untracked();
        if let Some(page) = self.remote.cache.try_update_value(|cache| cache.lists.get(&query)).flatten() {
            self.put(page);
        }
        self.error.set(None);
        self.pending.set(true);
        if !self.loaded.get_untracked() {
            self.ask_counts();
        }
        self.fetch(query, None);
    }

    /// Loads more rows.
    pub fn grow(self) {
        if self.growing.get_untracked() || self.pending.get_untracked() {
            return;
        }
        let Some(cursor) = self.next.get_untracked() else { return };
        self.growing.set(true);
        let turn = self.turn.get_value();
        let query = self.query.get_untracked();
        spawn_local(async move {
            let answer = cases::list(self.remote, &query, Some(&cursor), PAGE).await;
            self.growing.try_set(false);
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(page) => {
                    let known = self.rows.get_untracked();
                    let fresh =
                        page.items.into_iter().filter(|row| known.iter().all(|k| k.number != row.number));
                    let items = known.iter().cloned().chain(fresh).collect();
                    self.put_and_keep(query, Page { items, next: page.next });
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Shows at once what the person has just changed.
    pub fn show_own(self) {
        self.eager_until.set_value(js_sys::Date::now() + EAGER);
        self.fetch(self.query.get_untracked(), None);
    }

    fn freshen(self, event: &LiveEvent) {
        let changed = match event {
            LiveEvent::CaseChanged { number, .. } => Some(*number),
            LiveEvent::NoticeChanged | LiveEvent::NotificationsChanged => return,
            LiveEvent::CaseRead { .. } | LiveEvent::Hello | LiveEvent::Reload => None,
        };
        if self.settling.try_get_value() != Some(false) {
            return;
        }
        self.settling.set_value(true);
        set_timeout(
            move || {
                if self.settling.try_set_value(false).is_none() {
                    self.fetch(self.query.get_untracked(), changed);
                }
            },
            SETTLE,
        );
    }

    fn ask_counts(self) {
        let (remote, query) = (self.remote, self.query.get_untracked());
        self.counts.ask(Box::pin(async move {
            let counts = cases::counts(remote, &query).await?;
            remote.cache.try_update_value(|cache| cache.counts = Some(counts.clone()));
            Ok(counts)
        }));
    }

    fn ask_counts_soon(self, turn: u32) {
        let ask = move || {
            if self.turn.try_get_value() == Some(turn) {
                self.ask_counts();
            }
        };
        set_timeout(ask, COUNTED_AFTER);
    }

    /// Has the rows that one sees first painted before the others are built, where they are
    /// others than before and nobody has gone further down.
    fn begin(self, page: &Page<CaseSummary>) {
        let number = |rows: &[CaseSummary]| rows.first().map(|row| row.number);
        if is_looked_at() || self.rows.with_untracked(|rows| number(rows) == number(&page.items)) {
            return;
        }
        self.beginning.set(true);
        let go_on = move || {
            self.beginning.try_set(false);
        };
        request_animation_frame(move || set_timeout(go_on, Duration::ZERO));
    }

    /// Loads as many rows as are shown, so that a refreshed list keeps its length, and then
    /// the counts: rows are what somebody waits for.
    fn fetch(self, query: CaseQuery, changed: Option<CaseNumber>) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        let counted = !self.loaded.get_untracked();
        let refreshing = !self.pending.get_untracked() && !counted;
        let wanted = if refreshing { self.rows.with_untracked(Vec::len).max(PAGE) } else { PAGE };
        spawn_local(async move {
            let answer = load(self.remote, &query, wanted).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.pending.set(false);
            if !counted {
                self.ask_counts_soon(turn);
            }
            match answer {
                Ok(page) => {
                    if let Some(row) = page.items.iter().find(|row| Some(row.number) == changed) {
                        self.announcements.say(texts::cases::updated_to(row.number, row.status.label()));
                    }
                    match refreshing.then(|| self.to_be_held(&page)).flatten() {
                        Some(changed) => self.held.set(Some(Held { page, changed })),
                        None => {
                            if !refreshing {
                                self.begin(&page);
                            }
                            self.put_and_keep(query, page);
                        }
                    }
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// How many cases newer rows change, if showing them would move what the person points
    /// at, has the focus on, or has scrolled to.
    fn to_be_held(self, page: &Page<CaseSummary>) -> Option<usize> {
        self.rows.with_untracked(|rows| {
            let stay = rows.iter().map(|row| row.number).eq(page.items.iter().map(|row| row.number));
            let changed = page.items.iter().filter(|row| !rows.contains(row)).count();
            let eager = js_sys::Date::now() < self.eager_until.get_value();
            (!stay && !eager && is_looked_at()).then_some(changed.max(1))
        })
    }

    /// Shows the newer rows.
    pub fn show_held(self) {
        if let Some(held) = self.held.try_update(Option::take).flatten() {
            self.put_and_keep(self.query.get_untracked(), held.page);
        }
    }

    fn put_and_keep(self, query: CaseQuery, page: Page<CaseSummary>) {
        self.remote.cache.try_update_value(|cache| cache.lists.put(query, page.clone()));
        self.put(page);
    }

    fn put(self, page: Page<CaseSummary>) {
        self.error.set(None);
        self.held.set(None);
        self.next.set(page.next);
        if self.rows.with_untracked(|rows| *rows != page.items) {
            self.rows.set(page.items);
        }
        self.loaded.set(true);
    }
}

/// Whether the person is among the rows.
fn is_looked_at() -> bool {
    let among = document().query_selector(".windowed:hover, .windowed:focus-within");
    among.is_ok_and(|among| among.is_some()) || window().scroll_y().is_ok_and(|y| y > SCROLLED)
}

async fn load(remote: Remote, query: &CaseQuery, wanted: usize) -> Result<Page<CaseSummary>, RemoteError> {
    let mut page = Page { items: Vec::new(), next: None };
    loop {
        let limit = (wanted - page.items.len()).min(PAGE_MAX as usize);
        let more = cases::list(remote, query, page.next.as_deref(), limit).await?;
        let ended = more.items.is_empty();
        page.items.extend(more.items);
        page.next = more.next;
        if page.next.is_none() || ended || page.items.len() >= wanted {
            return Ok(page);
        }
    }
}
