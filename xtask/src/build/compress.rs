//! `.br` and `.gz` beside each asset, so that the server never compresses.

use std::io::Write;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;

use crate::error::{Error, Result};
use crate::paths;

/// What shrinks; images and fonts are compressed already.
const KINDS: [&str; 9] = ["html", "js", "css", "wasm", "svg", "json", "txt", "ico", "webmanifest"];

/// Compresses every asset in a folder.
pub fn folder(folder: &Path) -> Result<()> {
    for path in paths::files(folder)? {
        let kind = path.extension().and_then(|kind| kind.to_str());
        if kind.is_some_and(|kind| KINDS.contains(&kind)) {
            let content = std::fs::read(&path).map_err(Error::file(&path))?;
            for (suffix, compressed) in [("br", brotli(&content)), ("gz", gzip(&content))] {
                let mut name = path.clone().into_os_string();
                name.push(format!(".{suffix}"));
                let name = std::path::PathBuf::from(name);
                paths::write(&name, compressed.map_err(Error::file(&name))?)?;
            }
        }
    }
    Ok(())
}

/// How the encoder guesses what comes next. Which guess is best for a program changes
/// with its order of functions, by more than a hundredth of its size.
const GUESSES: [BrotliEncoderMode; 3] = [
    BrotliEncoderMode::BROTLI_MODE_GENERIC,
    BrotliEncoderMode::BROTLI_MODE_FONT,
    BrotliEncoderMode::BROTLI_FORCE_MSB_PRIOR,
];

/// Brotli at its best: it is done once, and read a million times.
fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut best: Option<Vec<u8>> = None;
    for mode in GUESSES {
        let settings = BrotliEncoderParams { quality: 11, lgwin: 22, mode, ..Default::default() };
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut &*content, &mut compressed, &settings)?;
        if best.as_ref().is_none_or(|best| compressed.len() < best.len()) {
            best = Some(compressed);
        }
    }
    Ok(best.unwrap_or_default())
}

/// gzip, for clients behind a proxy that strips `br`.
fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_read_back() {
        let content = "a case, a reply, ".repeat(5_000).into_bytes();
        let (small, zipped) = (brotli(&content).unwrap(), gzip(&content).unwrap());
        assert!(small.len() < zipped.len() && zipped.len() < content.len());

        let mut back = Vec::new();
        brotli::Decompressor::new(small.as_slice(), 4096).read_to_end(&mut back).unwrap();
        assert!(back == content);

        back.clear();
        flate2::read::GzDecoder::new(zipped.as_slice()).read_to_end(&mut back).unwrap();
        assert!(back == content);
    }
}
