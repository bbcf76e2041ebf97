//! Files of cases: brought in pieces, kept in an object store, sent with messages, and
//! given back to whoever may see the case.

mod archive;
mod attached;
mod decode;
mod download;
mod files;
mod headers;

mod routes;
mod storage;
mod tidy;
mod tus;
mod uploads;

pub use attached::{attach, claim, count, findable};
pub use files::all;
pub use headers::saved_as;
pub use routes::closed_routes;
pub use storage::{Storage, StorageError};
pub use tidy::tidy;
pub use uploads::{Upload, abandon, keep};
