//! Messages.

use contract::{CaseNumber, Entry, NewMessage};

use super::{Remote, RemoteError, request::Request};

/// Sends a message.
pub async fn send(
    remote: Remote,
    number: CaseNumber,
    message: &NewMessage,
    key: &str,
) -> Result<Entry, RemoteError> {
    Request::post(format!("/cases/{number}/messages"), message).key(key).read(remote).await
}
