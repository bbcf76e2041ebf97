//! Writing a notice.

use chrono::Utc;
use contract::{
    FieldError, ProblemCode,
    moment::parse,
    notice::{NewNotice, Notice, NoticeTone},
};
use leptos::{prelude::*, task::spawn_local};
use ui::{
    Banner, Button, ChoiceCard, ChoiceKind, Look, Tone, date_time::moment, field::labelled, input::area,
};

use super::Here;
use crate::remote::{RemoteError, notice};

/// What is typed, and what became of it.
#[derive(Clone, Copy)]
struct Writing {
    here: Here,
    /// What stood when it was last looked at; what was posted since is not overwritten unseen.
    version: StoredValue<i64>,
    tone: RwSignal<NoticeTone>,
    text: RwSignal<String>,
    /// As RFC 3339, or empty.
    until: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    failed: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
}

/// The form, which begins with what stands.
pub fn form(here: Here) -> AnyView {
    let stands =
        here.board.value.with_untracked(|board| board.as_ref().and_then(|board| board.notice.clone()));
    let begins = stands.as_ref().and_then(|notice| notice.until).map(|until| until.to_rfc3339());
    let writing = Writing {
        here,
        version: StoredValue::new(here.version()),
        tone: RwSignal::new(stands.as_ref().map_or(NoticeTone::Outage, |notice| notice.tone)),
        text: RwSignal::new(stands.map(|notice| notice.text).unwrap_or_default()),
        until: RwSignal::new(begins.unwrap_or_default()),
        errors: RwSignal::new(Vec::new()),
        failed: RwSignal::new(None),
        pending: RwSignal::new(false),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        writing.post();
    };
    let (text, until) = (writing.text, writing.until);
    view! {
        <form class="notice-form" on:submit=submit novalidate=true>
            {ui::shown(move || {
                let failed = writing.failed.get()?;
                Some(view! { <Banner tone=Tone::Warning live=true><p>{failed}</p></Banner> })
            })}
            <fieldset class="choices">
                <legend>{texts::notice::tone()}</legend>
                {NoticeTone::ALL.map(|tone| choice(writing, tone)).collect_view()}
            </fieldset>
            {labelled(
                "notice-text",
                texts::notice::text().to_owned(),
                Some(texts::notice::shown_to_all().to_owned()),
                false,
                writing.error_at("/text"),
                move |tied| area(tied, "4", text.into(), Callback::new(move |typed| text.set(typed))),
            )}
            {labelled(
                "notice-until",
                texts::notice::ends().to_owned(),
                Some(texts::notice::stays().to_owned()),
                true,
                writing.error_at("/until"),
                move |tied| moment(tied, &until.get_untracked(), Callback::new(move |taken| until.set(taken))),
            )}
            <div class="dialog-buttons">
                <Button press=move |_| here.writing.set(false)>{texts::notice::cancel()}</Button>
                <Button look=Look::Primary submits=true pending=writing.pending>
                    {texts::notice::publish()}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

fn choice(writing: Writing, tone: NoticeTone) -> AnyView {
    view! {
        <ChoiceCard
            kind=ChoiceKind::One
            group="notice-tone".to_owned()
            title=tone.label().to_owned()
            help=None
            chosen=Signal::derive(move || writing.tone.get() == tone)
            choose=move |_| writing.tone.set(tone)
        />
    }
    .into_any()
}

impl Writing {
    fn error_at(self, pointer: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.errors.with(|errors| {
                errors.iter().find(|error| error.pointer == pointer).map(|error| error.message.clone())
            })
        })
    }

    fn post(self) {
        if self.pending.get_untracked() {
            return;
        }
        let notice = NewNotice {
            tone: self.tone.get_untracked(),
            text: self.text.get_untracked(),
            until: parse(&self.until.get_untracked()),
        };
        self.failed.set(None);
        match notice.validate(Utc::now()) {
            Ok(notice) => self.send(notice),
            Err(errors) => self.mark(errors),
        }
    }

    fn mark(self, errors: Vec<FieldError>) {
        let at_text = errors.first().is_none_or(|error| error.pointer == "/text");
        self.errors.set(errors);
        ui::focus(if at_text { "notice-text" } else { "notice-until" });
    }

    fn send(self, notice: NewNotice) {
        self.errors.set(Vec::new());
        self.pending.set(true);
        spawn_local(async move {
            let answer = notice::post(self.here.remote, self.version.get_value(), &notice).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(board) => {
                    self.here.board.value.set(Some(board));
                    self.here.writing.set(false);
                    self.here.announcements.toast(texts::notice::posted());
                }
                Err(error) => self.fail(&error).await,
            }
        });
    }

    /// What was typed stays. Where somebody was first, what they wrote is told, and another
    /// press puts this in its place.
    async fn fail(self, error: &RemoteError) {
        let problem = error.problem();
        if let Some(problem) = problem.filter(|problem| problem.code == ProblemCode::InvalidFields) {
            return self.mark(problem.errors.clone());
        }
        let meanwhile = problem.is_some_and(|problem| problem.code == ProblemCode::ChangedMeanwhile);
        let Some(board) = (if meanwhile { notice::read(self.here.remote).await.ok() } else { None }) else {
            self.failed.try_set(Some(error.to_string()));
            return;
        };
        let text = |notice: &Notice| texts::notice::changed_meanwhile(&notice.text);
        let said =
            board.notice.as_ref().map_or_else(|| texts::notice::taken_back_meanwhile().to_owned(), text);
        self.version.try_set_value(board.version);
        self.here.board.value.try_set(Some(board));
        self.failed.try_set(Some(said));
    }
}
