//! Asking for a link by which a forgotten password is replaced.

use contract::account::ResetRequest;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use ui::{
    Banner, Button, Control, Look, Tone,
    field::labelled,
    input::{Line, line},
};

use crate::{
    remote::{Remote, account::ask_for_link},
    routes::Route,
    shell::Page,
};

/// The form, and what is said once it is sent: the same whether or not there is an account.
pub fn forgotten() -> AnyView {
    let remote = Remote::here();
    let (email, pending) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (mistake, error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let asked = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let address = email.get_untracked().trim().to_owned();
        let mistakes = ResetRequest { email: address.clone() }.validate().err().unwrap_or_default();
        mistake.set(mistakes.into_iter().next().map(|mistake| mistake.message));
        error.set(None);
        if mistake.with_untracked(Option::is_some) {
            ui::focus("forgotten-email");
            return;
        }
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = ask_for_link(remote, address.clone()).await;
            pending.try_set(false);
            match answer {
                Ok(()) => drop(asked.try_set(Some(address))),
                Err(failed) => drop(error.try_set(Some(failed.to_string()))),
            }
        });
    };
    let address = move |tied: Control| {
        let kind = Line { autocomplete: "username", ..Line::of("email") };
        line(tied, kind, email.into(), Callback::new(move |typed| email.set(typed)))
    };
    view! {
        <Page title=Signal::stored(texts::account::forgotten().to_owned()) class="sign-in">
            <div class="sign-in-card">
                <h1>{texts::account::forgotten()}</h1>
                <p class="quiet">{texts::account::forgotten_help()}</p>
                <form class="sign-in-form" on:submit=submit novalidate=true>
            {ui::shown(move || {
                error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            {labelled("forgotten-email", texts::session::email().to_owned(), None, false, mistake.into(), address)}
            <Button look=Look::Primary submits=true pending=pending>
                {texts::account::send_link()}
            </Button>
        </form>
                <div role="status">
                    {ui::shown(move || {
                        asked.get().map(|email| {
                            view! { <Banner tone=Tone::Good>{texts::account::link_on_its_way(email)}</Banner> }
                        })
                    })}
                </div>
                <p>
                    <a href=Route::SignIn.to_string()>{texts::account::back_to_sign_in()}</a>
                </p>
            </div>
        </Page>
    }
    .into_any()
}
