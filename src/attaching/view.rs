//! The files of a tray, with what can be done about each.

use contract::attachment::{FileKind, FileRefusal};
use leptos::prelude::*;
use ui::{Button, Glyph, Icon, Look, Progress, file_drop::size};

use super::{
    chosen::{Chosen, Stage},
    tray::Tray,
};
use crate::{attaching::kind::kind_mark, local::Delivery};

/// The files, in the order in which they were chosen.
#[component]
pub fn TrayFiles(
    /// The tray.
    tray: Tray,
) -> impl IntoView {
    ui::shown(move || {
        (!tray.is_empty()).then(|| {
            view! {
                <ul class="tray" aria-label=texts::files::to_be_sent()>
                    <For each=move || tray.files.get() key=|chosen| chosen.id let(chosen)>
                        {row(tray, chosen)}
                    </For>
                </ul>
            }
        })
    })
}

fn row(tray: Tray, chosen: Chosen) -> AnyView {
    let stage = chosen.stage.clone();
    let (name, kind) = (chosen.name.clone(), FileKind::from_name(&chosen.name));
    let remove = {
        let chosen = chosen.clone();
        move |_| tray.remove(&chosen)
    };
    let label = {
        let chosen = chosen.clone();
        move || match chosen.is_under_way() {
            true => texts::files::cancel_upload(&name),
            false => texts::ui::remove(&name),
        }
    };
    let trouble = {
        let chosen = chosen.clone();
        move || chosen.is_stuck()
    };
    view! {
        <li class="tray-file" class:tray-stuck=trouble>
            {kind_mark(kind)}
            <div class="tray-what">{ui::dynamic(move || what(tray, &chosen, &stage.get()))}</div>
            <button type="button" class="icon-button" aria-label=label on:click=remove>
                <Glyph icon=Icon::Cross/>
            </button>
        </li>
    }
    .into_any()
}

fn what(tray: Tray, chosen: &Chosen, stage: &Stage) -> AnyView {
    match stage {
        Stage::Refused(refusal) => refused(tray, chosen, *refusal),
        Stage::Zipping => told(chosen, texts::files::zipping()),
        Stage::Queued => told(chosen, texts::files::queued()),
        Stage::Lost => troubled(chosen, texts::files::lost().to_owned(), None),
        Stage::Uploading => uploading(chosen),
        Stage::Failed => {
            let why = match chosen.delivery.get_untracked() {
                Delivery::Refused(error) => {
                    match error.problem().and_then(|problem| problem.errors.first()) {
                        Some(field) => field.message.clone(),
                        None => error.to_string(),
                    }
                }
                _ => String::new(),
            };
            troubled(chosen, why, Some(again(tray, chosen)))
        }
        Stage::Arrived => view! {
            {name(chosen)}
            <span class="quiet">{size(chosen.size)}</span>
            <span class="tray-here">
                <Glyph icon=Icon::Check/>
                <span class="unseen">{texts::files::arrived()}</span>
            </span>
        }
        .into_any(),
    }
}

fn name(chosen: &Chosen) -> AnyView {
    view! { <span class="file-name" dir="auto">{chosen.name.clone()}</span> }.into_any()
}

fn told(chosen: &Chosen, words: &'static str) -> AnyView {
    view! {
        {name(chosen)}
        <span class="quiet">{words}</span>
    }
    .into_any()
}

fn troubled(chosen: &Chosen, why: String, way: Option<AnyView>) -> AnyView {
    view! {
        {name(chosen)}
        <span class="tray-why" role="alert">{why}</span>
        {way}
    }
    .into_any()
}

/// What a case does not take as it is may go along in an archive.
fn refused(tray: Tray, chosen: &Chosen, refusal: FileRefusal) -> AnyView {
    let zippable = matches!(refusal, FileRefusal::Type | FileRefusal::Content | FileRefusal::Size);
    let way = zippable.then(|| {
        let chosen = chosen.clone();
        let press = move |_| tray.zip(&chosen);
        view! { <Button press=press>{texts::files::zip_and_attach()}</Button> }.into_any()
    });
    troubled(chosen, refusal.to_string(), way)
}

fn again(tray: Tray, chosen: &Chosen) -> AnyView {
    let chosen = chosen.clone();
    let press = move |_| tray.retry(&chosen);
    view! { <Button look=Look::Quiet press=press>{texts::files::try_again()}</Button> }.into_any()
}

fn uploading(chosen: &Chosen) -> AnyView {
    let (arrived, delivery, whole) = (chosen.arrived.clone(), chosen.delivery.clone(), chosen.size.max(1));
    let done = Signal::derive(move || u8::try_from(arrived.get() * 100 / whole).ok());
    let words = Signal::derive(move || match delivery.get() {
        Delivery::Waiting => texts::files::goes_on_when_online().to_owned(),
        Delivery::SignedOut => texts::files::goes_on_when_signed_in().to_owned(),
        _ => done.get().map(texts::ui::percent).unwrap_or_default(),
    });
    let id = format!("tray-{}", chosen.id);
    view! { <Progress id=id label=chosen.name.clone() done=done words=words/> }.into_any()
}
