//! Messages.

use contract::{CaseNumber, NewMessage};

use super::{Remote, RemoteError, request::Request};

/// Sends a message.
pub async fn send(
    remote: Remote,
    number: CaseNumber,
    message: &NewMessage,
    key: &str,
) -> Result<(), RemoteError> {
    let request = Request::post(format!("/cases/{number}/messages"), message).key(key);
    // Whoever shows the thread reads on from where it was.
    request.send(remote).await.map(|_| ())
}
