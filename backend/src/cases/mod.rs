//! Cases: filing, finding, reading, and what happens to them.

mod act;
mod activities;
mod bulk;
mod change;
mod changes;
mod edit;
mod etas;
mod facets;
mod file;
mod filters;
mod find;
mod followed;
mod intake;
mod list;
mod list_export;
mod people;
mod preview;
mod reading;
mod reads;
mod record;
mod routes;
mod search;
mod signals;
mod similar;
mod snippets;
mod survey;
mod timeline;
mod timeline_page;
mod watchers;
mod watching;

pub use act::{Deed, act, next_state};
pub use file::{Filing, escalation, file};
pub use reads::mark as mark_read;
pub use record::{CaseRow, person};
pub use routes::closed_routes;
pub use timeline::all as all_entries;
