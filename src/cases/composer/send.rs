//! The text being written, and sending it.

use contract::{Action, CaseNumber, Status, thread::valid_text};
use leptos::prelude::*;
use ui::{Announcements, Editor};

use super::{look, purpose::WRITTEN};
use crate::{
    cases::record::{OpenCase, Quoted, Quoting},
    local::{
        Delivery, Draft, Outbox, Outgoing,
        outbox::{HOLD, Item, refusal},
    },
    remote::session::Account,
};

/// A message being written to the open case.
#[derive(Clone, Copy)]
pub struct Writing {
    /// The text.
    pub text: RwSignal<String>,
    /// Where it is written.
    pub editor: Editor,
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
    announcements: Announcements,
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
        let purpose = RwSignal::new(Action::Reply);
        let editor = Editor::of(text)
            .previewed(look::preview(case.number, purpose.into()))
            .naming(look::people(case.number, account.id(), purpose.into()));
        let writing = Self {
            text,
            editor,
            purpose,
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
            announcements: Announcements::here(),
        };
        writing.keep_purpose_allowed();
        writing.take_back_refused();
        outbox.listen_returned(move |item| writing.take_back(item));
        Quoting::here().listen(move |quoted| writing.quote(quoted));
        on_cleanup(move || {
            outbox.release(case.number);
        });
        writing
    }

    /// Whether sending opens the case again.
    pub fn reopens(self) -> bool {
        !self.support && self.status.get() == Some(Status::Closed)
    }

    /// Hands the text to the outbox, which holds it for a moment. Without a text, what it
    /// holds leaves at once.
    pub fn send(self, action: Action) {
        if self.text.with_untracked(String::is_empty) && self.outbox.release(self.case.number) {
            return;
        }
        let version = self.case.record.value.with_untracked(|record| record.as_ref().map(|r| r.version));
        match (valid_text(&self.text.get_untracked(), "/body"), version) {
            (Ok(text), Some(version)) => {
                self.outbox.send_soon(Outgoing::new(self.case.number, version, action, text));
                self.draft.wipe();
                self.text.set(String::new());
                self.error.set(None);
                self.editor.previewing.set(false);
                self.announcements.say(texts::delivery::sending_soon(HOLD.as_secs()));
            }
            (Err(mistake), _) => {
                self.editor.previewing.set(false);
                self.error.set(Some(mistake.message));
            }
            (Ok(_), None) => {}
        }
    }

    /// Puts a quotation into the box. What quotes a note becomes one.
    fn quote(self, quoted: &Quoted) {
        if quoted.note && self.purposes.with_untracked(|purposes| purposes.contains(&Action::AddNote)) {
            self.purpose.set(Action::AddNote);
        }
        self.editor.append(&quoted.words);
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

    /// What was sent stands in the box again, before what was written since.
    fn take_back(self, item: &Item) {
        if item.outgoing.number != self.case.number {
            return;
        }
        let later = self.text.get_untracked();
        let empty = later.trim().is_empty();
        // A note must not become a reply because it stands in one box with a reply.
        let stays = !empty && self.purpose.get_untracked() == Action::AddNote;
        if WRITTEN.contains(&item.outgoing.action) && !stays {
            self.purpose.set(item.outgoing.action);
        }
        let text = &item.outgoing.text;
        self.text.set(if empty { text.clone() } else { format!("{text}\n\n{later}") });
        self.editor.focus();
    }
}
