//! A file's kind as a mark: its letters, so that it is told by more than a colour.

use contract::attachment::FileKind;
use leptos::prelude::*;

/// The mark of a kind; of none for what a case does not take.
pub fn kind_mark(kind: Option<FileKind>) -> AnyView {
    let (group, letters) = match kind {
        Some(kind) => (group(kind), kind.key().to_uppercase()),
        None => ("none", "?".to_owned()),
    };
    view! {
        <span class="file-kind" data-kind=group aria-hidden="true" translate="no">
            {letters}
        </span>
    }
    .into_any()
}

const fn group(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Bmp | FileKind::Jpeg | FileKind::Png => "image",
        FileKind::Xls | FileKind::Xlsx | FileKind::Csv => "table",
        FileKind::Zip | FileKind::Tar => "archive",
        FileKind::Pdf => "pdf",
        FileKind::Doc | FileKind::Docx | FileKind::Txt => "text",
    }
}
