//! Files that go along with what is being written: chosen, dropped or pasted, checked,
//! kept by the browser, and brought to the backend while one goes on writing.

mod choose;
mod chosen;
mod kind;
mod tray;
mod upload;
mod view;
mod zip;

pub use choose::{AttachButton, DropAnywhere, attach_field};
pub use kind::kind_mark;
pub use tray::Tray;
pub use view::TrayFiles;
