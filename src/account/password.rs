//! Changing one's password.

use contract::{FieldError, ProblemCode, account::PasswordChange, limits::PASSWORD_MIN};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use ui::{
    Announcements, Banner, Button, Control, Look, Tone,
    field::{labelled, mistake_at},
    input::{Line, line},
};

use crate::remote::{Remote, RemoteError, account::change_password};

/// What the form's parts share.
#[derive(Clone, Copy)]
struct Changing {
    current: RwSignal<String>,
    new: RwSignal<String>,
    mistakes: RwSignal<Vec<FieldError>>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
    voice: Announcements,
    remote: Remote,
}

/// The form; all other sessions end with the old password.
pub fn section(email: String) -> AnyView {
    let here = Changing {
        current: RwSignal::new(String::new()),
        new: RwSignal::new(String::new()),
        mistakes: RwSignal::new(Vec::new()),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
        voice: Announcements::here(),
        remote: Remote::here(),
    };
    let at = |pointer| mistake_at(here.mistakes, pointer);
    let secret = move |value: RwSignal<String>, autocomplete: &'static str| {
        move |tied: Control| {
            let kind = Line { kind: "password", mode: "text", autocomplete };
            line(tied, kind, value.into(), Callback::new(move |typed| value.set(typed)))
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        here.change();
    };
    let (current, new) = (texts::account::current_password(), texts::account::new_password());
    let help = Some(texts::account::password_help(PASSWORD_MIN));
    view! {
        <section class="account-part" aria-labelledby="account-password">
            <h2 id="account-password">{texts::session::password()}</h2>
            <p class="quiet">{texts::account::change_help()}</p>
            <form class="account-form" on:submit=submit novalidate=true>
                {ui::shown(move || {
                    here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
                })}
                // For programs that keep passwords: whose this one is.
                <input class="unseen" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly=true value=email/>
                {labelled(CURRENT, current.to_owned(), None, false, at("/current"), secret(here.current, "current-password"))}
                {labelled(NEW, new.to_owned(), help, false, at("/password"), secret(here.new, "new-password"))}
                <div>
                    <Button look=Look::Primary submits=true pending=here.pending>
                        {texts::account::change_password()}
                    </Button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

const CURRENT: &str = "current-password";
const NEW: &str = "changed-password";

impl Changing {
    fn change(self) {
        let (current, password) = (self.current.get_untracked(), self.new.get_untracked());
        let change = PasswordChange { current, password };
        self.error.set(None);
        self.show(change.validate().err().unwrap_or_default());
        if self.pending.get_untracked() || self.mistakes.with_untracked(|mistakes| !mistakes.is_empty()) {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = change_password(self.remote, &change).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.current.set(String::new());
                    self.new.set(String::new());
                    self.voice.toast(texts::account::password_changed());
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    fn fail(self, error: &RemoteError) {
        match error.problem() {
            Some(problem) if problem.code == ProblemCode::InvalidFields => self.show(problem.errors.clone()),
            _ => self.error.set(Some(error.to_string())),
        }
    }

    /// Shows mistakes, and moves the focus to the first.
    fn show(self, mistakes: Vec<FieldError>) {
        if let Some(first) = mistakes.first() {
            ui::focus(if first.pointer == "/current" { CURRENT } else { NEW });
        }
        self.mistakes.set(mistakes);
    }
}
