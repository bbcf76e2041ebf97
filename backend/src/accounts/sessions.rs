//! Sessions: a random token in a cookie, its hash in the database.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use contract::account::SignedIn;
use rand::RngCore;
use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    live::Signal,
    store::{Sql, Store, StoreError, Transaction, from_micros, id, to_micros},
};

/// How long a session lasts unused.
const LIFETIME: Duration = Duration::days(14);
/// How much of its life a session may lose before using it renews it.
const RENEW_AFTER: Duration = Duration::hours(1);
/// How much is kept of what a browser says of itself, in characters.
const AGENT_MAX: usize = 300;
/// How many digits of a session's hash name it to its owner.
const ID_DIGITS: usize = 32;

/// The name of the session cookie. `__Host-` (RFC 6265bis, 4.1.3.2) binds it to
/// this very host over https; a plain name is for http on one's own machine.
#[must_use]
pub const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-casement" } else { "casement" }
}

/// The cookie that carries a token. The browser keeps it; the database decides how
/// long it is worth anything.
#[must_use]
pub fn cookie(token: String, secure: bool) -> Cookie<'static> {
    Cookie::build((cookie_name(secure), token))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .permanent()
        .build()
}

/// The hash of the token in the request's cookie.
#[must_use]
pub fn token_hash(jar: &CookieJar, secure: bool) -> Option<String> {
    jar.get(cookie_name(secure)).map(|cookie| hash(cookie.value()))
}

/// A session of the database.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// The hash that names it.
    pub token_hash: String,
    /// Whose it is.
    pub person_id: Uuid,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Row {
    person_id: String,
    expires_at: i64,
}

/// Starts a session; answers its token and when it ends.
///
/// # Errors
/// The database refused.
pub async fn start(
    transaction: &Transaction,
    person: Uuid,
    agent: Option<String>,
    now: DateTime<Utc>,
) -> Result<(String, SessionRow), StoreError> {
    let token = token();
    let session = SessionRow { token_hash: hash(&token), person_id: person, expires_at: now + LIFETIME };
    let sql = "INSERT INTO sessions (token_hash, person_id, created_at, expires_at, agent) \
               VALUES ($1, $2, $3, $4, $5)";
    let values = [
        session.token_hash.clone().into(),
        person.to_string().into(),
        to_micros(now).into(),
        to_micros(session.expires_at).into(),
        agent.map(|agent| agent.chars().take(AGENT_MAX).collect::<String>()).into(),
    ];
    transaction.run(sql, values).await?;
    seen(transaction, person, now).await?;
    Ok((token, session))
}

/// The session of a token's hash, if it lasts; using it renews it.
///
/// # Errors
/// The database refused.
pub async fn find(
    store: &Store,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<SessionRow>, StoreError> {
    let Some(row) = row(store, token_hash, now).await? else { return Ok(None) };
    let mut session = SessionRow {
        token_hash: token_hash.to_owned(),
        person_id: id(&row.person_id)?,
        expires_at: from_micros(row.expires_at),
    };
    if session.expires_at < now + LIFETIME - RENEW_AFTER {
        session.expires_at = now + LIFETIME;
        let transaction = store.begin().await?;
        let sql = "UPDATE sessions SET expires_at = $1 WHERE token_hash = $2";
        transaction.run(sql, [to_micros(session.expires_at).into(), token_hash.into()]).await?;
        seen(&transaction, session.person_id, now).await?;
        transaction.commit().await?;
    }
    Ok(Some(session))
}

/// Keeps that somebody was here.
async fn seen(transaction: &Transaction, person: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = "UPDATE people SET seen_at = $1 WHERE id = $2";
    transaction.run(sql, [to_micros(now).into(), person.to_string().into()]).await?;
    Ok(())
}

/// Whether a session still lasts. Unlike [`find`] it renews nothing: an open page
/// nobody looks at is no use.
///
/// # Errors
/// The database refused.
pub async fn lasts(store: &Store, token_hash: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    Ok(row(store, token_hash, now).await?.is_some())
}

async fn row(store: &Store, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Row>, StoreError> {
    let sql = "SELECT s.person_id, s.expires_at FROM sessions s JOIN people p ON p.id = s.person_id \
               WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.active";
    store.reader().row(sql, [token_hash.into(), to_micros(now).into()]).await
}

/// Ends a session and its live streams.
///
/// # Errors
/// The database refused.
pub async fn end(store: &Store, token_hash: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    transaction.run("DELETE FROM sessions WHERE token_hash = $1", [token_hash.into()]).await?;
    transaction.announce(&Signal::SessionEnded { token_hash: token_hash.to_owned() }, now)?;
    transaction.commit().await
}

/// A session as its owner looks at it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    /// The hash that names it.
    pub token_hash: String,
    created_at: i64,
    expires_at: i64,
    agent: Option<String>,
}

impl Listed {
    /// What names it to its owner; nobody gets in by that.
    pub fn id(&self) -> &str {
        self.token_hash.get(..ID_DIGITS).unwrap_or(&self.token_hash)
    }

    /// As it is answered to somebody in the session of a hash.
    pub fn shown(self, this: &str) -> SignedIn {
        SignedIn {
            id: self.id().to_owned(),
            since: from_micros(self.created_at),
            used: from_micros(self.expires_at) - LIFETIME,
            this: self.token_hash == this,
            agent: self.agent,
        }
    }
}

/// A person's sessions, the one used last first.
///
/// # Errors
/// The database refused.
pub async fn of(
    connection: &impl ConnectionTrait,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Listed>, StoreError> {
    let sql = "SELECT token_hash, created_at, expires_at, agent FROM sessions \
               WHERE person_id = $1 AND expires_at > $2 ORDER BY expires_at DESC, token_hash";
    connection.rows(sql, [person.to_string().into(), to_micros(now).into()]).await
}

/// Ends a person's sessions but one, and their live streams.
///
/// # Errors
/// The database refused.
pub async fn end_all(
    transaction: &mut Transaction,
    person: Uuid,
    but: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let all = of(&**transaction, person, now).await?;
    for session in all.into_iter().filter(|session| Some(session.token_hash.as_str()) != but) {
        let token_hash = session.token_hash;
        transaction.run("DELETE FROM sessions WHERE token_hash = $1", [token_hash.clone().into()]).await?;
        transaction.announce(&Signal::SessionEnded { token_hash }, now)?;
    }
    Ok(())
}

/// 256 bits that nobody guesses, as they stand in a cookie or a link.
pub fn token() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The hash by which a token is stored.
pub fn hash(token: &str) -> String {
    format!("{:x}", Sha256::digest(token))
}
