//! Texts as UTF-8, whatever they were written in.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text of bytes: by its mark, else UTF-8, else what Windows wrote in western Europe.
pub fn as_utf8(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text.into_owned(),
        None => WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::as_utf8;

    #[test]
    fn texts_of_any_age_are_read() {
        assert_eq!(as_utf8("Größe €".as_bytes()), "Größe €");
        assert_eq!(as_utf8(b"\xef\xbb\xbfmarked"), "marked");
        assert_eq!(as_utf8(b"Gr\xf6\xdfe \x80"), "Größe €");
        assert_eq!(as_utf8(b"\xff\xfeG\x00\xf6\x00"), "Gö");
        assert_eq!(as_utf8(b"\xfe\xff\x00G\x00\xf6"), "Gö");
    }
}
