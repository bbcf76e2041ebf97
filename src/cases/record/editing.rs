//! Editing a message of one's own, in its place. One at a time; what is written is kept
//! like any draft, so that neither a reload nor a late answer loses it.

use contract::{
    Entry, ProblemCode,
    thread::{Content, EDITABLE_FOR, Purpose, valid_text},
};
use leptos::{ev, prelude::*, task::spawn_local};
use ui::{Announcements, Banner, Button, Editor, Look, Markdown, Tone, editor, field::labelled};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{message_menu::OPENER, open_case::OpenCase, quoting::Quoting};
use crate::{
    cases::composer,
    local::Draft,
    remote::{Remote, RemoteError, messages, session::Account},
};

/// The message being edited; a context of the page.
#[derive(Clone, Copy)]
pub struct Editing {
    entry: RwSignal<Option<Uuid>>,
    /// How often the message had been edited when this began; `None` where whatever it says
    /// now may be replaced.
    revision: RwSignal<Option<i64>>,
    text: RwSignal<String>,
    error: RwSignal<Option<String>>,
    /// Whether it can only be sent as a message of its own.
    late: RwSignal<bool>,
    pending: RwSignal<bool>,
    case: OpenCase,
    remote: Remote,
    announcements: Announcements,
}

impl Editing {
    /// Gives the page one, with what was left unsaved.
    pub fn provide(case: OpenCase) {
        let editing = Self {
            entry: RwSignal::new(None),
            revision: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            error: RwSignal::new(None),
            late: RwSignal::new(false),
            pending: RwSignal::new(false),
            case,
            remote: Remote::here(),
            announcements: Announcements::here(),
        };
        let key = format!("draft/{}/{}/edit", Account::here().id(), case.number);
        // Which message it is, as it was, belongs to what is kept.
        let kept = ui::memo(move || {
            let revision = editing.revision.get().map(|times| times.to_string()).unwrap_or_default();
            let entry = editing.entry.get();
            entry.map(|id| format!("{id} {revision}\n{}", editing.text.get())).unwrap_or_default()
        });
        Draft::keep(key, kept.into(), move |kept| {
            if let Some((message, text)) = kept.split_once('\n')
                && let Some((id, revision)) = message.split_once(' ')
            {
                editing.text.set(text.to_owned());
                editing.revision.set(revision.parse().ok());
                editing.entry.set(id.parse().ok());
            }
        });
        provide_context(editing);
    }

    /// The page's.
    pub fn here() -> Self {
        expect_context()
    }

    /// Begins to edit a message.
    pub fn start(self, entry: &Entry) {
        let Content::Message { source, .. } = &entry.content else { return };
        if self.entry.get_untracked() == Some(entry.id) {
            return;
        }
        self.text.set(source.clone());
        self.revision.set(Some(entry.content.revision()));
        self.stand_by();
        self.entry.set(Some(entry.id));
        focus_in(entry.id, "textarea");
    }

    fn stand_by(self) {
        self.error.set(None);
        self.late.set(false);
    }

    fn stop(self, id: Uuid) {
        self.stand_by();
        self.entry.set(None);
        focus_in(id, &format!(".{OPENER}"));
    }

    fn save(self, entry: &Entry) {
        if self.pending.get_untracked() {
            return;
        }
        let text = match valid_text(&self.text.get_untracked(), "/body") {
            Ok(text) => text,
            Err(mistake) => return self.error.set(Some(mistake.message)),
        };
        let id = entry.id;
        let revision = self.revision.get_untracked().unwrap_or(entry.content.revision());
        self.pending.set(true);
        self.stand_by();
        spawn_local(async move {
            let answer = messages::edit(self.remote, self.case.number, id, revision, text).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(entry) => {
                    self.case.thread.stretch.update(|stretch| stretch.renew(entry));
                    self.stop(id);
                    self.announcements.say(texts::record::message_changed());
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    fn fail(self, error: &RemoteError) {
        let too_late = error.code() == Some(ProblemCode::ActionNotAllowed);
        self.late.set(too_late);
        self.error.set(Some(match error.code() {
            Some(ProblemCode::ActionNotAllowed) => texts::record::edit_too_late(EDITABLE_FOR.num_minutes()),
            Some(ProblemCode::ChangedMeanwhile) => {
                self.revision.set(None);
                self.case.refresh();
                texts::record::edited_meanwhile().to_owned()
            }
            _ => error.to_string(),
        }));
    }
}

/// The focus goes into a message once what it is for is there.
fn focus_in(id: Uuid, selector: &str) {
    let selector = format!("[id='entry-{id}'] {selector}");
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _focused = element.focus();
        }
    });
}

/// A message's text, or the form to edit it.
pub fn editable(entry: Entry) -> AnyView {
    let editing = Editing::here();
    let edited = ui::memo(move || editing.entry.get() == Some(entry.id));
    let Content::Message { body, .. } = entry.content.clone() else { return ().into_any() };
    ui::dynamic(move || match edited.get() {
        true => form(editing, entry.clone()),
        false => view! { <Markdown body=body.clone()/> }.into_any(),
    })
}

fn form(editing: Editing, entry: Entry) -> AnyView {
    let (id, number, me) = (entry.id, editing.case.number, Account::here().id());
    let note = matches!(entry.content, Content::Message { purpose: Purpose::Note, .. });
    let purpose = Signal::stored(if note { contract::Action::AddNote } else { contract::Action::Reply });
    let text = Editor::of(editing.text)
        .previewed(composer::preview(number, purpose))
        .naming(composer::people(number, me, purpose));
    let quoting = Quoting::here();
    let entry = StoredValue::new(entry);
    let save = move || entry.with_value(|entry| editing.save(entry));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            save();
        }
    };
    let as_reply = move |_| {
        quoting.write(editing.text.get_untracked(), note);
        editing.stand_by();
        editing.entry.set(None);
    };
    let mistake = Signal::derive(move || editing.error.get().filter(|_| !editing.late.get()));
    view! {
        <form class="message-edit" on:submit=submit on:keydown=keys novalidate=true>
            {labelled("edit", texts::record::edit_message().to_owned(), None, false, mistake, move |tied| {
                editor(tied, "3", text)
            })}
            {ui::shown(move || {
                editing.late.get().then(|| view! {
                    <Banner tone=Tone::Warning live=true>
                        <p>{editing.error.get()}</p>
                        <Button press=as_reply>{texts::record::write_as_reply()}</Button>
                    </Banner>
                })
            })}
            <div class="dialog-buttons">
                <Button press=move |_| editing.stop(id)>{texts::record::cancel()}</Button>
                <Button look=Look::Primary submits=true pending=editing.pending>{texts::record::save()}</Button>
            </div>
        </form>
    }
    .into_any()
}
