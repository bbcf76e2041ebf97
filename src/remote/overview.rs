//! How an organisation's cases stand.

use contract::overview::Overview;

use super::{Remote, RemoteError, request::Request};

/// Reads the overview of an organisation that the person administers.
pub async fn read(remote: Remote, organisation: String) -> Result<Overview, RemoteError> {
    Request::get(format!("/overview?organisation={organisation}")).read(remote).await
}
