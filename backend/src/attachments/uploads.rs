//! Uploads: what has arrived of a file, and making it whole.

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use contract::{
    attachment::{AttachedFile, FileKind, FileRefusal, UPLOAD_KEPT, check, is_text},
    field::FieldCode,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    archive,
    storage::{Storage, StorageError},
};
use crate::{
    app::App,
    http::{ApiError, Speech},
    store::{Sql, StoreError, from_micros, id, to_micros},
};

/// The most bytes a person may have brought and not sent.
const UNSENT_MAX: u64 = 300 * 1024 * 1024;
/// The most uploads a person may have that went along with nothing yet.
const UNSENT_COUNT_MAX: i64 = 100;

/// An upload as stored.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Upload {
    /// Its id, the file's later.
    pub id: String,
    name: String,
    kind: String,
    size: i64,
    arrived: i64,
    sha256: Option<String>,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct Unsent {
    count: i64,
    bytes: i64,
}

impl Upload {
    /// A person's upload of an id; nobody else has it.
    ///
    /// # Errors
    /// 404 where there is none.
    pub async fn find(connection: &impl ConnectionTrait, person: Uuid, id: &str) -> Result<Self, ApiError> {
        Self::seen(connection, person, id).await?.ok_or_else(ApiError::not_found)
    }

    /// The same, or nothing.
    ///
    /// # Errors
    /// The database refused.
    pub async fn seen(
        connection: &impl ConnectionTrait,
        person: Uuid,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT id, name, kind, size, arrived, sha256, created_at FROM uploads \
                   WHERE id = $1 AND person_id = $2";
        connection.row(sql, [id.into(), person.to_string().into()]).await
    }

    /// Bytes of the whole file.
    pub fn size(&self) -> u64 {
        u64::try_from(self.size).unwrap_or_default()
    }

    /// Bytes that are here.
    pub fn arrived(&self) -> u64 {
        u64::try_from(self.arrived).unwrap_or_default()
    }

    /// What the file is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the file is here, checked and stored as one.
    pub const fn is_whole(&self) -> bool {
        self.sha256.is_some()
    }

    /// Its checksum, once it is whole.
    pub fn sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
    }

    /// When it is forgotten, should it go along with nothing.
    pub fn expires(&self) -> DateTime<Utc> {
        from_micros(self.created_at) + UPLOAD_KEPT
    }

    /// As a file of an entry.
    ///
    /// # Errors
    /// What is stored cannot be read.
    pub fn file(&self) -> Result<AttachedFile, StoreError> {
        let kind = FileKind::from_key(&self.kind);
        let kind = kind.ok_or_else(|| StoreError::Unreadable(format!("the kind of file “{}”", self.kind)))?;
        Ok(AttachedFile { id: id(&self.id)?, name: self.name.clone(), kind, size: self.size() })
    }
}

/// Begins an upload of a file that was checked as far as it is known.
///
/// # Errors
/// The person has too much that was never sent, or the database refused.
pub async fn begin(
    app: &App,
    person: Uuid,
    name: &str,
    kind: FileKind,
    size: u64,
) -> Result<Upload, ApiError> {
    let transaction = app.store.begin().await?;
    let now = app.clock.now();
    let sql = "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes \
               FROM uploads WHERE person_id = $1";
    let unsent = transaction.row::<Unsent>(sql, [person.to_string().into()]).await?;
    let too_much = unsent.is_some_and(|unsent| {
        unsent.count >= UNSENT_COUNT_MAX
            || u64::try_from(unsent.bytes).unwrap_or_default() + size > UNSENT_MAX
    });
    if too_much {
        return Err(ApiError::TooManyRequests(std::time::Duration::from_secs(60 * 60)));
    }
    let (id, size) = (Uuid::now_v7().to_string(), i64::try_from(size).unwrap_or(i64::MAX));
    let sql = "INSERT INTO uploads (id, person_id, name, kind, size, arrived, created_at) \
               VALUES ($1, $2, $3, $4, $5, 0, $6)";
    let values = [
        id.clone().into(),
        person.to_string().into(),
        name.into(),
        kind.key().into(),
        size.into(),
        to_micros(now).into(),
    ];
    transaction.run(sql, values).await?;
    transaction.commit().await?;
    let (name, kind) = (name.to_owned(), kind.key().to_owned());
    Ok(Upload { id, name, kind, size, arrived: 0, sha256: None, created_at: to_micros(now) })
}

/// Adds a piece to the end. Nothing where something else was added meanwhile.
///
/// # Errors
/// The content is not what the name says, or a store refused.
pub async fn append(
    app: &App,
    upload: Upload,
    piece: Bytes,
    speech: Speech,
) -> Result<Option<Upload>, ApiError> {
    let (before, added) = (upload.arrived(), piece.len() as u64);
    let all = before + added >= upload.size();
    if before == 0 && (all || piece.len() >= contract::attachment::HEAD_BYTES) {
        refuse_wrong(app, &upload, &piece, speech).await?;
    }
    app.files.put_piece(&upload.id, before, piece).await?;
    let transaction = app.store.begin().await?;
    let sql = "UPDATE uploads SET arrived = $1 WHERE id = $2 AND arrived = $3 AND sha256 IS NULL";
    let arrived = upload.arrived + i64::try_from(added).unwrap_or_default();
    let moved =
        transaction.run(sql, [arrived.into(), upload.id.clone().into(), upload.arrived.into()]).await?;
    transaction.commit().await?;
    if moved == 0 {
        return Ok(None);
    }
    finish(app, Upload { arrived, ..upload }, speech).await.map(Some)
}

/// Uploads a file that is here whole and was checked as far as its beginning tells.
///
/// # Errors
/// The content is not what the name says, the person has too much that was never sent, or
/// a store refused.
pub async fn keep(
    app: &App,
    person: Uuid,
    name: &str,
    kind: FileKind,
    bytes: Bytes,
    speech: Speech,
) -> Result<Upload, ApiError> {
    let begun = begin(app, person, name, kind, bytes.len() as u64).await?;
    let error = match append(app, begun.clone(), bytes, speech).await {
        Ok(Some(whole)) => return Ok(whole),
        Ok(None) => StorageError::broken(&begun.id).into(),
        Err(error) => error,
    };
    abandon(app, person, &[id(&begun.id)?]).await;
    Err(error)
}

/// Makes a file one whose pieces are all here. Whatever is cut off in between is done by
/// the next who asks for it.
///
/// # Errors
/// The content is not what the name says, or a store refused.
pub async fn finish(app: &App, upload: Upload, speech: Speech) -> Result<Upload, ApiError> {
    if upload.is_whole() || upload.arrived() < upload.size() {
        return Ok(upload);
    }
    // Closed never; without a permit it would only take more memory.
    let _permit = app.files.joining.acquire().await;
    let whole = app.files.join(&upload.id, upload.size()).await?;
    if whole.len() as u64 != upload.size() {
        return Err(StorageError::broken(&upload.id).into());
    }
    refuse_wrong(app, &upload, &whole, speech).await?;
    refuse_unreadable(app, &upload, &whole, speech).await?;
    let sha256 = hexadecimal(&Sha256::digest(&whole));
    app.files.put(&upload.id, whole.into()).await?;
    let transaction = app.store.begin().await?;
    let sql = "UPDATE uploads SET sha256 = $1 WHERE id = $2";
    transaction.run(sql, [sha256.clone().into(), upload.id.clone().into()]).await?;
    transaction.commit().await?;
    app.files.forget_pieces(&upload.id).await?;
    Ok(Upload { sha256: Some(sha256), ..upload })
}

/// Takes back an upload, and what is here of it.
///
/// # Errors
/// A store refused.
pub async fn give_up(app: &App, upload: &Upload) -> Result<(), ApiError> {
    let transaction = app.store.begin().await?;
    // What went along with something meanwhile is no upload any more.
    let gone = transaction.run("DELETE FROM uploads WHERE id = $1", [upload.id.clone().into()]).await?;
    transaction.commit().await?;
    if gone > 0 {
        discard(&app.files, &upload.id).await?;
    }
    Ok(())
}

/// Takes back uploads that went along with nothing; what cannot be now is tidied away later.
pub async fn abandon(app: &App, person: Uuid, ids: &[Uuid]) {
    for id in ids {
        let gone = match Upload::seen(app.store.reader(), person, &id.to_string()).await {
            Ok(Some(upload)) => give_up(app, &upload).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = gone {
            tracing::warn!(%error, "an upload will be tidied away later");
        }
    }
}

/// Forgets the bytes of an upload.
///
/// # Errors
/// The store refused.
pub async fn discard(files: &Storage, upload: &str) -> Result<(), StorageError> {
    files.forget_pieces(upload).await?;
    files.forget(upload).await
}

/// A file whose bytes are not what its name says is given up at once.
async fn refuse_wrong(app: &App, upload: &Upload, bytes: &[u8], speech: Speech) -> Result<(), ApiError> {
    match check(&upload.name, upload.size(), bytes) {
        Ok(_) => Ok(()),
        Err(refusal) => {
            give_up(app, upload).await?;
            Err(refused(refusal, speech))
        }
    }
}

/// What can be read whole is: texts to their end, archives and Office files as archives.
async fn refuse_unreadable(app: &App, upload: &Upload, whole: &[u8], speech: Speech) -> Result<(), ApiError> {
    let readable = match FileKind::from_key(&upload.kind) {
        Some(FileKind::Csv | FileKind::Txt) => is_text(whole),
        Some(FileKind::Docx | FileKind::Xlsx) => archive::has(whole, "[Content_Types].xml"),
        Some(kind @ (FileKind::Zip | FileKind::Tar)) => archive::list(kind, whole).is_some(),
        _ => true,
    };
    if readable {
        return Ok(());
    }
    give_up(app, upload).await?;
    Err(refused(FileRefusal::Content, speech))
}

/// What is wrong with a file, at the name or the content.
pub fn refused(refusal: FileRefusal, speech: Speech) -> ApiError {
    let (pointer, code) = match refusal {
        FileRefusal::Type => ("/filename", FieldCode::UnknownOption),
        FileRefusal::Content => ("/content", FieldCode::Malformed),
        FileRefusal::Size => ("/length", FieldCode::TooLong),
        FileRefusal::Empty => ("/length", FieldCode::Required),
    };
    let message = speech.speak(|| refusal.to_string());
    ApiError::invalid(vec![contract::FieldError::new(pointer, code, message)])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
