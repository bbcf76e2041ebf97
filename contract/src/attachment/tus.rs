//! The words of tus 1.0.0 (tus.io), by which files are brought in pieces.

/// The header that names the version.
pub const RESUMABLE: &str = "tus-resumable";
/// The version spoken.
pub const VERSION: &str = "1.0.0";
/// The header of how many bytes a file has.
pub const LENGTH: &str = "upload-length";
/// The header of how many bytes have arrived.
pub const OFFSET: &str = "upload-offset";
/// The header of what is known of a file.
pub const METADATA: &str = "upload-metadata";
/// The header of when an upload is forgotten.
pub const EXPIRES: &str = "upload-expires";
/// The media type of a piece.
pub const PIECE: &str = "application/offset+octet-stream";

const KEY: &str = "filename ";
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The metadata of a file of this name: the key `filename` and the name in Base64
/// (RFC 4648, 4).
#[must_use]
pub fn metadata(name: &str) -> String {
    let mut written = String::from(KEY);
    for three in name.as_bytes().chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = ALPHABET.get((bits >> (18 - 6 * place)) as usize & 63).copied().unwrap_or_default();
            written.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    written
}

/// The name that metadata holds, if it does and it is UTF-8.
#[must_use]
pub fn name_in(metadata: &str) -> Option<String> {
    let coded = metadata.split(',').find_map(|pair| pair.trim_start().strip_prefix(KEY))?;
    let coded = coded.trim().trim_end_matches('=');
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for letter in coded.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        bits = (bits << 6 | u32::try_from(value).ok()?) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}
