//! What all routes share: bodies, problems, tags, keys, headers, and the router.

mod body;
mod etag;
mod headers;
mod idempotency;
pub mod openapi;
mod paging;
mod problem;
mod router;
mod speech;

pub use body::JsonBody;
pub use etag::{IfMatch, etag, none_match};
pub use headers::{PAGE_HEADERS, PAGE_POLICY, security_headers};
pub use idempotency::{Begun, IdempotencyKey, Running, StoredResponse};
pub use paging::page_limit;
pub use problem::ApiError;
pub use router::router;
pub use speech::Speech;
