//! The files that go along with a case.

use leptos::prelude::*;
use ui::field::labelled;

use super::filing::Filing;
use crate::attaching::{TrayFiles, attach_field};

/// The control's id; what is wrong with the files is told at it.
pub const FILES: &str = "attach";
/// The place in a submission that mistakes about its files name.
pub const POINTER: &str = "/attachments";

/// Lets files be attached. A case whose answers are corrected has a page for that.
#[component]
pub fn FilesField() -> impl IntoView {
    let filing = Filing::here();
    let error = Signal::derive(move || filing.errors.with(|errors| errors.get(POINTER).cloned()));
    let corrects = filing.draft.with_untracked(|draft| draft.corrects.is_some());
    (!corrects).then(|| {
        view! {
            {labelled(
                FILES,
                texts::files::attachments().to_owned(),
                Some(texts::files::attach_to_case_help().to_owned()),
                true,
                error,
                move |tied| attach_field(tied, filing.tray),
            )}
            <TrayFiles tray=filing.tray/>
        }
    })
}

impl Filing {
    /// Says what is wrong with the files, where they are chosen.
    pub fn go_to_files(self, why: &str) {
        self.errors.update(|errors| drop(errors.insert(POINTER.to_owned(), why.to_owned())));
        self.go_to_last();
    }
}
