//! One's own account: its password, and where one is signed in.

use contract::{
    account::{AccountLink, NewPassword, PasswordChange, ResetRequest, SignedIn},
    partnership::{AskPartnership, AskedPartnership},
};
use uuid::Uuid;

use super::{Remote, RemoteError, request::Request};

/// Asks for a link by which a forgotten password is replaced.
pub async fn ask_for_link(remote: Remote, email: String) -> Result<(), RemoteError> {
    Request::post("/account/links", &ResetRequest { email }).send(remote).await.map(drop)
}

/// Whose password a link sets.
pub async fn link(remote: Remote, token: &str) -> Result<AccountLink, RemoteError> {
    Request::get(format!("/account/links/{token}")).read(remote).await
}

/// Sets it.
pub async fn use_link(remote: Remote, token: &str, new: &NewPassword) -> Result<(), RemoteError> {
    Request::post(format!("/account/links/{token}"), new).send(remote).await.map(drop)
}

/// Changes one's password.
pub async fn change_password(remote: Remote, change: &PasswordChange) -> Result<(), RemoteError> {
    Request::put("/account/password", change).send(remote).await.map(drop)
}

/// Whom one asked to work for.
pub async fn asked_partnerships(remote: Remote) -> Result<Vec<AskedPartnership>, RemoteError> {
    Request::get("/account/partnerships").read(remote).await
}

/// Asks to work for an organisation; all that one asked for.
pub async fn ask_partnership(
    remote: Remote,
    wish: &AskPartnership,
) -> Result<Vec<AskedPartnership>, RemoteError> {
    Request::put("/account/partnerships", wish).read(remote).await
}

/// Takes that back.
pub async fn take_back_partnership(remote: Remote, id: Uuid) -> Result<(), RemoteError> {
    Request::delete(format!("/account/partnerships/{id}")).send(remote).await.map(drop)
}

/// Works for an organisation no longer.
pub async fn leave(remote: Remote, organisation: Uuid) -> Result<(), RemoteError> {
    Request::delete(format!("/account/memberships/{organisation}")).send(remote).await.map(drop)
}

/// Where one is signed in.
pub async fn sessions(remote: Remote) -> Result<Vec<SignedIn>, RemoteError> {
    Request::get("/account/sessions").read(remote).await
}

/// Signs out there; everywhere else without a place.
pub async fn end_sessions(remote: Remote, id: Option<&str>) -> Result<(), RemoteError> {
    let place = id.map(|id| format!("/{id}")).unwrap_or_default();
    Request::delete(format!("/account/sessions{place}")).send(remote).await.map(drop)
}
