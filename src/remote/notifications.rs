//! What one was told of.

use contract::{
    Notification, Page, UnreadCount,
    notification::{NotificationChoices, SeenNotifications},
};
use uuid::Uuid;

use super::{Remote, RemoteError, request::Request};

/// A page of them, the newest first.
pub async fn list(remote: Remote, cursor: Option<&str>) -> Result<Page<Notification>, RemoteError> {
    let cursor = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
    Request::get(format!("/notifications{cursor}")).read(remote).await
}

/// How many one has not seen.
pub async fn unread(remote: Remote) -> Result<UnreadCount, RemoteError> {
    Request::get("/notifications/unread".to_owned()).read(remote).await
}

/// Says which one has seen, or that it is all; the mark takes it back.
pub async fn mark(remote: Remote, mark: Uuid, ids: Option<Vec<Uuid>>) -> Result<UnreadCount, RemoteError> {
    Request::put(format!("/notifications/marks/{mark}"), &SeenNotifications { ids }).read(remote).await
}

/// Takes a mark back.
pub async fn unmark(remote: Remote, mark: Uuid) -> Result<UnreadCount, RemoteError> {
    Request::delete(format!("/notifications/marks/{mark}")).read(remote).await
}

/// What one chose to be told of.
pub async fn choices(remote: Remote) -> Result<NotificationChoices, RemoteError> {
    Request::get("/notifications/choices".to_owned()).read(remote).await
}

/// Chooses it.
pub async fn choose(remote: Remote, choices: &NotificationChoices) -> Result<(), RemoteError> {
    Request::put("/notifications/choices".to_owned(), choices)
        .read::<NotificationChoices>(remote)
        .await
        .map(drop)
}
