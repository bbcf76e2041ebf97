//! The text being written, and sending it.

use contract::{Action, CaseNumber, Status, thread::valid_text};
use leptos::prelude::*;

use super::purpose::WRITTEN;
use crate::{
    cases::record::OpenCase,
    local::{
        Delivery, Draft, Outbox, Outgoing,
        outbox::{Item, refusal},
    },
    remote::session::Account,
};

/// A message being written to the open case.
#[derive(Clone, Copy)]
pub struct Writing {
    /// The text.
    pub text: RwSignal<String>,
    /// What it is for.
    pub purpose: RwSignal<Action>,
    /// What is wrong with it.
    pub error: RwSignal<Option<String>>,
    /// What it may be for.
    pub purposes: Memo<Vec<Action>>,
    /// Whether it may close the case as well.
    pub can_close: Memo<bool>,
    /// Where the case stands.
    pub status: Memo<Option<Status>>,
    case: OpenCase,
    outbox: Outbox,
    draft: Draft,
    support: bool,
}

impl Writing {
    /// Begins with what was left unsent.
    pub fn begin() -> Self {
        let (case, outbox, account) = (expect_context::<OpenCase>(), Outbox::here(), Account::here());
        let text = RwSignal::new(String::new());
        let key = format!("draft/{}/{}/reply", account.id(), case.number);
        let actions = move |read: fn(&[Action]) -> Vec<Action>| {
            case.record.value.with(|record| record.as_ref().map(|r| read(&r.actions)).unwrap_or_default())
        };
        let writing = Self {
            text,
            purpose: RwSignal::new(Action::Reply),
            error: RwSignal::new(None),
            purposes: ui::memo(move || {
                actions(|allowed| WRITTEN.into_iter().filter(|action| allowed.contains(action)).collect())
            }),
            can_close: ui::memo(move || {
                !actions(|allowed| {
                    allowed.iter().copied().filter(|action| *action == Action::ReplyAndClose).collect()
                })
                .is_empty()
            }),
            status: ui::memo(move || case.summary.with(|s| s.as_ref().map(|s| s.status))),
            case,
            outbox,
            draft: Draft::keep(key, text.into(), move |kept| text.set(kept)),
            support: account.is_support(),
        };
        writing.keep_purpose_allowed();
        writing.take_back_refused();
        outbox.listen_returned(move |item| writing.take_back(item));
        writing
    }

    /// Whether sending opens the case again.
    pub fn reopens(self) -> bool {
        !self.support && self.status.get() == Some(Status::Closed)
    }

    /// Hands the text to the outbox.
    pub fn send(self, action: Action) {
        let version = self.case.record.value.with_untracked(|record| record.as_ref().map(|r| r.version));
        match (valid_text(&self.text.get_untracked(), "/body"), version) {
            (Ok(text), Some(version)) => {
                self.outbox.send(Outgoing::new(self.case.number, version, action, text));
                self.draft.wipe();
                self.text.set(String::new());
                self.error.set(None);
            }
            (Err(mistake), _) => self.error.set(Some(mistake.message)),
            (Ok(_), None) => {}
        }
    }

    fn keep_purpose_allowed(self) {
        ui::watch(move || {
            let purposes = self.purposes.get();
            if let Some(first) = purposes.first()
                && !purposes.contains(&self.purpose.get_untracked())
            {
                self.purpose.set(*first);
            }
        });
    }

    /// A text that was refused comes back into the empty box, with the reason.
    fn take_back_refused(self) {
        let number: CaseNumber = self.case.number;
        ui::watch(move || {
            let items = self.outbox.items.get();
            let refused = items.into_iter().filter(|item| item.outgoing.number == number).find_map(|item| {
                match item.delivery.get() {
                    Delivery::Refused(error) => Some((item, error)),
                    _ => None,
                }
            });
            if let Some((item, error)) = refused
                && !item.outgoing.text.is_empty()
                && self.text.with_untracked(String::is_empty)
            {
                self.outbox.take_out(&item);
                self.take_back(&item);
                self.error.set(Some(refusal(&error)));
            }
        });
    }

    fn take_back(self, item: &Item) {
        if item.outgoing.number != self.case.number {
            return;
        }
        if WRITTEN.contains(&item.outgoing.action) {
            self.purpose.set(item.outgoing.action);
        }
        self.text.update(|text| {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&item.outgoing.text);
        });
        if let Some(field) = document().get_element_by_id("reply") {
            field.scroll_into_view();
        }
    }
}
