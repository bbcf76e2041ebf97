//! Files of a case: which are taken, what they are called, and how they are brought.
//!
//! Source of the rules: the domain notes, "Thread and attachments" (seed 004).

mod check;
mod kind;
mod name;
pub mod tus;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{FieldError, field::FieldCode, people::PersonRef};

pub use check::{FileRefusal, check, check_claim, is_text};
pub use kind::{FileKind, View};
pub use name::{clean_name, visible};

/// The most bytes that one file may have: 15 MB.
pub const FILE_MAX: u64 = 15 * 1024 * 1024;
/// How many files may go along with one message, action or submission.
pub const FILES_MAX: usize = 20;
/// How many bytes the portal sends at once.
pub const PIECE: u64 = 1024 * 1024;
/// How many bytes the backend takes at once.
pub const PIECE_MAX: u64 = 4 * PIECE;
/// How many first bytes of a file tell its kind.
pub const HEAD_BYTES: usize = 512;
/// How long what was uploaded and not sent is kept.
pub const UPLOAD_KEPT: TimeDelta = TimeDelta::hours(24);
/// How many entries of an archive are listed.
pub const LISTED_MAX: usize = 1000;

/// A file as the entry has it that it came with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttachedFile {
    /// Stable id.
    pub id: Uuid,
    /// Its name, safe to show and to save as ([`clean_name`]).
    pub name: String,
    /// What kind of file it is.
    pub kind: FileKind,
    /// Bytes.
    pub size: u64,
}

/// A file in the list of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// The file.
    pub file: AttachedFile,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Who sent it.
    pub by: PersonRef,
    /// When it was sent.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// The entry that it came with.
    pub entry: Uuid,
    /// Whether only support sees it.
    pub internal: bool,
}

/// What is in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArchiveListing {
    /// Its entries in their order, at most [`LISTED_MAX`].
    pub entries: Vec<ArchiveEntry>,
    /// Whether there are more.
    pub more: bool,
}

/// One file or folder in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArchiveEntry {
    /// Its path in the archive, as text alone.
    pub path: String,
    /// Bytes, unpacked, as the archive says.
    pub size: u64,
    /// Whether it is a folder.
    pub folder: bool,
}

/// Checks the ids of the files that are to go along with something.
///
/// # Errors
/// There are more than [`FILES_MAX`], or one is named twice, at `/attachments`.
pub fn valid_ids(ids: &[Uuid]) -> Result<(), FieldError> {
    if ids.len() > FILES_MAX {
        let message = texts::attachments::too_many(FILES_MAX);
        return Err(FieldError::new("/attachments", FieldCode::TooMany, message));
    }
    let twice = ids.iter().enumerate().any(|(at, id)| ids.iter().take(at).any(|earlier| earlier == id));
    if twice {
        return Err(FieldError::new("/attachments", FieldCode::Malformed, texts::attachments::named_twice()));
    }
    Ok(())
}

/// What is said of a file that cannot go along, at its place: it is not there, not whole,
/// somebody else's, or went along with something else.
#[must_use]
pub fn not_there(at: usize) -> FieldError {
    let pointer = format!("/attachments/{at}");
    FieldError::new(pointer, FieldCode::UnknownOption, texts::attachments::not_there())
}
