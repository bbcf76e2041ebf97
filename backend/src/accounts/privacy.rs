//! `/account/data` and `/account/deletion`: taking away what is kept of a person, and having
//! it forgotten. Cases stay, and so does what was written in them; the name goes.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, Utc};
use contract::{
    CaseNumber, FieldError, Problem,
    audit::Act,
    field::FieldCode,
    personal_data::{FORGOTTEN_NAME, OwnCase, OwnMessage, PersonalData},
    second_factor::ConfirmPassword,
    thread::Content,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::Value;
use uuid::Uuid;

use super::{Viewer, directory, own::confirmed, second_factor::remove, sessions, throttle::Peer, tokens};
use crate::{
    app::App,
    attachments::saved_as,
    audit::{Record, done_by},
    http::{ApiError, JsonBody, Speech},
    notifications::choices_of,
    store::{Sql, StoreError, Transaction, from_micros},
};

#[derive(FromQueryResult)]
struct CaseRow {
    number: i64,
    subject: String,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct MessageRow {
    number: i64,
    content: String,
    created_at: i64,
}

async fn cases(connection: &impl ConnectionTrait, person: &str) -> Result<Vec<OwnCase>, StoreError> {
    let sql = "SELECT c.number, c.subject, c.created_at FROM cases c WHERE $1 IN (c.requester_id, c.filer_id) \
               OR EXISTS (SELECT 1 FROM watchers w WHERE w.case_id = c.id AND w.person_id = $1) ORDER BY c.number";
    let rows = connection.rows::<CaseRow>(sql, [person.into()]).await?;
    let own = |row: CaseRow| OwnCase {
        number: CaseNumber(row.number),
        subject: row.subject,
        filed_at: from_micros(row.created_at),
    };
    Ok(rows.into_iter().map(own).collect())
}

async fn messages(connection: &impl ConnectionTrait, person: &str) -> Result<Vec<OwnMessage>, StoreError> {
    let sql = "SELECT c.number, e.content, e.created_at FROM entries e JOIN cases c ON c.id = e.case_id \
               WHERE e.author_id = $1 AND e.content LIKE '{\"message\":%' ORDER BY e.created_at, e.id";
    let mut messages = Vec::new();
    for row in connection.rows::<MessageRow>(sql, [person.into()]).await? {
        if let Content::Message { source, .. } = serde_json::from_str(&row.content)? {
            let (number, at) = (CaseNumber(row.number), from_micros(row.created_at));
            messages.push(OwnMessage { number, at, text: source });
        }
    }
    Ok(messages)
}

/// Take away what is kept of oneself
///
/// As a JSON file.
#[utoipa::path(get, path = "/account/data", tag = "account", responses(
    (status = 200, body = PersonalData),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn read_data(State(app): State<App>, viewer: Viewer) -> Result<Response, ApiError> {
    let (reader, now, me) = (app.store.reader(), app.clock.now(), viewer.person.id);
    let signed_in = sessions::of(reader, me, now).await?;
    let data = PersonalData {
        person: viewer.person.clone(),
        email: viewer.email.clone(),
        memberships: directory::memberships(&app.store, &viewer).await?,
        preferences: viewer.preferences.clone(),
        notifications: choices_of(reader, me).await?,
        sessions: signed_in.into_iter().map(|session| session.shown(&viewer.token_hash)).collect(),
        tokens: tokens::of(reader, me).await?,
        cases: cases(reader, &me.to_string()).await?,
        messages: messages(reader, &me.to_string()).await?,
        audit: done_by(reader, me).await?,
    };
    let headers: HeaderMap = saved_as(&format!("my data {}.json", now.date_naive())).into_iter().collect();
    Ok((headers, Json(data)).into_response())
}

/// Delete one's account
///
/// Takes the password. One is signed out everywhere, and called a former user from then on;
/// cases and what was written in them stay. It cannot be undone.
#[utoipa::path(post, path = "/account/deletion", tag = "account", request_body = ConfirmPassword, responses(
    (status = 204, description = "It is deleted"),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`: also for the last administrator of an organisation"),
    (status = 429, body = Problem, description = "`too_many_requests`, with Retry-After"),
))]
pub async fn delete_account(
    State(app): State<App>,
    viewer: Viewer,
    peer: Peer,
    jar: CookieJar,
    speech: Speech,
    JsonBody(proof): JsonBody<ConfirmPassword>,
) -> Result<impl IntoResponse, ApiError> {
    speech.speak(|| proof.validate()).map_err(ApiError::invalid)?;
    confirmed(&app, &viewer, &peer, proof.password, "/password", speech).await?;
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    if is_last_administrator(&transaction, viewer.person.id).await? {
        let message = speech.speak(texts::mistakes::last_administrator);
        return Err(ApiError::invalid(vec![FieldError::new("/password", FieldCode::Conflict, message)]));
    }
    Record::by(&viewer, Act::AccountDeleted).keep(&transaction, now).await?;
    forget(&mut transaction, viewer.person.id, &viewer.email, now).await?;
    transaction.commit().await?;
    let removal = sessions::cookie(String::new(), app.settings.secure_cookies);
    Ok((StatusCode::NO_CONTENT, jar.remove(removal)))
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

/// Whether an organisation would have no administrator without somebody. Their organisations
/// are held, so that no two leave at once.
async fn is_last_administrator(transaction: &Transaction, person: Uuid) -> Result<bool, StoreError> {
    let held = "UPDATE organisations SET seats = seats \
                WHERE id IN (SELECT m.organisation_id FROM memberships m WHERE m.person_id = $1)";
    transaction.run(held, [person.to_string().into()]).await?;
    let sql = "SELECT COUNT(*) AS count FROM memberships m WHERE m.person_id = $1 AND m.role = 'administrator' \
               AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.organisation_id = m.organisation_id \
               AND o.role = 'administrator' AND o.person_id <> m.person_id)";
    let count = transaction.row::<Count>(sql, [person.to_string().into()]).await?;
    Ok(count.is_some_and(|row| row.count > 0))
}

/// Where addresses end of who was forgotten: no mail can be sent there (RFC 2606, 2).
const NOWHERE: &str = "@deleted.invalid";

/// Whether an address is of somebody who was forgotten.
#[must_use]
pub fn is_forgotten(email: &str) -> bool {
    email.ends_with(NOWHERE)
}

/// What is deleted of a person, by the column that says whose it is.
const OWN: [(&str, &str); 11] = [
    ("account_links", "person_id"),
    ("idempotency_keys", "person_id"),
    ("mutes", "person_id"),
    ("notifications", "person_id"),
    ("partnership_requests", "person_id"),
    ("reads", "person_id"),
    ("tokens", "person_id"),
    ("watchers", "person_id"),
    // By their address.
    ("account_mails", "email"),
    ("invitations", "email"),
    ("mails", "address"),
];

/// Forgets a person: what only they need is deleted, and their name and address are taken
/// out of what stays. Open cases stay theirs until somebody hands them over.
///
/// # Errors
/// The database refused.
pub async fn forget(
    transaction: &mut Transaction,
    person: Uuid,
    email: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let id = person.to_string();
    sessions::end_all(transaction, person, None, now).await?;
    remove(transaction, person).await?;
    for (table, column) in OWN {
        let whose = if column == "person_id" { id.as_str() } else { email };
        let sql = format!("DELETE FROM {table} WHERE {column} = $1");
        transaction.run(&sql, [whose.into()]).await?;
    }
    transaction.run("DELETE FROM watchers WHERE email = $1", [email.into()]).await?;
    let sql = "DELETE FROM saved_views WHERE person_id = $1 AND organisation_id IS NULL";
    transaction.run(sql, [id.clone().into()]).await?;
    let sql = "INSERT INTO former_members (person_id, organisation_id, role, since) \
               SELECT person_id, organisation_id, role, since FROM memberships WHERE person_id = $1 \
               ON CONFLICT DO NOTHING";
    transaction.run(sql, [id.clone().into()]).await?;
    transaction.run("DELETE FROM memberships WHERE person_id = $1", [id.clone().into()]).await?;
    transaction.run("UPDATE audit SET origin = NULL WHERE actor_id = $1", [id.clone().into()]).await?;
    transaction.run("UPDATE audit SET text = NULL WHERE text = $1", [email.into()]).await?;
    for (table, key, column) in [
        ("entries", "id", "content"),
        ("earlier_texts", "entry_id", "content"),
        ("idempotency_keys", "key", "answer"),
    ] {
        rename(transaction, (table, key, column), &id, email).await?;
    }
    let sql = "UPDATE people SET email = $1, name = $2, password = NULL, active = FALSE, guest = FALSE, \
               lead = FALSE, preferences = '{}', choices = '{}', seen_at = NULL WHERE id = $3";
    let address = format!("{id}{NOWHERE}");
    transaction.run(sql, [address.into(), FORGOTTEN_NAME.into(), id.into()]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Kept {
    key: String,
    content: String,
}

/// Takes a person's name and address out of what happened, wherever they stand by
/// themselves. What others wrote stays as they wrote it.
async fn rename(
    transaction: &Transaction,
    (table, key, column): (&str, &str, &str),
    person: &str,
    email: &str,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {key} AS key, {column} AS content FROM {table} WHERE {column} LIKE $1 OR {column} LIKE $2"
    );
    let values = [format!("%{person}%").into(), format!("%\"address\":\"{email}\"%").into()];
    for Kept { key: row, content } in transaction.rows::<Kept>(&sql, values).await? {
        let mut value: Value = serde_json::from_str(&content)?;
        name_anew(&mut value, person, email);
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {key} = $2 AND {column} = $3");
        transaction.run(&sql, [value.to_string().into(), row.into(), content.into()]).await?;
    }
    Ok(())
}

fn name_anew(value: &mut Value, person: &str, email: &str) {
    match value {
        Value::Object(fields) => {
            if fields.get("id").and_then(Value::as_str) == Some(person) && fields.contains_key("name") {
                fields.insert("name".to_owned(), FORGOTTEN_NAME.into());
            }
            if fields.get("address").and_then(Value::as_str) == Some(email) {
                fields.insert("address".to_owned(), FORGOTTEN_NAME.into());
            }
            fields.values_mut().for_each(|field| name_anew(field, person, email));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| name_anew(item, person, email)),
        _ => {}
    }
}
