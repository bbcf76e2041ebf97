//! Putting one file into an archive, in the browser.

use js_sys::{Array, Function, Reflect, Uint8Array, global};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableWritablePair, Response};

/// The bytes before and behind what gzip has compressed, as browsers write it: a header
/// without optional fields; the checksum and the size (RFC 1952, 2.3).
const HEADER: usize = 10;
const TRAILER: usize = 8;

/// An archive with one file in it; none where the browser cannot compress.
pub async fn zipped(name: &str, file: &Blob) -> Option<Blob> {
    let gzip = gzipped(file).await?;
    let archive = archive(name, &gzip)?;
    let parts = Array::of1(&Uint8Array::from(archive.as_slice()));
    Blob::new_with_u8_array_sequence(&parts).ok()
}

async fn gzipped(file: &Blob) -> Option<Vec<u8>> {
    // web-sys counts the Compression Streams standard among what may still change.
    let maker: Function = Reflect::get(&global(), &"CompressionStream".into()).ok()?.dyn_into().ok()?;
    let pair: ReadableWritablePair =
        Reflect::construct(&maker, &Array::of1(&"gzip".into())).ok()?.unchecked_into();
    let compressed = file.stream().pipe_through(&pair);
    let answer = Response::new_with_opt_readable_stream(Some(&compressed)).ok()?;
    let buffer = JsFuture::from(answer.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(buffer.unchecked_ref()).to_vec())
}

/// A ZIP archive (APPNOTE 6.3) of one file, made of the same file as gzip has it: both
/// hold raw DEFLATE, the CRC-32 and the size.
fn archive(name: &str, gzip: &[u8]) -> Option<Vec<u8>> {
    let deflated = gzip.get(HEADER..gzip.len().checked_sub(TRAILER)?)?;
    let (checksum, size) = gzip.get(gzip.len() - TRAILER..)?.split_at(4);
    let fields = fields(name, checksum, size, u32::try_from(deflated.len()).ok()?)?;
    let mut archive = Vec::with_capacity(deflated.len() + 2 * name.len() + 128);
    archive.extend(b"PK\x03\x04");
    archive.extend(&fields);
    archive.extend(name.as_bytes());
    archive.extend(deflated);
    let directory = archive.len();
    // Made by UNIX, APPNOTE 2.0; then the same fields; no comment, first disk, no
    // attributes, and the file is at the beginning.
    archive.extend(b"PK\x01\x02\x14\x03");
    archive.extend(&fields);
    archive.extend([0; 14]);
    archive.extend(name.as_bytes());
    let (length, start) = (u32::try_from(archive.len() - directory).ok()?, u32::try_from(directory).ok()?);
    archive.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    archive.extend(length.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    Some(archive)
}

/// What both headers of a file have in common: APPNOTE 2.0 needed, a name in UTF-8,
/// DEFLATE, the first of January 1980, checksum, sizes, and the name's length.
fn fields(name: &str, checksum: &[u8], size: &[u8], deflated: u32) -> Option<Vec<u8>> {
    let mut fields = b"\x14\0\0\x08\x08\0\0\0\x21\0".to_vec();
    fields.extend(checksum);
    fields.extend(deflated.to_le_bytes());
    fields.extend(size);
    fields.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
    fields.extend([0; 2]);
    Some(fields)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    async fn an_archive_holds_the_file_deflated_with_its_name() {
        let text = "version: 1\n".repeat(500);
        let file = Blob::new_with_str_sequence(&Array::of1(&text.as_str().into())).unwrap();
        let zipped = zipped("deploy.yml", &file).await.unwrap();
        assert!(zipped.size() < 400.0, "compressed");
        let buffer = JsFuture::from(zipped.array_buffer()).await.unwrap();
        let bytes = Uint8Array::new(&buffer).to_vec();
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert_eq!(&bytes[22..26], &5500_u32.to_le_bytes(), "the size as it was");
        assert_eq!(&bytes[30..40], b"deploy.yml");
        let end = &bytes[bytes.len() - 22..];
        assert_eq!(&end[..4], b"PK\x05\x06");
        let start = u32::from_le_bytes(end[16..20].try_into().unwrap()) as usize;
        assert_eq!(&bytes[start..start + 4], b"PK\x01\x02");
        assert_eq!(&bytes[start + 46..start + 56], b"deploy.yml");
    }
}
