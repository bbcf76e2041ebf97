//! When support said that a case may be solved.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{case::EtaChange, people::PersonRef};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::record::{day_of, person};
use crate::store::{Sql, StoreError, Transaction, from_micros, to_micros};

/// Keeps what was said, with the place of the event that tells it.
///
/// # Errors
/// The database refused.
pub async fn add(
    transaction: &Transaction,
    case_id: &str,
    position: i64,
    day: Option<NaiveDate>,
    author: &PersonRef,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO etas (case_id, position, day, author_id, said_at) VALUES ($1, $2, $3, $4, $5)";
    let values = [
        case_id.into(),
        position.into(),
        day.map(|day| day.to_string()).into(),
        author.id.to_string().into(),
        to_micros(at).into(),
    ];
    transaction.run(sql, values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    day: Option<String>,
    author_id: String,
    name: String,
    support: bool,
    said_at: i64,
}

/// All that was said of a case, oldest first.
///
/// # Errors
/// The database refused, or something stored cannot be read.
pub async fn of(connection: &impl ConnectionTrait, case_id: &str) -> Result<Vec<EtaChange>, StoreError> {
    let sql = "SELECT e.day, e.author_id, p.name, p.support, e.said_at FROM etas e \
               JOIN people p ON p.id = e.author_id WHERE e.case_id = $1 ORDER BY e.position";
    let rows = connection.rows::<Row>(sql, [case_id.into()]).await?;
    let change = |row: Row| {
        Ok(EtaChange {
            to: day_of(row.day.as_deref())?,
            by: person(&row.author_id, &row.name, row.support)?,
            at: from_micros(row.said_at),
        })
    };
    rows.into_iter().map(change).collect()
}
