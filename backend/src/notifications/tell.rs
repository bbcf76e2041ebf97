//! Who is told of what.
//!
//! Of each thing that was done everybody is told whom the case concerns, but for the one
//! who did it: whose it is, who filed it, who follows it and has an account, the
//! administrators of its organisation, and those of support who took part in it. Of a note
//! only the latter are.

use contract::{Watcher, notification::NotificationChoices, thread::Content};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::store::{Sql, StoreError, Transaction, id};

/// Those whom the entry `$1` of the case `$2` concerns, with an account in use, a place from
/// which they see it, and no wish to hear nothing of it.
const CONCERNED: &str = "SELECT p.id, p.choices FROM (\
      SELECT c.requester_id AS id FROM cases c WHERE c.id = $2 \
      UNION SELECT c.filer_id FROM cases c WHERE c.id = $2 \
      UNION SELECT w.person_id FROM watchers w WHERE w.case_id = $2 \
      UNION SELECT m.person_id FROM cases c JOIN memberships m ON m.organisation_id = c.organisation_id \
        WHERE c.id = $2 AND m.role = 'administrator' \
      UNION SELECT t.author_id FROM entries t JOIN people s ON s.id = t.author_id \
        WHERE t.case_id = $2 AND s.support) k \
    JOIN people p ON p.id = k.id JOIN entries e ON e.id = $1 \
    WHERE p.active AND p.id <> e.author_id \
      AND NOT EXISTS (SELECT 1 FROM mutes u WHERE u.person_id = p.id AND u.case_id = $2) AND (p.support OR NOT e.internal AND EXISTS (\
      SELECT 1 FROM cases c JOIN memberships m ON m.organisation_id = c.organisation_id \
      WHERE c.id = $2 AND m.person_id = p.id)) ORDER BY p.id";

#[derive(FromQueryResult)]
struct Headline {
    id: String,
    position: i64,
    author_id: String,
    content: String,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct Person {
    id: String,
    choices: String,
}

/// Tells all whom it concerns of what was done to a case: the first entry behind a position
/// stands for all of it. Answers who was told.
///
/// # Errors
/// The database refused.
pub async fn tell(transaction: &Transaction, case_id: &str, after: i64) -> Result<Vec<Uuid>, StoreError> {
    let sql = "SELECT id, position, author_id, content, created_at FROM entries WHERE case_id = $1 AND position > $2 \
               ORDER BY position LIMIT 1";
    let headline = transaction.row::<Headline>(sql, [case_id.into(), after.into()]).await?;
    let Some(headline) = headline else { return Ok(Vec::new()) };
    let people = concerned(transaction, case_id, &headline).await?;
    for person in &people {
        let sql = "INSERT INTO notifications (id, person_id, case_id, entry_id, position, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let values = [
            Uuid::now_v7().to_string().into(),
            person.to_string().into(),
            case_id.into(),
            headline.id.clone().into(),
            headline.position.into(),
            headline.created_at.into(),
        ];
        transaction.run(sql, values).await?;
    }
    Ok(people)
}

/// Of who else follows a case nobody needs to be told.
async fn concerned(
    transaction: &Transaction,
    case_id: &str,
    headline: &Headline,
) -> Result<Vec<Uuid>, StoreError> {
    let content = serde_json::from_str(&headline.content)?;
    match &content {
        Content::WatcherAdded { watcher: Watcher::Person(person) } => {
            Ok(Some(person.id).filter(|id| id.to_string() != headline.author_id).into_iter().collect())
        }
        Content::WatcherAdded { .. } | Content::WatcherRemoved { .. } => Ok(Vec::new()),
        _ => {
            let values = [headline.id.clone().into(), case_id.into()];
            let people = transaction.rows::<Person>(CONCERNED, values).await?;
            let mut told = Vec::with_capacity(people.len());
            for person in people {
                if serde_json::from_str::<NotificationChoices>(&person.choices)?.portal(&content) {
                    told.push(id(&person.id)?);
                }
            }
            Ok(told)
        }
    }
}

/// Whoever has read a case up to a position has seen what they were told of until there;
/// whether there was something they had not.
///
/// # Errors
/// The database refused.
pub async fn see(
    transaction: &Transaction,
    case_id: &str,
    person: Uuid,
    position: i64,
) -> Result<bool, StoreError> {
    let sql = "UPDATE notifications SET mark = $1 \
               WHERE person_id = $2 AND case_id = $3 AND position <= $4 AND mark IS NULL";
    let mark = Uuid::now_v7().to_string();
    let values = [mark.into(), person.to_string().into(), case_id.into(), position.into()];
    Ok(transaction.run(sql, values).await? > 0)
}
