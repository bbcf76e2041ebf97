//! Writing to a case.

mod look;
mod purpose;
mod send;

use contract::{Action, Status};
use leptos::{ev::KeyboardEvent, prelude::*};
use ui::{Banner, Button, Keys, Look, Tone, editor, field::labelled};

pub use self::{
    look::{people, preview},
    purpose::WRITTEN,
};
use self::{purpose::PurposeChoice, send::Writing};
use crate::attaching::{AttachButton, TrayFiles};

/// The reply box, as far as the person may write at all.
#[component]
pub fn Composer() -> impl IntoView {
    let writing = Writing::begin();
    let may_write = ui::memo(move || !writing.purposes.with(Vec::is_empty));
    ui::dynamic(move || {
        if may_write.get() {
            view! { <Box writing=writing/> }.into_any()
        } else {
            silent(writing.status.get())
        }
    })
}

fn silent(status: Option<Status>) -> AnyView {
    let why = match status {
        Some(Status::Closed) => texts::composer::closed_for_good(),
        _ => texts::composer::only_to_read(),
    };
    view! { <p class="composer-closed quiet">{why}</p> }.into_any()
}

#[component]
fn Box(writing: Writing) -> impl IntoView {
    let Writing { purpose, error, tray, .. } = writing;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        writing.send(purpose.get_untracked());
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            writing.send(purpose.get_untracked());
        }
    };
    view! {
        <form class="composer" on:submit=submit novalidate=true data-purpose=Signal::derive(move || purpose::key(purpose.get()))
            on:keydown=keys>
            <PurposeChoice writing=writing/>
            {ui::dynamic(move || {
                let label = purpose::label(purpose.get()).to_owned();
                labelled("reply", label, None, false, error.into(), move |tied| editor(tied, "5", writing.editor))
            })}
            {ui::shown(move || {
                writing.reopens().then(|| {
                    view! {
                        <Banner tone=Tone::Warning>
                            <p>{texts::composer::reply_reopens()}</p>
                        </Banner>
                    }
                })
            })}
            <TrayFiles tray=tray/>
            {ui::shown(move || writing.waiting.get().map(|_| waiting(writing)))}
            <div class="composer-foot">
                <AttachButton tray=tray/>
                <p class="quiet">
                    {texts::composer::markdown_works()} " " <Keys press="Mod"/> " " <Keys press="Enter"/> " "
                    {texts::composer::keys_send()}
                </p>
                {ui::shown(move || {
                    writing.can_close.get().then(|| {
                        view! {
                            <Button press=move |_| writing.send(Action::ReplyAndClose)>
                                {texts::composer::send_and_close()}
                            </Button>
                        }
                    })
                })}
                <Button look=Look::Primary submits=true pending=Signal::derive(move || writing.waiting.get().is_some())>
                    {ui::dynamic(move || purpose::verb(purpose.get()))}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// What was sent waits for its files; until then it can be called off.
fn waiting(writing: Writing) -> AnyView {
    view! {
        <p class="held" role="status">
            <span class="quiet">{texts::files::sent_when_here()}</span>
            <Button look=Look::Quiet press=move |_| writing.waiting.set(None)>{texts::files::do_not_send()}</Button>
        </p>
    }
    .into_any()
}
