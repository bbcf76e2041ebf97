//! The files of a case: beside the messages they came with, and all of them in a tab.

mod inline;
mod list;
mod shown;
mod tab;
mod table;
mod viewer;

pub use inline::attached;
pub use tab::AttachmentsTab;
pub use viewer::{Viewer, ViewerDialog};
