//! The sign-in form, on its own page and in the dialog of an ended session.

use contract::{ProblemCode, people::Credentials};
use leptos::{html, prelude::*, task::spawn_local};
use ui::{
    Banner, Button, Control, Look, Tone,
    field::labelled,
    input::{Line, line},
};
use wasm_bindgen::JsCast;

use crate::remote::{Remote, RemoteError, session::sign_in};

const CODE: &str = "sign-in-code";

/// The state of an attempt to sign in; shared with the demo accounts.
#[derive(Clone, Copy)]
pub struct Attempt {
    remote: Remote,
    /// Whether it is under way.
    pub pending: RwSignal<bool>,
    /// What is wrong with the address.
    email_error: RwSignal<Option<String>>,
    /// What is wrong with the password.
    password_error: RwSignal<Option<String>>,
    /// What is wrong with the code of the second factor.
    code_error: RwSignal<Option<String>>,
    /// Whether a code is asked for, as the account has a second factor.
    takes_code: RwSignal<bool>,
    /// What is wrong with the whole.
    error: RwSignal<Option<String>>,
}

impl Attempt {
    /// Not yet tried.
    pub fn new(remote: Remote) -> Self {
        Self {
            remote,
            pending: RwSignal::new(false),
            email_error: RwSignal::new(None),
            password_error: RwSignal::new(None),
            code_error: RwSignal::new(None),
            takes_code: RwSignal::new(false),
            error: RwSignal::new(None),
        }
    }

    /// Signs in; the pages follow by themselves.
    pub fn start(self, credentials: Credentials) {
        let errors = credentials.validate();
        let at = |pointer: &str| errors.iter().find(|e| e.pointer == pointer).map(|e| e.message.clone());
        self.email_error.set(at("/email"));
        self.password_error.set(at("/password"));
        self.code_error.set(None);
        self.error.set(None);
        if !errors.is_empty() || self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = sign_in(self.remote, &credentials).await;
            // The page may be gone: another tab can have signed in.
            self.pending.try_set(false);
            match answer {
                Ok(session) => self.remote.admit(session),
                Err(error) => self.fail(&error),
            }
        });
    }

    fn fail(self, error: &RemoteError) {
        match error.code() {
            Some(ProblemCode::WrongCredentials) => {
                self.password_error.try_set(Some(error.to_string()));
            }
            Some(ProblemCode::CodeRequired) => {
                self.takes_code.try_set(true);
                // Once it is there.
                request_animation_frame(|| ui::focus(CODE));
            }
            Some(ProblemCode::InvalidFields) if self.takes_code.try_get_untracked() == Some(true) => {
                let mistake = error.problem().and_then(|problem| problem.error_at("/code"));
                self.code_error.try_set(mistake.map(|mistake| mistake.message.clone()));
                ui::focus(CODE);
            }
            Some(ProblemCode::TooManyRequests) => {
                self.error.try_set(Some(wait_message(error.retry_after())));
            }
            _ => {
                self.error.try_set(Some(error.to_string()));
            }
        }
    }
}

fn wait_message(seconds: Option<u32>) -> String {
    match seconds {
        None => texts::session::try_later().to_owned(),
        Some(seconds @ 0..=90) => texts::session::try_in_seconds(seconds.max(1).into()),
        Some(seconds) => texts::session::try_in_minutes(seconds.div_ceil(60).into()),
    }
}

/// What is asked for behind the password of an account with a second factor.
fn code_field(attempt: Attempt, code: RwSignal<String>) -> AnyView {
    let (label, help) = (texts::second_factor::code(), texts::second_factor::code_help());
    labelled(CODE, label.to_owned(), Some(help.to_owned()), false, attempt.code_error.into(), move |tied| {
        let kind = Line { kind: "text", mode: "text", autocomplete: "one-time-code" };
        line(tied, kind, code.into(), Callback::new(move |typed| code.set(typed)))
    })
}

/// E-mail, password and the button.
#[component]
pub fn SignInForm(
    /// The attempt it makes.
    attempt: Attempt,
    /// The address to begin with.
    #[prop(optional, into)]
    email: String,
) -> impl IntoView {
    let known = !email.is_empty();
    let email = RwSignal::new(email);
    let password = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let form = NodeRef::<html::Form>::new();
    ui::watch(move || {
        let first = if known { "input[type=password]" } else { "input" };
        let input = form.get().and_then(|form| form.query_selector(first).ok().flatten());
        if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _focused = input.focus();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = Some(code.get_untracked()).filter(|code| !code.trim().is_empty());
        let (email, password) = (email.get_untracked(), password.get_untracked());
        attempt.start(Credentials { email, password, code: typed });
    };
    let address = move |tied: Control| {
        let kind = Line { autocomplete: "username", ..Line::of("email") };
        line(tied, kind, email.into(), Callback::new(move |typed| email.set(typed)))
    };
    let secret = move |tied: Control| {
        let kind = Line { kind: "password", mode: "text", autocomplete: "current-password" };
        line(tied, kind, password.into(), Callback::new(move |typed| password.set(typed)))
    };
    view! {
        <form class="sign-in-form" node_ref=form on:submit=submit novalidate=true>
            {ui::shown(move || {
                attempt.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            {labelled("sign-in-email", texts::session::email().to_owned(), None, false, attempt.email_error.into(), address)}
            {labelled("sign-in-password", texts::session::password().to_owned(), None, false, attempt.password_error.into(), secret)}
            {ui::shown(move || attempt.takes_code.get().then(|| code_field(attempt, code)))}
            <Button look=Look::Primary submits=true pending=attempt.pending>
                {texts::session::sign_in()}
            </Button>
        </form>
    }
    .into_any()
}
