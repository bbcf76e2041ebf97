//! Headers of files, so that nothing in them ever acts as a page of ours.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use contract::attachment::FileKind;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand as it is in a name (RFC 8187, 3.2.1, `attr-char`).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Whatever a file holds may load nothing and run nothing.
const HARMLESS: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// Headers that every answer with bytes of a file carries. It may be kept, and is asked
/// for again each time, as the permission to see it may be gone.
pub fn of_file(sha256: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_SECURITY_POLICY, HARMLESS);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Some(tag) = tag(sha256) {
        headers.insert(header::ETAG, tag);
    }
    headers
}

/// The entity tag of a file: its checksum.
pub fn tag(sha256: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{sha256}\"")).ok()
}

/// To be saved under a name (RFC 6266): in ASCII for old programs, and as it is.
pub fn saved_as(name: &str) -> Option<(HeaderName, HeaderValue)> {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_graphic() && !"\"\\%".contains(letter) { letter } else { '_' })
        .collect();
    let whole = utf8_percent_encode(name, ESCAPED);
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}");
    Some((header::CONTENT_DISPOSITION, HeaderValue::from_str(&value).ok()?))
}

/// The media type under which a file is shown; nothing where it is not.
pub const fn shown_as(kind: FileKind) -> Option<&'static str> {
    match kind {
        FileKind::Bmp => Some("image/bmp"),
        FileKind::Jpeg => Some("image/jpeg"),
        FileKind::Png => Some("image/png"),
        FileKind::Pdf => Some("application/pdf"),
        FileKind::Txt | FileKind::Csv => Some("text/plain; charset=utf-8"),
        FileKind::Doc | FileKind::Docx | FileKind::Xls | FileKind::Xlsx | FileKind::Tar | FileKind::Zip => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_twice_and_breaks_out_of_neither() {
        let (_, value) = saved_as("Größe \"x\"; %41.txt").unwrap();
        assert_eq!(
            value.to_str().unwrap(),
            "attachment; filename=\"Gr__e__x_;__41.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22%3B%20%2541.txt"
        );
    }
}
