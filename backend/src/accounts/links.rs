//! `/account/links`: replacing a forgotten password by a link that is mailed. Nothing here
//! tells whether an address has an account, by answer or by time.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    Problem,
    account::{AccountLink, NewPassword, ResetRequest},
    audit::Act,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{
    directory, sessions,
    throttle::{Peer, origin},
};
use crate::{
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    mail::{AccountMail, Recipient},
    store::{Sql, StoreError, id, to_micros},
};

/// How long a link can be used.
const LASTS: TimeDelta = TimeDelta::hours(1);
/// How many links of one account can be used at a time: nobody's mailbox is flooded.
const AT_ONCE: i64 = 3;

#[derive(FromQueryResult)]
struct Account {
    id: String,
    name: String,
    preferences: String,
    links: i64,
}

#[derive(FromQueryResult)]
struct Link {
    person_id: String,
    email: String,
    name: String,
}

impl Link {
    /// The link of a token, while it can be used.
    async fn find(
        connection: &impl ConnectionTrait,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT l.person_id, p.email, p.name FROM account_links l JOIN people p ON p.id = l.person_id \
                   WHERE l.token_hash = $1 AND l.expires_at > $2 AND p.active";
        connection.row(sql, [sessions::hash(token).into(), to_micros(now).into()]).await
    }
}

/// Ask for a link
///
/// By which a forgotten password is replaced. It is mailed to the account of the address,
/// if there is one; the answer is the same either way.
#[utoipa::path(post, path = "/account/links", tag = "account", request_body = ResetRequest, responses(
    (status = 204, description = "If the address has an account, a mail is on its way"),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
    (status = 429, body = Problem, description = "`too_many_requests`, with Retry-After"),
))]
pub async fn ask_for_link(
    State(app): State<App>,
    peer: Peer,
    speech: Speech,
    JsonBody(request): JsonBody<ResetRequest>,
) -> Result<StatusCode, ApiError> {
    speech.speak(|| request.validate()).map_err(ApiError::invalid)?;
    let email = request.email.trim().to_lowercase();
    app.throttle.try_once(&email, &peer).map_err(ApiError::TooManyRequests)?;
    let language = speech.speak(|| texts::spoken().tag.to_string());
    // Behind the answer, so that it takes as long whether or not there is an account.
    tokio::spawn(async move {
        if let Err(error) = make_link(&app, &email, language).await {
            tracing::error!(%error, "a link for a password could not be made");
        }
    });
    Ok(StatusCode::NO_CONTENT)
}

async fn make_link(app: &App, email: &str, language: String) -> Result<(), StoreError> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let sql = "SELECT p.id, p.name, p.preferences, (SELECT COUNT(*) FROM account_links l WHERE l.person_id = p.id \
               AND l.expires_at > $2) AS links FROM people p WHERE p.email = $1 AND p.active";
    let account = transaction.row::<Account>(sql, [email.into(), to_micros(now).into()]).await?;
    let Some(account) = account.filter(|account| account.links < AT_ONCE) else { return Ok(()) };
    let chosen = directory::chosen_language(&account.preferences)?;
    let token = sessions::token();
    let sql =
        "INSERT INTO account_links (token_hash, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    let until = now + LASTS;
    let (hash, at) = (sessions::hash(&token), to_micros(now).into());
    transaction.run(sql, [hash.clone().into(), account.id.into(), at, to_micros(until).into()]).await?;
    let to =
        Recipient { email: email.to_owned(), name: Some(account.name), language: chosen.unwrap_or(language) };
    AccountMail::SetPassword { token }.write(&transaction, &hash, to, Some(until), now).await?;
    transaction.commit().await
}

/// Read whose password a link sets
#[utoipa::path(get, path = "/account/links/{token}", tag = "account", params(
    ("token" = String, Path, description = "As the mail has it"),
), responses(
    (status = 200, body = AccountLink),
    (status = 404, body = Problem, description = "`not_found`: used, or too old"),
))]
pub async fn read_link(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<AccountLink>, ApiError> {
    let link = Link::find(app.store.reader(), &token, app.clock.now()).await?;
    let Link { email, name, .. } = link.ok_or_else(ApiError::not_found)?;
    Ok(Json(AccountLink { email, name }))
}

/// Set the password
///
/// Once. All sessions of the account end, and its other links are worth nothing.
#[utoipa::path(post, path = "/account/links/{token}", tag = "account", request_body = NewPassword, params(
    ("token" = String, Path, description = "As the mail has it"),
), responses(
    (status = 204, description = "The password is set"),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 404, body = Problem, description = "`not_found`: used, or too old"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
pub async fn use_link(
    State(app): State<App>,
    Path(token): Path<String>,
    peer: Peer,
    speech: Speech,
    JsonBody(new): JsonBody<NewPassword>,
) -> Result<StatusCode, ApiError> {
    let now = app.clock.now();
    Link::find(app.store.reader(), &token, now).await?.ok_or_else(ApiError::not_found)?;
    speech.speak(|| new.validate()).map_err(ApiError::invalid)?;
    let hash = app.passwords.hashed(new.password).await?;
    let mut transaction = app.store.begin().await?;
    // Whoever comes second finds it used.
    let link = Link::find(&*transaction, &token, now).await?.ok_or_else(ApiError::not_found)?;
    let used = transaction
        .run("DELETE FROM account_links WHERE token_hash = $1", [sessions::hash(&token).into()])
        .await?;
    if used == 0 {
        return Err(ApiError::not_found());
    }
    directory::set_password(&transaction, &link.person_id, hash).await?;
    let person = id(&link.person_id)?;
    sessions::end_all(&mut transaction, person, None, now).await?;
    let origin = origin(peer.as_ref());
    Record::of(Act::PasswordReset, person, origin.as_deref()).keep(&transaction, now).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
