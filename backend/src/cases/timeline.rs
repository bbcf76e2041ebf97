//! A case's entries, as stored.

use chrono::{DateTime, Utc};
use contract::{Entry, people::PersonRef, thread::Content};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::record::person;
use crate::store::{Sql, StoreError, Transaction, from_micros, id, to_micros};

/// The columns of [`Row`], and further ones, on the entries `e`.
#[must_use]
pub fn select(further: &str) -> String {
    format!(
        "SELECT e.id, e.position, e.author_id, p.name AS author_name, p.support AS author_support, \
         e.content, e.created_at{further} FROM entries e JOIN people p ON p.id = e.author_id"
    )
}

/// An entry as stored, with its author's name.
#[derive(FromQueryResult)]
pub struct Row {
    id: String,
    /// Its place.
    pub position: i64,
    author_id: String,
    author_name: String,
    author_support: bool,
    content: String,
    created_at: i64,
}

/// Adds an entry at a position.
///
/// # Errors
/// The database refused.
pub async fn add(
    transaction: &Transaction,
    case_id: &str,
    position: i64,
    author: &PersonRef,
    internal: bool,
    content: &Content,
    at: DateTime<Utc>,
) -> Result<Entry, StoreError> {
    let id = Uuid::now_v7();
    let sql = "INSERT INTO entries (id, case_id, position, author_id, internal, content, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        id.to_string().into(),
        case_id.into(),
        position.into(),
        author.id.to_string().into(),
        internal.into(),
        serde_json::to_string(content)?.into(),
        to_micros(at).into(),
    ];
    transaction.run(sql, values).await?;
    Ok(Entry { id, position, at, author: author.clone(), content: content.clone() })
}

/// All entries of a case that customers see, the oldest first.
///
/// # Errors
/// The database refused, or an entry cannot be read.
pub async fn all(connection: &impl ConnectionTrait, case_id: &str) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{} WHERE e.case_id = $1 AND NOT e.internal ORDER BY e.position", select(""));
    connection.rows::<Row>(&sql, [case_id.into()]).await?.iter().map(entry).collect()
}

/// The entry of an id, where the case has it; a note only for support.
///
/// # Errors
/// The database refused, or the entry cannot be read.
pub async fn entry_of(
    connection: &impl ConnectionTrait,
    case_id: &str,
    id: Uuid,
    internal: bool,
) -> Result<Option<Entry>, StoreError> {
    let public = if internal { "" } else { " AND NOT e.internal" };
    let sql = format!("{} WHERE e.case_id = $1 AND e.id = $2{public}", select(""));
    connection
        .row::<Row>(&sql, [case_id.into(), id.to_string().into()])
        .await?
        .as_ref()
        .map(entry)
        .transpose()
}

/// The entry of a row.
///
/// # Errors
/// Something stored cannot be read.
pub fn entry(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: id(&row.id)?,
        position: row.position,
        at: from_micros(row.created_at),
        author: person(&row.author_id, &row.author_name, row.author_support)?,
        content: serde_json::from_str(&row.content)?,
    })
}
