//! Where one is signed in, and signing out there.

use contract::account::SignedIn;
use leptos::{prelude::*, task::spawn_local};
use ui::{Announcements, Banner, Button, Look, Moment, Skeleton, Tone};

use super::agent::described;
use crate::{
    remote::{Fetched, Remote, account},
    shell::Failure,
};

/// What the list's parts share.
#[derive(Clone, Copy)]
struct Listed {
    remote: Remote,
    all: Fetched<Vec<SignedIn>>,
    ending: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    voice: Announcements,
}

/// The list.
pub fn section() -> AnyView {
    let here = Listed {
        remote: Remote::here(),
        all: Fetched::new(None),
        ending: RwSignal::new(false),
        error: RwSignal::new(None),
        voice: Announcements::here(),
    };
    here.ask();
    let list = move || match (here.all.value.get(), here.all.error.get()) {
        (Some(all), _) => shown(here, all),
        (None, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
        (None, None) => view! { <Skeleton lines=3 label=texts::account::loading_sessions()/> }.into_any(),
    };
    view! {
        <section class="account-part" aria-labelledby="account-sessions">
            <h2 id="account-sessions" tabindex="-1">{texts::account::signed_in_at()}</h2>
            {ui::dynamic(list)}
            {ui::shown(move || {
                here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
        </section>
    }
    .into_any()
}

fn shown(here: Listed, all: Vec<SignedIn>) -> AnyView {
    let others = all.len() > 1;
    view! {
        <ul class="account-sessions">{all.into_iter().map(|session| entry(here, session)).collect_view()}</ul>
        {others.then(|| {
            let press = move |_| here.end(None, texts::account::signed_out_elsewhere().to_owned());
            view! {
                <div>
                    <Button pending=here.ending press=press>{texts::account::sign_out_elsewhere()}</Button>
                </div>
            }
        })}
    }
    .into_any()
}

fn entry(here: Listed, session: SignedIn) -> AnyView {
    let SignedIn { id, since, used, agent, this } = session;
    let name = described(agent.as_deref());
    let sign_out = (!this).then(|| {
        let label = texts::account::sign_out_of(&name);
        let said = texts::account::signed_out_of(&name);
        let id = StoredValue::new(id);
        let press = move |_| here.end(Some(id.get_value()), said.clone());
        view! {
            <button
                type="button"
                class=Look::Plain.class()
                class:button-pending=here.ending
                aria-label=label
                on:click=press
            >
                {texts::shell::sign_out()}
            </button>
        }
    });
    view! {
        <li>
            <div>
                <strong dir="auto">{name}</strong>
                {this.then(|| view! { " " <span class="tag">{texts::account::this_browser()}</span> })}
                <p class="quiet">
                    {texts::account::used()} " " <Moment at=used/> " · " {texts::account::since()} " " <Moment at=since/>
                </p>
            </div>
            {sign_out}
        </li>
    }
    .into_any()
}

impl Listed {
    fn ask(self) {
        self.all.ask(Box::pin(account::sessions(self.remote)));
    }

    /// Ends one session, or all others.
    fn end(self, id: Option<String>, said: String) {
        if self.ending.get_untracked() {
            return;
        }
        self.ending.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = account::end_sessions(self.remote, id.as_deref()).await;
            if self.ending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.voice.toast(said);
                    // The button goes with its entry.
                    ui::focus("account-sessions");
                }
                Err(error) => self.error.set(Some(error.to_string())),
            }
            self.ask();
        });
    }
}
