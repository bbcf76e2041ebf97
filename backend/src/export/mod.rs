//! A case to keep elsewhere: an archive with a document to read, the same as JSON, and
//! the files; and tables.

mod archive;
mod document;
mod html;
mod prose;
mod route;
pub mod table;

pub use html::{element, escaped, link, wrapped};
pub use prose::blocks;
pub use route::closed_routes;
