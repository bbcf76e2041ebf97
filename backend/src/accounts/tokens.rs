//! `/account/tokens`: tokens by which programs come in place of a person.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use contract::{
    FieldError, Problem,
    audit::Act,
    field::FieldCode,
    limits::TOKENS_MAX,
    token::{MadeToken, NewToken, Scope, TOKEN_PREFIX, Token},
};
use rand::RngCore;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{Viewer, sessions};
use crate::{
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    store::{Sql, Store, StoreError, from_micros, id, to_micros},
};

/// How old the note of a token's last use may grow before it is written anew.
const NOTED_AGAIN: Duration = Duration::hours(1);

#[derive(FromQueryResult)]
struct Row {
    id: String,
    name: String,
    scopes: String,
    ending: String,
    made_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
}

impl TryFrom<Row> for Token {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            name: row.name,
            scopes: serde_json::from_str(&row.scopes)?,
            ending: row.ending,
            made_at: from_micros(row.made_at),
            expires_at: from_micros(row.expires_at),
            used_at: row.used_at.map(from_micros),
        })
    }
}

/// A program that came with a token.
pub struct Bearer {
    /// For whom it comes, as a session would.
    pub person_id: Uuid,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Held {
    id: String,
    person_id: String,
    scopes: String,
    expires_at: i64,
    used_at: Option<i64>,
}

/// The token that a request carries (RFC 6750, 2.1), if it carries any.
pub fn carried(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Who comes with a token, while it can be used; that is noted.
///
/// # Errors
/// The database refused.
pub async fn bearer(store: &Store, token: &str, now: DateTime<Utc>) -> Result<Option<Bearer>, StoreError> {
    let sql = "SELECT id, person_id, scopes, expires_at, used_at FROM tokens WHERE token_hash = $1 AND expires_at > $2";
    let values = [sessions::hash(token).into(), to_micros(now).into()];
    let Some(held) = store.reader().row::<Held>(sql, values).await? else { return Ok(None) };
    if held.used_at.is_none_or(|used| from_micros(used) + NOTED_AGAIN <= now) {
        let transaction = store.begin().await?;
        let sql = "UPDATE tokens SET used_at = $1 WHERE id = $2";
        transaction.run(sql, [to_micros(now).into(), held.id.into()]).await?;
        transaction.commit().await?;
    }
    Ok(Some(Bearer {
        person_id: id(&held.person_id)?,
        scopes: serde_json::from_str(&held.scopes)?,
        expires_at: from_micros(held.expires_at),
    }))
}

/// A person's tokens, the newest first.
///
/// # Errors
/// The database refused.
pub async fn of(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Token>, StoreError> {
    let sql = "SELECT id, name, scopes, ending, made_at, expires_at, used_at FROM tokens WHERE person_id = $1 \
               ORDER BY made_at DESC, id DESC";
    let rows = connection.rows::<Row>(sql, [person.to_string().into()]).await?;
    rows.into_iter().map(Token::try_from).collect()
}

/// List one’s tokens
///
/// The newest first, those that ended among them; nothing that opens anything.
#[utoipa::path(get, path = "/account/tokens", tag = "account", responses(
    (status = 200, body = Vec<Token>),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn list_tokens(State(app): State<App>, viewer: Viewer) -> Result<Json<Vec<Token>>, ApiError> {
    Ok(Json(of(app.store.reader(), viewer.person.id).await?))
}

/// Make a token
///
/// It is answered this once; only its hash is kept. There is no key to try again with:
/// an answer that can be given again would have to be kept.
#[utoipa::path(post, path = "/account/tokens", tag = "account", request_body = NewToken, responses(
    (status = 201, body = MadeToken),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`: also where there are too many"),
))]
pub async fn make_token(
    State(app): State<App>,
    viewer: Viewer,
    speech: Speech,
    JsonBody(new): JsonBody<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), ApiError> {
    let new = speech.speak(|| new.validate()).map_err(ApiError::invalid)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if of(&*transaction, viewer.person.id).await?.len() >= TOKENS_MAX {
        let message = speech.speak(|| texts::mistakes::tokens_at_most(TOKENS_MAX));
        return Err(ApiError::invalid(vec![FieldError::new("/name", FieldCode::Conflict, message)]));
    }
    let secret = fresh();
    let token = Token {
        id: Uuid::now_v7(),
        name: new.name,
        scopes: new.scopes,
        ending: secret.chars().skip(secret.len() - 4).collect(),
        made_at: now,
        expires_at: now + new.lifetime.length(),
        used_at: None,
    };
    let sql = "INSERT INTO tokens (id, person_id, name, scopes, ending, token_hash, made_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        token.id.to_string().into(),
        viewer.person.id.to_string().into(),
        token.name.clone().into(),
        serde_json::to_string(&token.scopes).map_err(StoreError::from)?.into(),
        token.ending.clone().into(),
        sessions::hash(&secret).into(),
        to_micros(now).into(),
        to_micros(token.expires_at).into(),
    ];
    transaction.run(sql, values).await?;
    let record = Record::by(&viewer, Act::TokenMade).saying(token.name.clone());
    record.keep(&transaction, now).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(MadeToken { token, secret })))
}

/// 256 bits that nobody guesses, behind what every token begins with.
fn fresh() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// Revoke a token
///
/// At once.
#[utoipa::path(delete, path = "/account/tokens/{id}", tag = "account", params(
    ("id" = Uuid, Path, description = "As in the list"),
), responses(
    (status = 204, description = "It opens nothing any more"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
pub async fn revoke_token(
    State(app): State<App>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<StatusCode, ApiError> {
    let transaction = app.store.begin().await?;
    let known = of(&*transaction, viewer.person.id).await?;
    let known =
        known.into_iter().find(|known| known.id.to_string() == token).ok_or_else(ApiError::not_found)?;
    transaction.run("DELETE FROM tokens WHERE id = $1", [token.into()]).await?;
    let record = Record::by(&viewer, Act::TokenRevoked).saying(known.name);
    record.keep(&transaction, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
