//! The tab of all files, where files can be sent without a word as well.

use contract::Action;
use leptos::prelude::*;
use ui::{Button, Look, field::labelled};

use super::list::AttachmentList;
use crate::{
    attaching::{Tray, TrayFiles, attach_field},
    cases::record::{OnItsWay, OpenCase},
    local::{Outbox, Outgoing},
};

/// The tab.
#[component]
pub fn AttachmentsTab() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let may_send = ui::memo(move || {
        open.record.value.with(|record| record.as_ref().is_some_and(|r| r.actions.contains(&Action::Reply)))
    });
    view! {
        <section class="attachments" aria-labelledby="attachments-title">
            <h2 id="attachments-title" class="unseen">{texts::files::attachments()}</h2>
            {ui::shown(move || may_send.get().then(|| view! { <SendFiles/> }))}
            <OnItsWay number=open.number/>
            <AttachmentList/>
        </section>
    }
    .into_any()
}

#[component]
fn SendFiles() -> impl IntoView {
    let (open, tray, outbox) = (expect_context::<OpenCase>(), expect_context::<Tray>(), Outbox::here());
    let error = RwSignal::new(None::<String>);
    let wanted = RwSignal::new(false);
    let send = move || {
        let version = open.record.value.with_untracked(|record| record.as_ref().map(|r| r.version));
        if let Some(version) = version {
            let outgoing = Outgoing::new(open.number, version, Action::Reply, String::new());
            outbox.send(outgoing.attaching(tray.hand_over()));
        }
    };
    ui::watch(move || {
        if wanted.get() && !tray.is_busy() {
            wanted.set(false);
            match tray.is_stuck() {
                true => error.set(Some(texts::files::stuck().to_owned())),
                false => send(),
            }
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let nothing = tray.files.with_untracked(Vec::is_empty);
        error.set(nothing.then(|| texts::files::choose_first().to_owned()));
        wanted.set(!nothing);
    };
    view! {
        <form class="send-files" on:submit=submit novalidate=true>
            {labelled("attach", texts::files::add().to_owned(), None, false, error.into(), move |tied| {
                attach_field(tied, tray)
            })}
            <TrayFiles tray=tray/>
            {ui::shown(move || {
                (!tray.is_empty()).then(|| view! {
                    <div class="dialog-buttons">
                        <Button look=Look::Primary submits=true pending=wanted>{texts::files::send()}</Button>
                    </div>
                })
            })}
        </form>
    }
    .into_any()
}
