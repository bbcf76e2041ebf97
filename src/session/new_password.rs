//! Setting a password by the link of a mail.

use contract::{
    ProblemCode,
    account::{AccountLink, NewPassword},
    limits::PASSWORD_MIN,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use ui::{
    Banner, Button, Control, Look, Skeleton, Tone,
    field::labelled,
    input::{Line, line},
};

use crate::{
    remote::{
        Fetched, Remote, RemoteError,
        account::{link, use_link},
    },
    routes::{FORGOTTEN, Route},
    shell::{Failure, Page},
};

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Setting {
    remote: Remote,
    token: StoredValue<String>,
    found: Fetched<AccountLink>,
    /// Whether the password is set.
    done: RwSignal<bool>,
    /// Whether the link turned out to be used meanwhile.
    spent: RwSignal<bool>,
}

/// The page of a link.
pub fn new_password(token: String) -> AnyView {
    let here = Setting {
        remote: Remote::here(),
        token: StoredValue::new(token),
        found: Fetched::new(None),
        done: RwSignal::new(false),
        spent: RwSignal::new(false),
    };
    here.ask();
    let shown = move || {
        if here.done.get() {
            return done();
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
        <Page title=Signal::stored(texts::account::new_password().to_owned()) class="sign-in">
            <div class="sign-in-card">
                <h1>{texts::account::new_password()}</h1>
                {ui::dynamic(shown)}
            </div>
        </Page>
    }
    .into_any()
}

fn form(here: Setting, found: &AccountLink) -> AnyView {
    let (password, pending) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (mistake, error) = (RwSignal::new(None::<String>), RwSignal::new(None::<RemoteError>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = NewPassword { password: password.get_untracked() };
        let mistakes = new.validate().err().unwrap_or_default();
        mistake.set(mistakes.into_iter().next().map(|mistake| mistake.message));
        error.set(None);
        if mistake.with_untracked(Option::is_some) {
            ui::focus("new-password");
            return;
        }
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = use_link(here.remote, &here.token.get_value(), &new).await;
            pending.try_set(false);
            match answer {
                Ok(()) => drop(here.done.try_set(true)),
                Err(failed) if failed.code() == Some(ProblemCode::NotFound) => drop(here.spent.try_set(true)),
                Err(failed) => drop(error.try_set(Some(failed))),
            }
        });
    };
    let secret = move |tied: Control| {
        let kind = Line { kind: "password", mode: "text", autocomplete: "new-password" };
        line(tied, kind, password.into(), Callback::new(move |typed| password.set(typed)))
    };
    let help = Some(texts::account::password_help(PASSWORD_MIN));
    view! {
        <p>
            {texts::account::of_account()}
            " "
            <strong dir="auto">{found.name.clone()}</strong>
            " "
            <span class="quiet" dir="auto">{found.email.clone()}</span>
        </p>
        <form class="sign-in-form" on:submit=submit novalidate=true>
            {ui::shown(move || {
                error.get().map(|failed| {
                    view! { <Banner tone=Tone::Danger live=true>{failed.to_string()}</Banner> }
                })
            })}
            // For programs that keep passwords: whose this one is.
            <input class="unseen" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly=true value=found.email.clone()/>
            {labelled("new-password", texts::account::new_password().to_owned(), help, false, mistake.into(), secret)}
            <Button look=Look::Primary submits=true pending=pending>
                {texts::account::set_password()}
            </Button>
        </form>
    }
    .into_any()
}

fn done() -> AnyView {
    view! {
        <Banner tone=Tone::Good live=true>
            <p>{texts::account::password_set()}</p>
        </Banner>
        <p>
            <a href=Route::SignIn.to_string()>{texts::session::sign_in()}</a>
        </p>
    }
    .into_any()
}

fn spent() -> AnyView {
    view! {
        <Banner tone=Tone::Warning live=true>
            <p>{texts::account::link_spent()}</p>
        </Banner>
        <p>
            <a href=format!("{}?{FORGOTTEN}", Route::SignIn)>{texts::account::ask_again()}</a>
        </p>
    }
    .into_any()
}

impl Setting {
    fn ask(self) {
        let (remote, token) = (self.remote, self.token.get_value());
        self.found.ask(Box::pin(async move { link(remote, &token).await }));
    }
}
