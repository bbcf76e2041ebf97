//! Telling the live stream that a case changed.

use chrono::{DateTime, Utc};

use super::{record::CaseRow, watchers};
use crate::{
    live::Signal,
    mail::queue,
    notifications::tell,
    store::{Sql, StoreError, Transaction, to_micros},
};

/// Tells people of what was done to a case as it was read, and announces that it has a
/// version now; `internal` where only support may know.
///
/// # Errors
/// The database refused.
pub async fn announce(
    transaction: &mut Transaction,
    case: &CaseRow,
    version: i64,
    internal: bool,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    queue(transaction, &case.id, case.last_position).await?;
    let (organisation, requester, filer) = case.parties()?;
    let mut watchers = watchers::people(&**transaction, &case.id).await?;
    // Who follows it no longer hears that, too.
    watchers.extend(case.followers.iter().filter(|id| !watchers.contains(id)).copied().collect::<Vec<_>>());
    let signal = Signal::CaseChanged {
        number: case.number(),
        version,
        organisation,
        requester,
        filer,
        watchers,
        told: tell(transaction, &case.id, case.last_position).await?,
        internal,
    };
    transaction.announce(&signal, at)
}

/// Counts a change that moves the case up in nobody's list, with the events it added
/// to the timeline up to `position`, and announces it.
///
/// # Errors
/// The database refused.
pub async fn touch(
    transaction: &mut Transaction,
    case: &CaseRow,
    position: i64,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "UPDATE cases SET last_position = $1, version = version + 1 WHERE id = $2";
    transaction.run(sql, [position.into(), case.id.clone().into()]).await?;
    announce(transaction, case, case.version() + 1, false, at).await
}

/// Counts a change that everyone should notice, and announces it.
///
/// # Errors
/// The database refused.
pub async fn touch_noticed(
    transaction: &mut Transaction,
    case: &CaseRow,
    position: i64,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "UPDATE cases SET updated_at = $1 WHERE id = $2";
    transaction.run(sql, [to_micros(at).into(), case.id.clone().into()]).await?;
    touch(transaction, case, position, at).await
}
