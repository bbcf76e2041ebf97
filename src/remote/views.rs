//! Lists kept under a name.

use contract::saved_view::{NewView, SavedView};
use uuid::Uuid;

use super::{Remote, RemoteError, request::Request};

/// One's own views, and those shared with one.
pub async fn list(remote: Remote) -> Result<Vec<SavedView>, RemoteError> {
    Request::get("/views".to_owned()).read(remote).await
}

/// Keeps a view; what had its name is replaced.
pub async fn save(remote: Remote, view: &NewView) -> Result<SavedView, RemoteError> {
    Request::put("/views", view).read(remote).await
}

/// Takes a view away.
pub async fn take_away(remote: Remote, id: Uuid) -> Result<(), RemoteError> {
    Request::delete(format!("/views/{id}")).send(remote).await.map(|_| ())
}
