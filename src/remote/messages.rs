//! Messages.

use contract::{
    CaseNumber, Entry, NewMessage,
    markdown::Block,
    thread::{EditMessage, Revision},
};
use uuid::Uuid;

use super::{Remote, RemoteError, request::Request};

/// Sends a message.
pub async fn send(
    remote: Remote,
    number: CaseNumber,
    message: &NewMessage,
    key: &str,
) -> Result<(), RemoteError> {
    // Begun, it goes on while the page goes.
    let request = Request::post(format!("/cases/{number}/messages"), message).key(key).outlasting();
    // Whoever shows the thread reads on from where it was.
    request.send(remote).await.map(|_| ())
}

/// How a message will look.
pub async fn preview(
    remote: Remote,
    number: CaseNumber,
    message: &NewMessage,
) -> Result<Vec<Block>, RemoteError> {
    Request::post(format!("/cases/{number}/preview"), message).read(remote).await
}

/// Puts a text in the place of the one that a message has after `revision` edits.
pub async fn edit(
    remote: Remote,
    number: CaseNumber,
    id: Uuid,
    revision: i64,
    body: String,
) -> Result<Entry, RemoteError> {
    let edit = EditMessage { body };
    Request::put(format!("/cases/{number}/messages/{id}"), &edit).if_version(revision).read(remote).await
}

/// Every text that a message has had, the oldest first.
pub async fn history(remote: Remote, number: CaseNumber, id: Uuid) -> Result<Vec<Revision>, RemoteError> {
    Request::get(format!("/cases/{number}/messages/{id}/history")).read(remote).await
}
