//! Smaller PNGs, pixel for pixel the same: browsers filter lines in a way that suits
//! photographs; pages, flat as they are, take a fifth less without.

use std::io::{Read, Write};
use std::path::Path;

use flate2::{Compression, Crc, read::ZlibDecoder, write::ZlibEncoder};

use crate::error::{Error, Result};
use crate::paths;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Writes a picture anew if that makes it smaller.
pub fn compress(path: &Path) -> Result<()> {
    let before = std::fs::read(path).map_err(Error::file(path))?;
    let after = smaller(&before).ok_or_else(|| Error::Content {
        path: path.to_owned(),
        detail: "not a PNG of 8 bits a channel, not interlaced".to_owned(),
    })?;
    if after.len() < before.len() { paths::write(path, after) } else { Ok(()) }
}

fn smaller(png: &[u8]) -> Option<Vec<u8>> {
    let mut rest = png.strip_prefix(SIGNATURE)?;
    let (mut header, mut packed): (&[u8], Vec<u8>) = (&[], Vec::new());
    while let Some((kind, content, after)) = chunk(rest) {
        match kind {
            b"IHDR" => header = content,
            b"IDAT" => packed.extend_from_slice(content),
            _ => {}
        }
        rest = after;
    }
    let mut lines = Vec::new();
    ZlibDecoder::new(packed.as_slice()).read_to_end(&mut lines).ok()?;
    let bare = unfiltered(header, &lines)?;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bare).ok()?;
    let packed = encoder.finish().ok()?;
    let mut written = SIGNATURE.to_vec();
    for (kind, content) in [(b"IHDR", header), (b"IDAT", &packed), (b"IEND", &[])] {
        write_chunk(&mut written, kind, content)?;
    }
    Some(written)
}

/// The first chunk's kind and content, and what follows.
fn chunk(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_at_checked(4)?;
    let (content, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    Some((kind, content, rest.get(4..)?))
}

fn write_chunk(png: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) -> Option<()> {
    png.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
    png.extend(kind);
    png.extend(content);
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(content);
    png.extend(sum.sum().to_be_bytes());
    Some(())
}

/// The lines with filter 0, each still with its filter's byte before it (PNG, clause 9).
fn unfiltered(header: &[u8], lines: &[u8]) -> Option<Vec<u8>> {
    let width = usize::try_from(u32::from_be_bytes(*header.first_chunk::<4>()?)).ok()?;
    let pixel = match header.get(8..)? {
        [8, 2, 0, 0, 0] => 3,
        [8, 6, 0, 0, 0] => 4,
        _ => return None,
    };
    let mut bare = Vec::with_capacity(lines.len());
    let mut above = vec![0_u8; width * pixel];
    for line in lines.chunks_exact(width * pixel + 1) {
        let (filter, line) = line.split_first()?;
        let mut present = line.to_vec();
        for at in 0..present.len() {
            let left = if at < pixel { 0 } else { present[at - pixel] };
            let corner = if at < pixel { 0 } else { above[at - pixel] };
            let guess = match filter {
                0 => 0,
                1 => left,
                2 => above[at],
                3 => left.midpoint(above[at]),
                4 => paeth(left, above[at], corner),
                _ => return None,
            };
            present[at] = present[at].wrapping_add(guess);
        }
        bare.push(0);
        bare.extend_from_slice(&present);
        above = present;
    }
    (bare.len() == lines.len() && !lines.is_empty()).then_some(bare)
}

/// Of three neighbours, the one nearest to left + above − corner.
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(above) - i16::from(corner);
    let far = |neighbour: u8| (guess - i16::from(neighbour)).abs();
    // The first of equals, in this order.
    [left, above, corner].into_iter().min_by_key(|neighbour| far(*neighbour)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 × 5 pixels, each line with another filter.
    fn picture() -> Vec<u8> {
        let header = [0, 0, 0, 2, 0, 0, 0, 5, 8, 2, 0, 0, 0];
        let lines: Vec<u8> = (0..5_u8).flat_map(|filter| [filter, 10, 20, 30, 1, 2, 250]).collect();
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::none());
        encoder.write_all(&lines).unwrap();
        let mut png = SIGNATURE.to_vec();
        write_chunk(&mut png, b"IHDR", &header).unwrap();
        write_chunk(&mut png, b"tEXt", b"says nothing").unwrap();
        write_chunk(&mut png, b"IDAT", &encoder.finish().unwrap()).unwrap();
        write_chunk(&mut png, b"IEND", &[]).unwrap();
        png
    }

    #[test]
    fn undoes_every_filter() {
        let header = [0, 0, 0, 2, 0, 0, 0, 5, 8, 2, 0, 0, 0];
        let lines: Vec<u8> = (0..5_u8).flat_map(|filter| [filter, 10, 20, 30, 1, 2, 250]).collect();
        let bare = unfiltered(&header, &lines).unwrap();
        let expected: [[u8; 6]; 5] = [
            [10, 20, 30, 1, 2, 250],
            [10, 20, 30, 11, 22, 24],
            [20, 40, 60, 12, 24, 18],
            [20, 40, 60, 17, 34, 33],
            [30, 60, 90, 31, 62, 54],
        ];
        let found: Vec<&[u8]> = bare.chunks(7).map(|line| &line[1..]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_smaller_picture_holds_the_same() {
        let before = picture();
        let after = smaller(&before).unwrap();
        assert!(after.len() < before.len());
        // Once more changes nothing.
        assert_eq!(smaller(&after).unwrap(), after);
        assert!(smaller(b"GIF89a").is_none());
    }
}
