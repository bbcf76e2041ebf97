//! What is in a file, as the page can show it. Nothing of a file becomes a part of the
//! page but its text: pictures are drawn by the browser, PDFs by its viewer.

use std::{future::Future, pin::Pin};

use contract::{
    CaseNumber,
    attachment::{ArchiveEntry, ArchiveListing, AttachedFile, View},
};
use leptos::{prelude::*, task::spawn_local};
use ui::{Banner, Skeleton, Tone, file_drop::size};
use web_sys::{Blob, Url};

use super::table::{ROWS, rows};
use crate::{
    remote::{
        Fetched, Remote, RemoteError,
        attachments::{self, view_url},
    },
    shell::Failure,
};

/// How much of a text is shown, in characters.
const TEXT_SHOWN: usize = 200_000;

/// A file's content.
pub fn shown(number: CaseNumber, file: &AttachedFile) -> AnyView {
    let (id, remote) = (file.id, Remote::here());
    match file.kind.view() {
        View::Image => image(number, file),
        View::Text => fetched(move || Box::pin(attachments::text(remote, number, id)), written),
        View::Table => fetched(move || Box::pin(attachments::text(remote, number, id)), table),
        View::Archive => fetched(move || Box::pin(attachments::contents(remote, number, id)), listing),
        View::Pdf => pdf(number, file),
        View::None => cannot_be_shown(),
    }
}

fn cannot_be_shown() -> AnyView {
    view! { <Banner tone=Tone::Warning live=true><p>{texts::files::cannot_be_shown()}</p></Banner> }
        .into_any()
}

type Asking<T> = Pin<Box<dyn Future<Output = Result<T, RemoteError>>>>;

fn fetched<T: Clone + PartialEq + Send + Sync + 'static>(
    ask: impl Fn() -> Asking<T> + Copy + Send + Sync + 'static,
    show: fn(T) -> AnyView,
) -> AnyView {
    let answer = Fetched::<T>::new(None);
    answer.ask(ask());
    ui::dynamic(move || match (answer.value.get(), answer.error.get()) {
        (Some(value), _) => show(value),
        // What cannot be read now cannot be read later.
        (None, Some(error)) if error.problem().is_some_and(|problem| problem.status == 422) => {
            cannot_be_shown()
        }
        (None, Some(error)) => view! { <Failure error=error retry=move |()| answer.ask(ask())/> }.into_any(),
        (None, None) => view! { <Skeleton lines=6 label=texts::files::loading_file()/> }.into_any(),
    })
}

fn image(number: CaseNumber, file: &AttachedFile) -> AnyView {
    let broken = RwSignal::new(false);
    let (address, name) = (view_url(number, file.id), file.name.clone());
    ui::dynamic(move || {
        match broken.get() {
        true => cannot_be_shown(),
        false => view! {
            <img class="viewer-image" src=address.clone() alt=name.clone() on:error=move |_| broken.set(true)/>
        }
        .into_any(),
    }
    })
}

#[expect(clippy::needless_pass_by_value, reason = "one of the functions that show what was fetched")]
fn written(text: String) -> AnyView {
    let cut = text.char_indices().nth(TEXT_SHOWN).map_or(text.len(), |(at, _)| at);
    let part = text.get(..cut).unwrap_or_default().to_owned();
    view! {
        {(cut < text.len()).then(|| view! { <p class="quiet">{texts::files::only_beginning()}</p> })}
        <pre class="viewer-text" tabindex="0" dir="auto">{part}</pre>
    }
    .into_any()
}

#[expect(clippy::needless_pass_by_value, reason = "one of the functions that show what was fetched")]
fn table(text: String) -> AnyView {
    let mut rows = rows(&text);
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let mut rows = rows.into_iter();
    let head = rows.next().unwrap_or_default();
    let head = head.into_iter().map(|cell| view! { <th scope="col" dir="auto">{cell}</th> }).collect_view();
    let line = |cells: Vec<String>| {
        view! { <tr>{cells.into_iter().map(|cell| view! { <td dir="auto">{cell}</td> }).collect_view()}</tr> }
    };
    view! {
        {more.then(|| view! { <p class="quiet">{texts::files::rows_shown(ROWS)}</p> })}
        <div class="viewer-table" tabindex="0" role="group" aria-label=texts::files::contents()>
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows.map(line).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn listing(listing: ArchiveListing) -> AnyView {
    let ArchiveListing { entries, more } = listing;
    if entries.is_empty() {
        return view! { <p class="quiet">{texts::files::nothing_in_it()}</p> }.into_any();
    }
    let entry = |ArchiveEntry { path, size: bytes, folder }: ArchiveEntry| {
        let note = if folder { texts::files::folder().to_owned() } else { size(bytes) };
        view! {
            <li>
                <span class="file-name" dir="auto">{path}</span>
                <span class="quiet">{note}</span>
            </li>
        }
    };
    view! {
        <div class="viewer-archive" tabindex="0" role="group" aria-label=texts::files::contents()>
            <ul>{entries.into_iter().map(entry).collect_view()}</ul>
        </div>
        {more.then(|| view! { <p class="quiet">{texts::files::more_in_it()}</p> })}
    }
    .into_any()
}

/// The browser's own viewer shows it, from an address that only this page has.
fn pdf(number: CaseNumber, file: &AttachedFile) -> AnyView {
    let (id, remote, name) = (file.id, Remote::here(), file.name.clone());
    let address = RwSignal::new(None::<String>);
    let error = RwSignal::new(None::<RemoteError>);
    let ask = move || {
        error.set(None);
        spawn_local(async move {
            match attachments::blob(remote, number, id).await {
                Ok(blob) => keep_address(&blob, address),
                Err(refused) => {
                    error.try_set(Some(refused));
                }
            }
        });
    };
    ask();
    on_cleanup(move || {
        if let Some(address) = address.try_get_untracked().flatten() {
            let _revoked = Url::revoke_object_url(&address);
        }
    });
    ui::dynamic(move || match (address.get(), error.get()) {
        (Some(address), _) => {
            view! { <iframe class="viewer-pdf" src=address title=name.clone()></iframe> }.into_any()
        }
        (None, Some(error)) => view! { <Failure error=error retry=move |()| ask()/> }.into_any(),
        (None, None) => view! { <Skeleton lines=6 label=texts::files::loading_file()/> }.into_any(),
    })
}

fn keep_address(blob: &Blob, address: RwSignal<Option<String>>) {
    if let Ok(made) = Url::create_object_url_with_blob(blob)
        && address.try_set(Some(made.clone())).is_some()
    {
        // The dialog went meanwhile.
        let _revoked = Url::revoke_object_url(&made);
    }
}
