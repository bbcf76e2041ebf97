//! One's own account: its password, and where one is signed in.

use contract::{
    account::{AccountLink, NewPassword, PasswordChange, ResetRequest, SignedIn},
    partnership::{AskPartnership, AskedPartnership},
    second_factor::{ConfirmPassword, GiveCode, RecoveryCodes, SecondFactor, SecondFactorSetup},
    token::{MadeToken, NewToken, Token},
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

/// Where one stands with the second factor.
pub async fn second_factor(remote: Remote) -> Result<SecondFactor, RemoteError> {
    Request::get("/account/second-factor").read(remote).await
}

/// Begins one, with the present password.
pub async fn begin_second_factor(remote: Remote, password: String) -> Result<SecondFactorSetup, RemoteError> {
    Request::post("/account/second-factor", &ConfirmPassword { password }).read(remote).await
}

/// Confirms it, with a code of the app.
pub async fn confirm_second_factor(remote: Remote, code: String) -> Result<RecoveryCodes, RemoteError> {
    Request::put("/account/second-factor", &GiveCode { code }).read(remote).await
}

/// Makes new recovery codes.
pub async fn renew_recovery_codes(remote: Remote, code: String) -> Result<RecoveryCodes, RemoteError> {
    Request::put("/account/second-factor/recovery-codes", &GiveCode { code }).read(remote).await
}

/// Takes it away.
pub async fn remove_second_factor(remote: Remote, code: String) -> Result<(), RemoteError> {
    Request::post("/account/second-factor/removal", &GiveCode { code }).send(remote).await.map(drop)
}

/// Deletes the account.
pub async fn delete(remote: Remote, proof: &ConfirmPassword) -> Result<(), RemoteError> {
    Request::post("/account/deletion", proof).send(remote).await.map(drop)
}

/// One's tokens for programs.
pub async fn tokens(remote: Remote) -> Result<Vec<Token>, RemoteError> {
    Request::get("/account/tokens").read(remote).await
}

/// Makes one.
pub async fn make_token(remote: Remote, new: &NewToken) -> Result<MadeToken, RemoteError> {
    Request::post("/account/tokens", new).read(remote).await
}

/// Revokes one.
pub async fn revoke_token(remote: Remote, id: Uuid) -> Result<(), RemoteError> {
    Request::delete(format!("/account/tokens/{id}")).send(remote).await.map(drop)
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
