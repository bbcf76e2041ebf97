//! A case on the page: its record and conversation, loaded, kept fresh and remembered.

use contract::{Action, CaseNumber, CaseRecord, CaseSummary, live::LiveEvent};
use leptos::prelude::*;

use super::thread::Thread;
use crate::{
    local::Outbox,
    remote::{Fetched, Remote, cases, live::Live, session::Account},
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
    /// What the reader may do to it now.
    pub actions: Memo<Vec<Action>>,
    /// Its conversation.
    pub thread: Thread,
    remote: Remote,
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
            actions: ui::memo(move || {
                record.value.with(|r| r.as_ref().map(|r| r.actions.clone()).unwrap_or_default())
            }),
            thread: Thread::new(remote, number, Account::here().id(), timeline),
            remote,
        };
        case.ask_record();
        case.thread.start();
        case.follow_reading();
        live.listen(move |event| match event {
            LiveEvent::CaseChanged { number: changed, .. } if *changed != number => {}
            LiveEvent::CaseRead { .. } | LiveEvent::NoticeChanged | LiveEvent::NotificationsChanged => {}
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

    /// Whether the reader may do something now; follows changes.
    pub fn may(self, action: Action) -> bool {
        self.actions.with(|actions| actions.contains(&action))
    }

    /// Loads what is new.
    pub fn refresh(self) {
        self.ask_record();
        self.thread.refresh();
    }

    fn ask_record(self) {
        self.record.ask(Box::pin(cases::record(self.remote, self.number)));
    }

    /// What was read is not said again.
    fn follow_reading(self) {
        ui::watch(move || {
            let read_to = self.record.value.with(|record| record.as_ref().map_or(0, |record| record.read_to));
            self.thread.has_read(read_to);
        });
    }

    fn remember(self) {
        let record = self.record.value.try_get_untracked().flatten();
        let end = self.thread.kept();
        self.remote.cache.try_update_value(|cache| {
            if let Some(record) = record {
                cache.records.put(self.number, record);
            }
            if let Some(end) = end {
                cache.timelines.put(self.number, end);
            }
        });
    }
}
