//! Which files are taken: by extension, size and content.

use super::{FILE_MAX, FileKind, HEAD_BYTES};

/// Why a file is not taken; as text, what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileRefusal {
    /// Files of its extension are not taken.
    #[error("{}", texts::attachments::wrong_type(FileKind::EXTENSIONS.join(" ")))]
    Type,
    /// It is not what its extension says.
    #[error("{}", texts::attachments::wrong_content())]
    Content,
    /// It has more than [`FILE_MAX`] bytes.
    #[error("{}", texts::attachments::too_large(FILE_MAX / (1024 * 1024)))]
    Size,
    /// There is nothing in it.
    #[error("{}", texts::attachments::empty())]
    Empty,
}

/// The kind of a file by its name, where a case takes it; `head` are its first
/// [`HEAD_BYTES`] bytes, or all of it if it has fewer.
///
/// # Errors
/// The extension is none of the list, the size is out of bounds, or the bytes are not
/// those of such a file.
pub fn check(name: &str, size: u64, head: &[u8]) -> Result<FileKind, FileRefusal> {
    let kind = check_claim(name, size)?;
    if kind.fits(head) { Ok(kind) } else { Err(FileRefusal::Content) }
}

/// The same before any byte is there.
///
/// # Errors
/// As [`check`], but for the content.
pub fn check_claim(name: &str, size: u64) -> Result<FileKind, FileRefusal> {
    let kind = FileKind::from_name(name).ok_or(FileRefusal::Type)?;
    match size {
        0 => Err(FileRefusal::Empty),
        size if size > FILE_MAX => Err(FileRefusal::Size),
        _ => Ok(kind),
    }
}

/// What Office wrote before 2007: compound files (MS-CFB, 2.2).
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

impl FileKind {
    /// Whether a file may begin so.
    #[must_use]
    pub fn fits(self, head: &[u8]) -> bool {
        let begins = |with: &[u8]| head.starts_with(with);
        match self {
            Self::Doc | Self::Xls => begins(COMPOUND),
            Self::Docx | Self::Xlsx => begins(b"PK\x03\x04"),
            // One without entries begins with its end.
            Self::Zip => begins(b"PK\x03\x04") || begins(b"PK\x05\x06"),
            Self::Pdf => begins(b"%PDF-"),
            Self::Bmp => begins(b"BM"),
            Self::Jpeg => begins(&[0xff, 0xd8, 0xff]),
            Self::Png => begins(b"\x89PNG\r\n\x1a\n"),
            Self::Tar => is_tar(head),
            Self::Csv | Self::Txt => is_text(head),
        }
    }
}

/// A tar archive begins with a header that has its own checksum (POSIX 1003.1, pax,
/// "ustar Interchange Format"), or is empty: zeros.
fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..HEAD_BYTES) else { return false };
    let written = header.get(148..156).unwrap_or_default();
    let digits: String =
        written.iter().map(|byte| char::from(*byte)).filter(|letter| letter.is_digit(8)).collect();
    let blank = u32::from(b' ') * 8;
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    let all = sum(header);
    all == 0 || u32::from_str_radix(&digits, 8) == Ok(all - sum(written) + blank)
}

/// Whether bytes are those of a text: UTF-16 with its mark, or anything without the
/// control characters that no text has, in UTF-8 or an older encoding.
#[must_use]
pub fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    // Tab, line feed, form feed, carriage return, and the escape of coloured logs.
    bytes.iter().all(|byte| !matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f))
}
