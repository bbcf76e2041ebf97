//! The text being written, and sending it.

use contract::{Action, CaseNumber, FieldError, Status, thread::valid_text};
use leptos::prelude::*;
use ui::{Announcements, Editor};

use super::{look, purpose::WRITTEN};
use crate::{
    attaching::Tray,
    cases::record::{OpenCase, Quoted, Quoting, has_dialog},
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
    /// The files that go with it.
    pub tray: Tray,
    /// What is to be done as soon as the files are at the backend.
    pub waiting: RwSignal<Option<Action>>,
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
            tray: expect_context(),
            waiting: RwSignal::new(None),
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
        writing.send_when_files_are_here();
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

    /// Hands text and files to the outbox, which holds them for a moment. Without either,
    /// what it holds leaves at once.
    pub fn send(self, action: Action) {
        let files = untrack(|| !self.tray.is_empty());
        if !files && self.text.with_untracked(String::is_empty) && self.outbox.release(self.case.number) {
            return;
        }
        if untrack(|| self.tray.is_stuck()) {
            self.error.set(Some(texts::files::stuck().to_owned()));
            return;
        }
        let version = self.case.record.value.with_untracked(|record| record.as_ref().map(|r| r.version));
        match (checked(action, &self.text.get_untracked(), files), version) {
            (Ok(_), Some(_)) if untrack(|| self.tray.is_busy()) => {
                self.error.set(None);
                self.waiting.set(Some(action));
            }
            (Ok(text), Some(version)) => {
                let outgoing = Outgoing::new(self.case.number, version, action, text);
                self.outbox.send_soon(outgoing.attaching(self.tray.hand_over()));
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

    fn send_when_files_are_here(self) {
        ui::watch(move || {
            let waiting = self.waiting.get();
            if let Some(action) = waiting.filter(|_| !self.tray.is_busy()) {
                self.waiting.set(None);
                untrack(|| self.send(action));
            }
        });
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
            let mine = items
                .into_iter()
                .filter(|item| item.outgoing.number == number && !has_dialog(item.outgoing.action));
            let refused = mine.into_iter().find_map(|item| match item.delivery.get() {
                Delivery::Refused(error) => Some((item, error)),
                _ => None,
            });
            if let Some((item, error)) = refused
                && !(item.outgoing.text.is_empty() && item.outgoing.attachments.is_empty())
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
        if item.outgoing.number != self.case.number || has_dialog(item.outgoing.action) {
            return;
        }
        let later = self.text.get_untracked();
        let empty = later.trim().is_empty();
        // A note must not become a reply because it stands in one box with a reply.
        let stays = !empty && self.purpose.get_untracked() == Action::AddNote;
        if WRITTEN.contains(&item.outgoing.action) && !stays {
            self.purpose.set(item.outgoing.action);
        }
        let Outgoing { text, attachments, .. } = item.outgoing.as_ref();
        self.tray.give_back(attachments);
        self.text.set(match (empty, text.is_empty()) {
            (true, _) => text.clone(),
            (false, true) => later,
            (false, false) => format!("{text}\n\n{later}"),
        });
        self.editor.focus();
    }
}

/// The text as it is sent; files may go without one, unless they close the case.
fn checked(action: Action, text: &str, files: bool) -> Result<String, FieldError> {
    let plain = matches!(action, Action::Reply | Action::AddNote);
    if plain && files && text.trim().is_empty() {
        return Ok(String::new());
    }
    valid_text(text, "/body")
}
