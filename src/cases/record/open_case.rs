//! A case on the page: its record and timeline, loaded, kept fresh and remembered.

use contract::{CaseNumber, CaseRecord, CaseSummary, Entry, live::LiveEvent, thread::Content};
use leptos::{prelude::*, task::spawn_local};
use ui::Announcements;

use crate::{
    local::Outbox,
    remote::{Fetched, Remote, RemoteError, cache::Timeline, cases, live::Live, session::Account},
};

/// A case on the page.
#[derive(Clone, Copy)]
pub struct OpenCase {
    /// Which case.
    pub number: CaseNumber,
    /// What lists know of it, to show at once.
    pub summary: Memo<Option<CaseSummary>>,
    /// The case.
    pub record: Fetched<CaseRecord>,
    /// Its timeline.
    pub timeline: RwSignal<Timeline>,
    /// Whether the whole timeline is here.
    pub complete: RwSignal<bool>,
    /// Why more of the timeline is not.
    pub timeline_error: RwSignal<Option<RemoteError>>,
    remote: Remote,
    announcements: Announcements,
    me: StoredValue<uuid::Uuid>,
    /// Whether the timeline is being loaded, and whether to look again afterwards.
    loading: StoredValue<(bool, bool)>,
}

impl OpenCase {
    /// Opens a case.
    pub fn open(remote: Remote, live: Live, outbox: Outbox, number: CaseNumber) -> Self {
        let (summary, record, timeline) = remote
            .cache
            .try_update_value(|cache| {
                (cache.summary(number), cache.records.get(&number), cache.timelines.get(&number))
            })
            .unwrap_or_default();
        let record = Fetched::new(record);
        let case = Self {
            number,
            summary: ui::memo(move || {
                record
                    .value
                    .with(|r| r.as_ref().map(|r: &CaseRecord| r.summary.clone()))
                    .or_else(|| summary.clone())
            }),
            record,
            complete: RwSignal::new(timeline.is_some()),
            timeline: RwSignal::new(timeline.unwrap_or_default()),
            timeline_error: RwSignal::new(None),
            remote,
            announcements: Announcements::here(),
            me: StoredValue::new(Account::here().id()),
            loading: StoredValue::new((false, false)),
        };
        case.refresh();
        live.listen(move |event| match event {
            LiveEvent::CaseChanged { number: changed, .. } if *changed != number => {}
            _ => case.refresh(),
        });
        outbox.listen(move |answered| {
            if *answered == number {
                case.refresh();
            }
        });
        on_cleanup(move || case.remember());
        case
    }

    /// Loads what is new.
    pub fn refresh(self) {
        let (remote, number) = (self.remote, self.number);
        self.record.ask(Box::pin(cases::record(remote, number)));
        self.load_timeline();
    }

    fn load_timeline(self) {
        let (running, _) = self.loading.get_value();
        self.loading.set_value((true, running));
        if running {
            return;
        }
        spawn_local(async move {
            loop {
                let answer = self.load_pages().await;
                let Some((_, again)) = self.loading.try_get_value() else { return };
                self.loading.set_value((again, false));
                self.timeline_error.set(answer.err());
                if !again {
                    return;
                }
            }
        });
    }

    /// Reads from the last page known to the end.
    async fn load_pages(self) -> Result<(), RemoteError> {
        let mut cursor = self.timeline.try_with_untracked(|t| t.last_page.clone()).flatten();
        loop {
            let page = cases::timeline(self.remote, self.number, cursor.as_deref()).await?;
            if self.loading.try_get_value().is_none() {
                return Ok(());
            }
            self.merge(page.items);
            match page.next {
                Some(next) => {
                    self.timeline.update_untracked(|timeline| timeline.last_page = Some(next.clone()));
                    cursor = Some(next);
                }
                None => {
                    self.complete.set(true);
                    return Ok(());
                }
            }
        }
    }

    /// Puts an entry in the place of what it was before.
    pub fn replace(self, entry: Entry) {
        let known = |t: &Timeline| t.entries.iter().position(|known| known.id == entry.id);
        if let Some(at) = self.timeline.with_untracked(known) {
            self.timeline.update(|timeline| timeline.entries[at] = entry);
        }
    }

    fn merge(self, entries: Vec<Entry>) {
        let changed = |entry: &&Entry| {
            let known = |known: &Entry| known.id == entry.id && known != *entry;
            self.timeline.with_untracked(|t| t.entries.iter().any(known))
        };
        entries.iter().filter(changed).for_each(|entry| self.replace(entry.clone()));
        let (newest, has_any) = self
            .timeline
            .with_untracked(|t| (t.entries.last().map_or(0, |e| e.position), !t.entries.is_empty()));
        let fresh: Vec<_> = entries.into_iter().filter(|entry| entry.position > newest).collect();
        if fresh.is_empty() {
            return;
        }
        if has_any && self.complete.get_untracked() {
            self.announce(&fresh);
        }
        self.timeline.update(|timeline| timeline.entries.extend(fresh));
    }

    fn announce(self, fresh: &[Entry]) {
        let me = self.me.get_value();
        let said = fresh
            .iter()
            .rfind(|entry| entry.author.id != me && matches!(entry.content, Content::Message { .. }));
        if let Some(entry) = said {
            self.announcements.say(texts::record::new_message_from(&entry.author.name));
        }
    }

    fn remember(self) {
        let record = self.record.value.try_get_untracked().flatten();
        let timeline = self.timeline.try_get_untracked();
        let complete = self.complete.try_get_untracked() == Some(true);
        self.remote.cache.try_update_value(|cache| {
            if let Some(record) = record {
                cache.records.put(self.number, record);
            }
            if let Some(timeline) = timeline.filter(|_| complete) {
                cache.timelines.put(self.number, timeline);
            }
        });
    }
}
