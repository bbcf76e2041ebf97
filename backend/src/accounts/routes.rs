//! `/session`: signing in and out.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use axum_extra::extract::cookie::CookieJar;
use contract::{
    FieldError, Problem, ProblemCode,
    audit::Act,
    field::FieldCode,
    people::{Credentials, Preferences, Session},
};
use sea_orm::FromQueryResult;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    Viewer, colleagues, directory, links, own, privacy,
    second_factor::{self, Given},
    sessions,
    throttle::{Peer, origin},
    tokens,
};
use crate::{
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    store::{Sql, Store, StoreError, id},
};

/// Signing in is open to all.
pub fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_in))
        .routes(routes!(links::ask_for_link))
        .routes(routes!(links::read_link, links::use_link))
}

/// Asking who is signed in, and signing out.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session, sign_out))
        .routes(routes!(set_preferences))
        .routes(routes!(own::change_password))
        .routes(routes!(privacy::read_data))
        .routes(routes!(privacy::delete_account))
        .routes(routes!(own::list_sessions, own::end_other_sessions))
        .routes(routes!(own::end_session))
        .routes(routes!(
            second_factor::read_second_factor,
            second_factor::begin_second_factor,
            second_factor::confirm_second_factor
        ))
        .routes(routes!(second_factor::renew_recovery_codes))
        .routes(routes!(second_factor::remove_second_factor))
        .routes(routes!(tokens::list_tokens, tokens::make_token))
        .routes(routes!(tokens::revoke_token))
        .routes(routes!(colleagues::list_colleagues))
}

#[derive(FromQueryResult)]
struct Account {
    id: String,
    password: Option<String>,
}

/// Sign in
///
/// An unknown account and a wrong password get the same answer in the same time.
#[utoipa::path(post, path = "/session", tag = "session", request_body = Credentials, responses(
    (status = 201, body = Session, description = "Signed in; the cookie is set"),
    (status = 401, body = Problem, description = "`wrong_credentials`; `code_required` where there is a second factor"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
    (status = 429, body = Problem, description = "`too_many_requests`, with Retry-After"),
))]
async fn sign_in(
    State(app): State<App>,
    peer: Peer,
    jar: CookieJar,
    speech: Speech,
    headers: HeaderMap,
    JsonBody(credentials): JsonBody<Credentials>,
) -> Result<impl IntoResponse, ApiError> {
    let errors = speech.speak(|| credentials.validate());
    if !errors.is_empty() {
        return Err(ApiError::invalid(errors));
    }
    let email = credentials.email.trim().to_lowercase();
    app.throttle.try_once(&email, &peer).map_err(ApiError::TooManyRequests)?;

    let sql = "SELECT id, password FROM people WHERE email = $1 AND active";
    let account = app.store.reader().row::<Account>(sql, [email.into()]).await?;
    let (account, stored) = account.map_or((None, None), |account| (Some(account.id), account.password));
    let matches = app.passwords.matches(stored, credentials.password).await?;
    let Some(account) = account.filter(|_| matches) else {
        let detail = "The e-mail address or the password is wrong.";
        return Err(ApiError::new(ProblemCode::WrongCredentials, detail));
    };

    let person = id(&account)?;
    let code = credentials.code.as_deref().filter(|code| !code.trim().is_empty());
    second_step(&app, person, code, speech).await?;

    let secure = app.settings.secure_cookies;
    if let Some(old) = sessions::token_hash(&jar, secure) {
        sessions::end(&app.store, &old, app.clock.now()).await?;
    }
    let transaction = app.store.begin().await?;
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).map(str::to_owned);
    let origin = origin(peer.as_ref());
    let (token, session) = sessions::start(&transaction, person, agent, app.clock.now()).await?;
    let record = Record::of(Act::SignedIn, person, origin.as_deref());
    record.keep(&transaction, app.clock.now()).await?;
    transaction.commit().await?;
    let viewer = Viewer::load(&app.store, session).await?.ok_or_else(ApiError::sign_in_required)?;
    let session = describe(&app.store, &viewer).await?;
    Ok((StatusCode::CREATED, jar.add(sessions::cookie(token, secure)), Json(session)))
}

/// Asks for a code of who has a second factor.
async fn second_step(app: &App, person: Uuid, code: Option<&str>, speech: Speech) -> Result<(), ApiError> {
    if !second_factor::is_on(app.store.reader(), person).await? {
        return Ok(());
    }
    let Some(code) = code else {
        let detail = "Enter the code that your authenticator app shows, or a recovery code.";
        return Err(ApiError::new(ProblemCode::CodeRequired, detail));
    };
    let transaction = app.store.begin().await?;
    let given = second_factor::give(&transaction, person, code, app.clock.now()).await?;
    transaction.commit().await?;
    match given {
        Given::Right => Ok(()),
        Given::Wrong => {
            let message = speech.speak(texts::mistakes::code_is_wrong);
            Err(ApiError::invalid(vec![FieldError::new("/code", FieldCode::Malformed, message)]))
        }
        Given::Shut(pause) => Err(ApiError::TooManyRequests(pause.to_std().unwrap_or_default())),
    }
}

/// Who is signed in
#[utoipa::path(get, path = "/session", tag = "session", responses(
    (status = 200, body = Session),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn session(State(app): State<App>, viewer: Viewer) -> Result<Json<Session>, ApiError> {
    Ok(Json(describe(&app.store, &viewer).await?))
}

/// Sign out
///
/// Ends the session and its live stream.
#[utoipa::path(delete, path = "/session", tag = "session", responses(
    (status = 204, description = "Signed out"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn sign_out(
    State(app): State<App>,
    viewer: Viewer,
    jar: CookieJar,
) -> Result<impl IntoResponse, ApiError> {
    sessions::end(&app.store, &viewer.token_hash, app.clock.now()).await?;
    let removal = sessions::cookie(String::new(), app.settings.secure_cookies);
    Ok((StatusCode::NO_CONTENT, jar.remove(removal)))
}

/// Set what one sets for oneself
///
/// The last one wins: there is nothing in it that two tabs could ruin for each other.
#[utoipa::path(put, path = "/account/preferences", tag = "account", request_body = Preferences, responses(
    (status = 200, body = Preferences),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
async fn set_preferences(
    State(app): State<App>,
    viewer: Viewer,
    speech: Speech,
    JsonBody(preferences): JsonBody<Preferences>,
) -> Result<Json<Preferences>, ApiError> {
    let errors = speech.speak(|| preferences.validate());
    if !errors.is_empty() {
        return Err(ApiError::invalid(errors));
    }
    directory::set_preferences(&app.store, viewer.person.id, &preferences).await?;
    Ok(Json(preferences))
}

async fn describe(store: &Store, viewer: &Viewer) -> Result<Session, StoreError> {
    Ok(Session {
        person: viewer.person.clone(),
        email: viewer.email.clone(),
        memberships: directory::memberships(store, viewer).await?,
        preferences: viewer.preferences.clone(),
        expires_at: viewer.expires_at,
    })
}
