//! The kinds of files that a case takes.

use serde::{Deserialize, Serialize};

/// A kind of file, by its last extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A text of Word before 2007.
    Doc,
    /// A text of Word.
    Docx,
    /// A sheet of Excel before 2007.
    Xls,
    /// A sheet of Excel.
    Xlsx,
    /// Comma-separated values.
    Csv,
    /// Plain text.
    Txt,
    /// A document in PDF.
    Pdf,
    /// A Windows bitmap.
    Bmp,
    /// A photograph in JPEG.
    Jpeg,
    /// A picture in PNG.
    Png,
    /// An archive of tar.
    Tar,
    /// An archive of ZIP.
    Zip,
}

/// How a file can be shown without opening it elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// As a picture.
    Image,
    /// As a text.
    Text,
    /// As a table.
    Table,
    /// By the browser's viewer for PDF.
    Pdf,
    /// As the list of what is in it.
    Archive,
    /// Not at all.
    None,
}

impl FileKind {
    /// Every extension that is taken, in the order of the domain notes.
    pub const EXTENSIONS: [&'static str; 13] = [
        ".doc", ".docx", ".xls", ".xlsx", ".csv", ".txt", ".pdf", ".bmp", ".jpg", ".jpeg", ".png", ".tar",
        ".zip",
    ];

    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::Doc,
        Self::Docx,
        Self::Xls,
        Self::Xlsx,
        Self::Csv,
        Self::Txt,
        Self::Pdf,
        Self::Bmp,
        Self::Jpeg,
        Self::Png,
        Self::Tar,
        Self::Zip,
    ];

    /// The kind of a name's last extension, in whatever case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Self::from_key(&extension.to_ascii_lowercase())
    }

    /// The kind of a key, or of an extension without its dot.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        if key == "jpg" {
            return Some(Self::Jpeg);
        }
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The key used on the wire and in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Docx => "docx",
            Self::Xls => "xls",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Txt => "txt",
            Self::Pdf => "pdf",
            Self::Bmp => "bmp",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Tar => "tar",
            Self::Zip => "zip",
        }
    }

    /// How it can be shown.
    #[must_use]
    pub const fn view(self) -> View {
        match self {
            Self::Bmp | Self::Jpeg | Self::Png => View::Image,
            Self::Txt => View::Text,
            Self::Csv => View::Table,
            Self::Pdf => View::Pdf,
            Self::Tar | Self::Zip => View::Archive,
            Self::Doc | Self::Docx | Self::Xls | Self::Xlsx => View::None,
        }
    }
}
