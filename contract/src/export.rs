//! A case as a document, for whoever keeps it elsewhere.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{CaseRecord, Entry, attachment::Attachment};

/// All of a case that customers see; notes of support are never in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseExport {
    /// When it was made.
    #[serde(with = "crate::moment")]
    pub exported_at: DateTime<Utc>,
    /// The case, as whoever exports it reads it.
    pub record: CaseRecord,
    /// Everything said and done, the oldest first.
    pub timeline: Vec<Entry>,
    /// The files, in the order in which they were sent.
    pub attachments: Vec<ExportedFile>,
}

/// A file beside the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedFile {
    /// Where it lies, from the document: no two files have one path.
    pub path: String,
    /// The file.
    pub attachment: Attachment,
}
