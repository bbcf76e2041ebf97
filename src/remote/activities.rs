//! What a person has to do with cases.

use contract::activity::ActivityPart;

use super::{Remote, RemoteError, request::Request};

/// All parts, the most pressing first.
pub async fn read(remote: Remote) -> Result<Vec<ActivityPart>, RemoteError> {
    Request::get("/activities".to_owned()).read(remote).await
}
