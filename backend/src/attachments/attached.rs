//! Uploads become files of a case.

use chrono::{DateTime, Utc};
use contract::{
    FieldError,
    attachment::{AttachedFile, not_there},
    people::PersonRef,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::uploads::Upload;
use crate::{
    http::{ApiError, Speech},
    store::{Sql, StoreError, Transaction, to_micros},
};

/// The whole uploads of these ids, all of the person.
///
/// # Errors
/// What is wrong, at `/attachments/…`: one is not there, not whole, somebody else's, or
/// went along with something else.
pub async fn claim(
    transaction: &Transaction,
    person: Uuid,
    ids: &[Uuid],
    speech: Speech,
) -> Result<Vec<Upload>, ApiError> {
    let (mut uploads, mut mistakes) = (Vec::with_capacity(ids.len()), Vec::<FieldError>::new());
    for (at, id) in ids.iter().enumerate() {
        let upload = Upload::seen(&**transaction, person, &id.to_string()).await?;
        match upload.filter(Upload::is_whole) {
            Some(upload) => uploads.push(upload),
            None => mistakes.push(speech.speak(|| not_there(at))),
        }
    }
    if mistakes.is_empty() { Ok(uploads) } else { Err(ApiError::invalid(mistakes)) }
}

/// Makes uploads the files of an entry.
///
/// # Errors
/// The database refused.
pub async fn attach(
    transaction: &Transaction,
    case_id: &str,
    entry: Uuid,
    author: &PersonRef,
    internal: bool,
    uploads: &[Upload],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for upload in uploads {
        let sql = "INSERT INTO attachments (id, case_id, entry_id, person_id, name, kind, size, sha256, internal, \
                   created_at) SELECT id, $1, $2, $3, name, kind, size, sha256, $4, $5 FROM uploads WHERE id = $6";
        let values = [
            case_id.into(),
            entry.to_string().into(),
            author.id.to_string().into(),
            internal.into(),
            to_micros(at).into(),
            upload.id.clone().into(),
        ];
        transaction.run(sql, values).await?;
        transaction.run("DELETE FROM uploads WHERE id = $1", [upload.id.clone().into()]).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

/// How many files of a case somebody sees; those of notes only support.
///
/// # Errors
/// The database refused.
pub async fn count(
    connection: &impl ConnectionTrait,
    case_id: &str,
    internal: bool,
) -> Result<u32, StoreError> {
    let public = if internal { "" } else { " AND NOT internal" };
    let sql = format!("SELECT COUNT(*) AS count FROM attachments WHERE case_id = $1{public}");
    let row = connection.row::<Count>(&sql, [case_id.into()]).await?;
    Ok(row.and_then(|row| u32::try_from(row.count).ok()).unwrap_or_default())
}

/// What an entry is found by: its text, and the names of its files.
pub fn findable(text: &str, files: &[AttachedFile]) -> String {
    [text].into_iter().chain(files.iter().map(|file| file.name.as_str())).collect::<Vec<_>>().join(" ")
}
