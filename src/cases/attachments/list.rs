//! Every file of the case.

use contract::{
    CaseNumber,
    attachment::{AttachedFile, Attachment},
};
use leptos::prelude::*;
use ui::{EmptyState, Icon, Moment, Skeleton, file_drop::size};

use super::inline::{face, opener};
use crate::{
    cases::record::OpenCase,
    remote::{
        Fetched, Remote,
        attachments::{self, download_url},
    },
    shell::Failure,
};

/// The files, the newest first.
#[component]
pub fn AttachmentList() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let (number, remote) = (open.number, Remote::here());
    let files = Fetched::<Vec<Attachment>>::new(None);
    let ask = move || files.ask(Box::pin(attachments::list(remote, number)));
    let version = ui::memo(move || open.record.value.with(|record| record.as_ref().map(|r| r.version)));
    ui::watch(move || {
        if version.get().is_some() {
            ask();
        }
    });
    view! {
        {ui::shown(move || {
            files.error.get().map(|error| view! { <Failure error=error retry=move |()| ask()/> })
        })}
        {ui::dynamic(move || match files.value.get() {
            Some(files) if files.is_empty() => nothing(),
            Some(files) => table(number, files),
            None if files.error.with(Option::is_none) => {
                view! { <Skeleton lines=4 label=texts::files::loading()/> }.into_any()
            }
            None => ().into_any(),
        })}
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState icon=Icon::Inbox title=texts::files::none_yet()>
            <p>{texts::files::none_yet_more()}</p>
        </EmptyState>
    }
    .into_any()
}

fn table(number: CaseNumber, files: Vec<Attachment>) -> AnyView {
    let among: Vec<AttachedFile> = files.iter().map(|attachment| attachment.file.clone()).collect();
    let rows = files.into_iter().map(|attachment| row(number, attachment, &among)).collect_view();
    view! {
        <table class="file-table">
            <caption class="unseen">{texts::files::attachments()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts::files::name()}</th>
                    <th scope="col" class="file-size">{texts::files::size()}</th>
                    <th scope="col">{texts::files::sent_by()}</th>
                    <th scope="col">{texts::files::sent()}</th>
                    <th scope="col"><span class="unseen">{texts::files::download()}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(number: CaseNumber, attachment: Attachment, among: &[AttachedFile]) -> AnyView {
    let Attachment { file, by, at, entry, internal, .. } = attachment;
    let inside =
        view! { {face(number, &file)} <span class="file-name" dir="auto">{file.name.clone()}</span> };
    let label = texts::files::download_file(&file.name);
    view! {
        <tr>
            <th scope="row">
                {opener(number, &file, among, inside.into_any())}
                {internal.then(|| view! { " " <span class="tag">{texts::files::internal()}</span> })}
            </th>
            <td class="file-size">{size(file.size)}</td>
            <td dir="auto">{by.name}</td>
            <td>
                <a href=format!("/cases/{number}#entry-{entry}")>
                    <span class="unseen">{texts::files::where_it_was_sent()} ": "</span>
                    <Moment at=at/>
                </a>
            </td>
            <td>
                <a
                    class="button button-quiet"
                    href=download_url(number, file.id)
                    download=file.name
                    rel="external"
                    aria-label=label
                >
                    {texts::files::download()}
                </a>
            </td>
        </tr>
    }
    .into_any()
}
