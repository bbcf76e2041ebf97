//! Cases: filing, finding, reading, and what happens to them.

mod act;
mod edit;
mod file;
mod followed;
mod intake;
mod list;
mod people;
mod preview;
mod record;
mod routes;
mod search;
mod similar;
mod timeline;
mod watchers;

pub use act::{Deed, act, next_status};
pub use file::{Filing, file};
pub use record::CaseRow;
pub use routes::closed_routes;
