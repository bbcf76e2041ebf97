//! Cases: the list, one case, and writing to it.

mod attachments;
mod composer;
mod list;
mod record;

pub use list::list_page;
pub use record::{OnItsWay, ask_from_afar, case_page, keep_returned};
