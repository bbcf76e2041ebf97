//! The files that came with an entry.

use contract::{
    CaseNumber,
    attachment::{AttachedFile, View},
};
use leptos::prelude::*;
use ui::file_drop::size;

use super::viewer::Viewer;
use crate::{
    attaching::kind_mark,
    remote::attachments::{download_url, view_url},
};

/// The files of one entry; nothing where there are none.
pub fn attached(number: CaseNumber, files: &[AttachedFile]) -> Option<AnyView> {
    if files.is_empty() {
        return None;
    }
    let shown = files.iter().map(|file| view! { <li>{one(number, file, files)}</li> }).collect_view();
    Some(view! { <ul class="attached" aria-label=texts::files::attachments()>{shown}</ul> }.into_any())
}

fn one(number: CaseNumber, file: &AttachedFile, among: &[AttachedFile]) -> AnyView {
    let inside = view! {
        {face(number, file)}
        <span class="file-name" dir="auto">{file.name.clone()}</span>
        <span class="quiet">{size(file.size)}</span>
    };
    opener(number, file, among, inside.into_any())
}

/// What stands before a file's name: its kind, or a small picture that is fetched when
/// it comes near the screen.
pub fn face(number: CaseNumber, file: &AttachedFile) -> AnyView {
    if file.kind.view() != View::Image {
        return kind_mark(Some(file.kind));
    }
    view! { <img class="file-picture" src=view_url(number, file.id) alt="" loading="lazy" decoding="async"/> }
        .into_any()
}

/// What shows a file, or downloads one that cannot be shown.
pub fn opener(number: CaseNumber, file: &AttachedFile, among: &[AttachedFile], inside: AnyView) -> AnyView {
    if file.kind.view() == View::None {
        let label = texts::files::download_file(&file.name);
        return view! {
            <a class="file" href=download_url(number, file.id) download=file.name.clone() rel="external" aria-label=label>
                {inside}
            </a>
        }
        .into_any();
    }
    let (viewer, label) = (Viewer::here(), texts::files::show_file(&file.name));
    let (file, among) = (file.clone(), among.to_vec());
    view! {
        <button type="button" class="file" aria-label=label on:click=move |_| viewer.show(&file, &among)>
            {inside}
        </button>
    }
    .into_any()
}
