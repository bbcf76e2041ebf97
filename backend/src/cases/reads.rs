//! How far people have read cases.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::timeline_page::Shown;
use crate::store::{Sql, StoreError, Transaction, to_micros};

#[derive(FromQueryResult)]
struct Position {
    position: Option<i64>,
}

impl Position {
    async fn of(
        connection: &impl ConnectionTrait,
        sql: &str,
        values: impl IntoIterator<Item = sea_orm::Value> + Send,
    ) -> Result<Option<i64>, StoreError> {
        Ok(connection.row::<Self>(sql, values).await?.and_then(|row| row.position))
    }
}

/// The position of the last entry somebody has read; 0 for whoever was never there.
///
/// # Errors
/// The database refused.
pub async fn read_to(
    connection: &impl ConnectionTrait,
    case_id: &str,
    person: Uuid,
) -> Result<i64, StoreError> {
    let sql = "SELECT position FROM reads WHERE case_id = $1 AND person_id = $2";
    let position = Position::of(connection, sql, [case_id.into(), person.to_string().into()]).await?;
    Ok(position.unwrap_or_default())
}

/// Notes that somebody has read up to a position, unless they had read further; whether they had not.
///
/// # Errors
/// The database refused.
pub async fn mark(
    transaction: &Transaction,
    case_id: &str,
    person: Uuid,
    position: i64,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO reads (person_id, case_id, position, at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (person_id, case_id) DO UPDATE SET position = excluded.position, at = excluded.at \
               WHERE excluded.position > reads.position";
    let values = [person.to_string().into(), case_id.into(), position.into(), to_micros(at).into()];
    Ok(transaction.run(sql, values).await? > 0)
}

/// The position of the first entry of others behind what somebody has read; none for
/// whoever was never there.
///
/// # Errors
/// The database refused.
pub async fn first_unread(
    connection: &impl ConnectionTrait,
    case_id: &str,
    shown: Shown,
    person: Uuid,
) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT MIN(e.position) AS position FROM entries e JOIN reads r ON r.case_id = e.case_id \
         WHERE e.case_id = $1 AND r.person_id = $2 AND e.position > r.position AND e.author_id <> $2{}",
        shown.sql()
    );
    Position::of(connection, &sql, [case_id.into(), person.to_string().into()]).await
}

/// The position of the last entry up to a position that somebody may see; 0 without one.
///
/// # Errors
/// The database refused.
pub async fn last_seen(
    connection: &impl ConnectionTrait,
    case_id: &str,
    shown: Shown,
    up_to: i64,
) -> Result<i64, StoreError> {
    let sql = format!(
        "SELECT MAX(e.position) AS position FROM entries e WHERE e.case_id = $1 AND e.position <= $2{}",
        shown.sql()
    );
    Ok(Position::of(connection, &sql, [case_id.into(), up_to.into()]).await?.unwrap_or_default())
}
