//! `.br` and `.gz` beside each asset, so that the server never compresses.

use std::io::Write;
use std::path::Path;

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

/// Brotli at its best: it is done once, and read a million times.
fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(content)?;
    writer.flush()?;
    Ok(writer.into_inner())
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
