//! The files of a case, as stored.

use contract::attachment::{AttachedFile, Attachment, FileKind};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    cases::person,
    store::{Sql, StoreError, from_micros, id},
};

/// A file as stored, with the name of who sent it.
#[derive(FromQueryResult)]
pub struct FileRow {
    /// Its id.
    pub id: String,
    entry_id: String,
    name: String,
    kind: String,
    size: i64,
    sha256: String,
    internal: bool,
    created_at: i64,
    person_id: String,
    person_name: String,
    person_support: bool,
}

const SELECT: &str = "SELECT a.id, a.entry_id, a.name, a.kind, a.size, a.sha256, a.internal, a.created_at, \
    a.person_id, p.name AS person_name, p.support AS person_support \
    FROM attachments a JOIN people p ON p.id = a.person_id WHERE a.case_id = $1";

fn shown(internal: bool) -> &'static str {
    if internal { "" } else { " AND NOT a.internal" }
}

/// The files of a case, the newest first; those of notes only for support.
///
/// # Errors
/// The database refused.
pub async fn all(
    connection: &impl ConnectionTrait,
    case_id: &str,
    internal: bool,
) -> Result<Vec<Attachment>, StoreError> {
    let sql = format!("{SELECT}{} ORDER BY a.created_at DESC, a.id DESC", shown(internal));
    let rows = connection.rows::<FileRow>(&sql, [case_id.into()]).await?;
    rows.iter().map(FileRow::attachment).collect()
}

impl FileRow {
    /// The file of an id, where the case has it.
    ///
    /// # Errors
    /// The database refused.
    pub async fn find(
        connection: &impl ConnectionTrait,
        case_id: &str,
        id: &str,
        internal: bool,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} AND a.id = $2{}", shown(internal));
        connection.row(&sql, [case_id.into(), id.into()]).await
    }

    /// As it is answered.
    ///
    /// # Errors
    /// What is stored cannot be read.
    pub fn attachment(&self) -> Result<Attachment, StoreError> {
        let kind = FileKind::from_key(&self.kind);
        let kind = kind.ok_or_else(|| StoreError::Unreadable(format!("the kind of file “{}”", self.kind)))?;
        let size = u64::try_from(self.size).unwrap_or_default();
        Ok(Attachment {
            file: AttachedFile { id: id(&self.id)?, name: self.name.clone(), kind, size },
            sha256: self.sha256.clone(),
            by: person(&self.person_id, &self.person_name, self.person_support)?,
            at: from_micros(self.created_at),
            entry: id(&self.entry_id)?,
            internal: self.internal,
        })
    }
}
