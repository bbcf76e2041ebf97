//! Accepting an invitation by the link of a mail.

use contract::{
    FieldError, ProblemCode,
    limits::{NAME_MAX, PASSWORD_MIN},
    member::{InvitedTo, Join},
    people::Credentials,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use ui::{
    Announcements, Banner, Button, Control, Look, Skeleton, Tone,
    field::{labelled, mistake_at},
    input::{Line, line},
};

use crate::{
    remote::{
        Fetched, Remote, RemoteError,
        members::{invitation, join as accept},
        session::{current, sign_in},
    },
    routes::Route,
    shell::{Failure, Page},
};

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Joining {
    remote: Remote,
    token: StoredValue<String>,
    found: Fetched<InvitedTo>,
    /// Whether it is accepted.
    done: RwSignal<bool>,
    /// Whether the link turned out to be used meanwhile.
    spent: RwSignal<bool>,
    name: RwSignal<String>,
    password: RwSignal<String>,
    mistakes: RwSignal<Vec<FieldError>>,
    error: RwSignal<Option<RemoteError>>,
    pending: RwSignal<bool>,
    go: Go,
    voice: Announcements,
}

/// Goes to an address.
type Go = StoredValue<Box<dyn Fn(&str, NavigateOptions) + Send + Sync>>;

const NAME: &str = "joining-name";
const PASSWORD: &str = "joining-password";

/// The page of a link.
pub fn join(token: String) -> AnyView {
    let here = Joining {
        remote: Remote::here(),
        token: StoredValue::new(token),
        found: Fetched::new(None),
        done: RwSignal::new(false),
        spent: RwSignal::new(false),
        name: RwSignal::new(String::new()),
        password: RwSignal::new(String::new()),
        mistakes: RwSignal::new(Vec::new()),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
        go: StoredValue::new(Box::new(use_navigate())),
        voice: Announcements::here(),
    };
    here.ask();
    let title = Signal::derive(move || {
        here.found.value.with(|found| match found {
            Some(found) => texts::people::join(&found.organisation),
            None => texts::people::invitation().to_owned(),
        })
    });
    let shown = move || {
        if here.done.get() {
            return done(here);
        }
        match (here.found.value.get(), here.found.error.get()) {
            _ if here.spent.get() => spent(),
            (Some(found), _) => form(here, &found),
            (None, Some(error)) if error.code() == Some(ProblemCode::NotFound) => spent(),
            (None, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
            (None, None) => view! { <Skeleton lines=3 label=texts::account::loading_link()/> }.into_any(),
        }
    };
    view! {
        <Page title=title class="sign-in">
            <div class="sign-in-card">
                <h1>{title}</h1>
                {ui::dynamic(shown)}
            </div>
        </Page>
    }
    .into_any()
}

fn form(here: Joining, found: &InvitedTo) -> AnyView {
    let InvitedTo { organisation, by, email, account, .. } = found.clone();
    let kept = StoredValue::new(found.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        here.accept(kept.get_value());
    };
    let button = if account { texts::people::accept() } else { texts::people::make_account() };
    view! {
        <p>{texts::people::invites_you(&by, &organisation)}</p>
        <form class="sign-in-form" on:submit=submit novalidate=true>
            {ui::shown(move || {
                here.error.get().map(|failed| {
                    view! { <Banner tone=Tone::Danger live=true>{failed.to_string()}</Banner> }
                })
            })}
            {if account { known(&email) } else { unknown(here, &email) }}
            <Button look=Look::Primary submits=true pending=here.pending>
                {button}
            </Button>
        </form>
    }
    .into_any()
}

/// Whoever has an account goes on using it.
fn known(email: &str) -> AnyView {
    view! { <p class="quiet">{texts::people::with_your_account(email)}</p> }.into_any()
}

/// Whoever has none makes one.
fn unknown(here: Joining, email: &str) -> AnyView {
    let at = |pointer| mistake_at(here.mistakes, pointer);
    let name = move |tied: Control| {
        let kind = Line { autocomplete: "name", ..Line::of("text") };
        let take = move |typed: String| here.name.set(typed.chars().take(NAME_MAX).collect());
        line(tied, kind, here.name.into(), Callback::new(take))
    };
    let secret = move |tied: Control| {
        let kind = Line { kind: "password", mode: "text", autocomplete: "new-password" };
        line(tied, kind, here.password.into(), Callback::new(move |typed| here.password.set(typed)))
    };
    let help = Some(texts::account::password_help(PASSWORD_MIN));
    view! {
        // For programs that keep passwords: whose this one is.
        <input class="unseen" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly=true value=email.to_owned()/>
        <p>
            {texts::account::of_account()} " " <strong dir="auto">{email.to_owned()}</strong>
        </p>
        {labelled(NAME, texts::people::your_name().to_owned(), None, false, at("/name"), name)}
        {labelled(PASSWORD, texts::people::choose_password().to_owned(), help, false, at("/password"), secret)}
    }
    .into_any()
}

fn done(here: Joining) -> AnyView {
    let organisation = here
        .found
        .value
        .with_untracked(|found| found.as_ref().map(|found| found.organisation.clone()).unwrap_or_default());
    view! {
        <Banner tone=Tone::Good live=true>
            <p>{texts::people::joined(&organisation)}</p>
        </Banner>
        <p>
            <a href=Route::Home.to_string()>{texts::session::sign_in()}</a>
        </p>
    }
    .into_any()
}

fn spent() -> AnyView {
    view! {
        <Banner tone=Tone::Warning live=true>
            <p>{texts::people::invitation_spent()}</p>
        </Banner>
        <p>
            <a href=Route::Home.to_string()>{texts::session::sign_in()}</a>
        </p>
    }
    .into_any()
}

impl Joining {
    fn ask(self) {
        let (remote, token) = (self.remote, self.token.get_value());
        self.found.ask(Box::pin(async move { invitation(remote, &token).await }));
    }

    fn accept(self, found: InvitedTo) {
        let typed = Join { name: self.name.get_untracked(), password: self.password.get_untracked() };
        self.error.set(None);
        let checked = typed.validate(found.account);
        self.show(checked.as_ref().err().cloned().unwrap_or_default());
        let Ok(new) = checked else { return };
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = accept(self.remote, &self.token.get_value(), &new).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => self.enter(found, new).await,
                Err(failed) if failed.code() == Some(ProblemCode::NotFound) => self.spent.set(true),
                Err(failed) => match failed.problem() {
                    Some(problem) if problem.code == ProblemCode::InvalidFields => {
                        self.show(problem.errors.clone());
                    }
                    _ => self.error.set(Some(failed)),
                },
            }
        });
    }

    /// Leads home whoever is signed in by now: with a new account, or with the one they had,
    /// which belongs to one more place. Others sign in as before.
    async fn enter(self, found: InvitedTo, new: Join) {
        let inside = self.remote.standing.with_untracked(|standing| standing.session().is_some());
        let credentials = Credentials { email: found.email, password: new.password, code: None };
        let session = match (found.account, inside) {
            (false, _) => sign_in(self.remote, &credentials).await.ok(),
            (true, true) => current(self.remote).await.ok(),
            (true, false) => None,
        };
        let Some(session) = session else {
            self.done.set(true);
            return;
        };
        // The page is gone once somebody is in.
        self.voice.toast(texts::people::joined(&found.organisation));
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        self.go.with_value(|go| go(&Route::Home.to_string(), options));
        self.remote.admit(session);
    }

    /// Shows mistakes, and moves the focus to the first.
    fn show(self, mistakes: Vec<FieldError>) {
        if let Some(first) = mistakes.first() {
            ui::focus(if first.pointer == "/name" { NAME } else { PASSWORD });
        }
        self.mistakes.set(mistakes);
    }
}
