//! `/account`: one's own password, and where one is signed in.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use contract::{
    FieldError, Problem,
    account::{PasswordChange, SignedIn},
    audit::Act,
    field::FieldCode,
};
use sea_orm::FromQueryResult;

use super::{Viewer, directory, sessions, throttle::Peer};
use crate::{
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    store::Sql,
};

#[derive(FromQueryResult)]
struct Stored {
    password: Option<String>,
}

/// Passes where a password is the viewer's present one; says at a pointer that it is not.
///
/// # Errors
/// It is another, or too many were tried.
pub async fn confirmed(
    app: &App,
    viewer: &Viewer,
    peer: &Peer,
    password: String,
    pointer: &str,
    speech: Speech,
) -> Result<(), ApiError> {
    app.throttle.try_once(&viewer.email, peer).map_err(ApiError::TooManyRequests)?;
    let sql = "SELECT password FROM people WHERE id = $1";
    let stored = app.store.reader().row::<Stored>(sql, [viewer.person.id.to_string().into()]).await?;
    let stored = stored.and_then(|stored| stored.password);
    if app.passwords.matches(stored, password).await? {
        return Ok(());
    }
    let message = speech.speak(texts::mistakes::password_is_another);
    Err(ApiError::invalid(vec![FieldError::new(pointer, FieldCode::Malformed, message)]))
}

/// Change one's password
///
/// All other sessions of the account end.
#[utoipa::path(put, path = "/account/password", tag = "account", request_body = PasswordChange, responses(
    (status = 204, description = "It is changed"),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`, also where the present one is wrong"),
    (status = 429, body = Problem, description = "`too_many_requests`, with Retry-After"),
))]
pub async fn change_password(
    State(app): State<App>,
    viewer: Viewer,
    peer: Peer,
    speech: Speech,
    JsonBody(change): JsonBody<PasswordChange>,
) -> Result<StatusCode, ApiError> {
    speech.speak(|| change.validate()).map_err(ApiError::invalid)?;
    confirmed(&app, &viewer, &peer, change.current, "/current", speech).await?;
    let me = viewer.person.id.to_string();
    let hash = app.passwords.hashed(change.password).await?;
    let mut transaction = app.store.begin().await?;
    directory::set_password(&transaction, &me, hash).await?;
    let this = Some(viewer.token_hash.as_str());
    sessions::end_all(&mut transaction, viewer.person.id, this, app.clock.now()).await?;
    Record::by(&viewer, Act::PasswordChanged).keep(&transaction, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List where one is signed in
///
/// The one used last first.
#[utoipa::path(get, path = "/account/sessions", tag = "account", responses(
    (status = 200, body = Vec<SignedIn>),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn list_sessions(State(app): State<App>, viewer: Viewer) -> Result<Json<Vec<SignedIn>>, ApiError> {
    let all = sessions::of(app.store.reader(), viewer.person.id, app.clock.now()).await?;
    let shown = all.into_iter().map(|session| session.shown(&viewer.token_hash)).collect();
    Ok(Json(shown))
}

/// Sign out elsewhere
///
/// Of one session; its live stream ends with it.
#[utoipa::path(delete, path = "/account/sessions/{id}", tag = "account", params(
    ("id" = String, Path, description = "As in the list"),
), responses(
    (status = 204, description = "It has ended"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
pub async fn end_session(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let now = app.clock.now();
    let all = sessions::of(app.store.reader(), viewer.person.id, now).await?;
    let session = all.into_iter().find(|session| session.id() == id).ok_or_else(ApiError::not_found)?;
    sessions::end(&app.store, &session.token_hash, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out everywhere else
#[utoipa::path(delete, path = "/account/sessions", tag = "account", responses(
    (status = 204, description = "All but this one have ended"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn end_other_sessions(State(app): State<App>, viewer: Viewer) -> Result<StatusCode, ApiError> {
    let mut transaction = app.store.begin().await?;
    let this = Some(viewer.token_hash.as_str());
    sessions::end_all(&mut transaction, viewer.person.id, this, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
