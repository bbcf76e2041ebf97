//! A case's entries.

use chrono::{DateTime, Utc};
use contract::{Entry, Page, people::PersonRef, thread::Content};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::record::person;
use crate::store::{Sql, StoreError, Transaction, from_micros, id, to_micros};

#[derive(FromQueryResult)]
struct Row {
    id: String,
    position: i64,
    author_id: String,
    author_name: String,
    author_support: bool,
    content: String,
    created_at: i64,
}

/// The columns of [`Row`], on the entries `e`.
const SELECT: &str = "SELECT e.id, e.position, e.author_id, p.name AS author_name, \
    p.support AS author_support, e.content, e.created_at FROM entries e JOIN people p ON p.id = e.author_id";

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

/// A page of entries after a position, oldest first; notes only for support.
///
/// # Errors
/// The database refused.
pub async fn page(
    connection: &impl ConnectionTrait,
    case_id: &str,
    internal: bool,
    after: i64,
    limit: u32,
) -> Result<Page<Entry>, StoreError> {
    let public = if internal { "" } else { " AND NOT e.internal" };
    let sql =
        format!("{SELECT} WHERE e.case_id = $1 AND e.position > $2{public} ORDER BY e.position LIMIT $3");
    let values = [case_id.into(), after.into(), (i64::from(limit) + 1).into()];
    let mut rows = connection.rows::<Row>(&sql, values).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.position.to_string());
    Ok(Page { items: rows.iter().map(entry).collect::<Result<_, _>>()?, next })
}

/// The entry of an id, where the case has it; a note only for support.
///
/// # Errors
/// The database refused.
pub async fn entry_of(
    connection: &impl ConnectionTrait,
    case_id: &str,
    id: Uuid,
    internal: bool,
) -> Result<Option<Entry>, StoreError> {
    let public = if internal { "" } else { " AND NOT e.internal" };
    let sql = format!("{SELECT} WHERE e.case_id = $1 AND e.id = $2{public}");
    connection
        .row::<Row>(&sql, [case_id.into(), id.to_string().into()])
        .await?
        .as_ref()
        .map(entry)
        .transpose()
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: id(&row.id)?,
        position: row.position,
        at: from_micros(row.created_at),
        author: person(&row.author_id, &row.author_name, row.author_support)?,
        content: serde_json::from_str(&row.content)?,
    })
}
