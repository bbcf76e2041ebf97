//! Finding a text in a case's messages.

use contract::{
    find::Needle,
    limits::FOUND_MAX,
    markdown::Block,
    reading::{Found, Hit},
    thread::Content,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::timeline_page::Shown;
use crate::store::{Sql, StoreError, id};

/// Messages looked through at a time: what a request holds in memory stays bounded.
const BATCH: usize = 500;

#[derive(FromQueryResult)]
struct Row {
    id: String,
    position: i64,
    content: String,
}

/// The messages that hold a text, oldest first; notes only for support.
///
/// # Errors
/// The database refused, or a message cannot be read.
pub async fn find(
    connection: &impl ConnectionTrait,
    case_id: &str,
    internal: bool,
    needle: &Needle,
) -> Result<Found, StoreError> {
    let mut found = Found::default();
    if needle.is_empty() {
        return Ok(found);
    }
    let shown = Shown { internal, only_messages: true };
    let sql = format!(
        "SELECT e.id, e.position, e.content FROM entries e WHERE e.case_id = $1 AND e.position > $2{} \
         ORDER BY e.position LIMIT {BATCH}",
        shown.sql()
    );
    let mut after = i64::MIN;
    loop {
        let rows = connection.rows::<Row>(&sql, [case_id.into(), after.into()]).await?;
        for row in &rows {
            after = row.position;
            if needle.is_in(&body(&row.content)?) {
                if found.hits.len() == FOUND_MAX {
                    found.more = true;
                    return Ok(found);
                }
                found.hits.push(Hit { id: id(&row.id)?, position: row.position });
            }
        }
        if rows.len() < BATCH {
            return Ok(found);
        }
    }
}

fn body(content: &str) -> Result<Vec<Block>, StoreError> {
    Ok(match serde_json::from_str(content)? {
        Content::Message { body, .. } => body,
        _ => Vec::new(),
    })
}
