//! What is kept of oneself: taking it away, and having it forgotten.

use contract::{ProblemCode, second_factor::ConfirmPassword};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use ui::{
    Announcements, Banner, Button, Control, Dialog, Look, Tone,
    field::labelled,
    input::{Line, line},
};

use crate::{
    remote::{Remote, account},
    routes::Route,
};

const PASSWORD: &str = "deletion-password";

/// Goes to an address.
type Go = StoredValue<Box<dyn Fn(&str, NavigateOptions) + Send + Sync>>;

/// What the section's parts share.
#[derive(Clone, Copy)]
struct Deleting {
    remote: Remote,
    voice: Announcements,
    go: Go,
    open: RwSignal<bool>,
    password: RwSignal<String>,
    mistake: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
}

/// The section.
pub fn section() -> AnyView {
    let here = Deleting {
        remote: Remote::here(),
        voice: Announcements::here(),
        go: StoredValue::new(Box::new(use_navigate())),
        open: RwSignal::new(false),
        password: RwSignal::new(String::new()),
        mistake: RwSignal::new(None),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
    };
    view! {
        <section class="account-part" aria-labelledby="account-data">
            <h2 id="account-data">{texts::account::your_data()}</h2>
            <p class="quiet">{texts::account::data_explained()}</p>
            <div class="account-data">
                <a class=Look::Plain.class() href="/api/v1/account/data" download="" rel="external">
                    {texts::account::download_data()}
                </a>
                <Button press=move |_| here.begin()>{texts::account::delete_account()}</Button>
            </div>
            <Dialog open=here.open id="delete-account" title=texts::account::delete_account().to_owned()>
                {form(here)}
            </Dialog>
        </section>
    }
    .into_any()
}

fn form(here: Deleting) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        here.delete();
    };
    let secret = move |tied: Control| {
        let kind = Line { kind: "password", mode: "text", autocomplete: "current-password" };
        line(tied, kind, here.password.into(), Callback::new(move |typed| here.password.set(typed)))
    };
    let label = texts::account::current_password().to_owned();
    view! {
        <form class="preferences" on:submit=submit novalidate=true>
            {ui::shown(move || {
                here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            <p>{texts::account::delete_explained()}</p>
            {labelled(PASSWORD, label, None, false, here.mistake.into(), secret)}
            <div class="dialog-buttons">
                <Button press=move |_| here.open.set(false)>{texts::record::cancel()}</Button>
                <Button look=Look::Danger submits=true pending=here.pending>
                    {texts::account::delete_account()}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

impl Deleting {
    fn begin(self) {
        self.password.set(String::new());
        self.mistake.set(None);
        self.error.set(None);
        self.open.set(true);
    }

    fn delete(self) {
        let proof = ConfirmPassword { password: self.password.get_untracked() };
        self.error.set(None);
        self.show(proof.validate().err().and_then(|mistakes| Some(mistakes.first()?.message.clone())));
        if self.mistake.with_untracked(Option::is_some) || self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = account::delete(self.remote, &proof).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.voice.toast(texts::account::deleted());
                    self.remote.forget();
                    self.go.with_value(|go| go(&Route::Home.to_string(), NavigateOptions::default()));
                }
                Err(error) => match error.problem() {
                    Some(problem) if problem.code == ProblemCode::InvalidFields => {
                        self.show(problem.error_at("/password").map(|mistake| mistake.message.clone()));
                    }
                    _ => self.error.set(Some(error.to_string())),
                },
            }
        });
    }

    /// Shows the mistake, and moves the focus there.
    fn show(self, mistake: Option<String>) {
        if mistake.is_some() {
            ui::focus(PASSWORD);
        }
        self.mistake.set(mistake);
    }
}
