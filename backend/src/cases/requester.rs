//! Giving cases to another requester.

use chrono::{DateTime, Utc};
use contract::{people::PersonRef, thread::Content};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{record::CaseRow, signals::touch_noticed, timeline};
use crate::store::{Sql, StoreError, Transaction};

#[derive(FromQueryResult)]
struct Id {
    id: String,
}

/// Makes `to` the requester of all open cases that somebody has in an organisation, and
/// tells so in each of them; how many those were.
///
/// # Errors
/// The database refused.
pub async fn hand_over_cases(
    transaction: &mut Transaction,
    organisation: Uuid,
    from: Uuid,
    to: &PersonRef,
    by: &PersonRef,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let sql = format!(
        "SELECT c.id FROM cases c WHERE c.organisation_id = $1 AND c.requester_id = $2 AND c.status <> 'closed' \
         ORDER BY c.number{}",
        transaction.database().lock()
    );
    let cases =
        transaction.rows::<Id>(&sql, [organisation.to_string().into(), from.to_string().into()]).await?;
    for Id { id } in &cases {
        let sql = "UPDATE cases SET requester_id = $1 WHERE id = $2";
        transaction.run(sql, [to.id.to_string().into(), id.clone().into()]).await?;
        let case = CaseRow::by_id(&**transaction, id).await?;
        let position = case.last_position + 1;
        let content = Content::RequesterChanged { to: to.clone() };
        timeline::add(transaction, id, position, by, false, &content, now).await?;
        touch_noticed(transaction, &case, position, now).await?;
    }
    Ok(cases.len() as u64)
}
