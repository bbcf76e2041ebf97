//! Cases: filing, finding, reading, and what happens to them.

mod act;
mod file;
mod list;
mod record;
mod routes;
mod search;
mod timeline;

pub use act::{Deed, act, next_status};
pub use file::{Filing, file};
pub use record::CaseRow;
pub use routes::closed_routes;
