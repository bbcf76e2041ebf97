//! What is in an archive, without unpacking it. Only names and sizes are read, so that
//! no archive can be too large unpacked.

use std::io::Cursor;

use contract::attachment::{ArchiveEntry, ArchiveListing, FileKind, LISTED_MAX, visible};
use tar::Archive;
use zip::ZipArchive;

/// The list of an archive's entries; nothing where it cannot be read, or the kind is none
/// of an archive.
pub fn list(kind: FileKind, bytes: &[u8]) -> Option<ArchiveListing> {
    match kind {
        FileKind::Zip => zipped(bytes),
        FileKind::Tar => tarred(bytes),
        _ => None,
    }
}

/// Whether a ZIP archive has an entry of that path.
pub fn has(bytes: &[u8], path: &str) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| archive.index_for_name(path).is_some())
}

fn zipped(bytes: &[u8]) -> Option<ArchiveListing> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let count = archive.len();
    let mut entries = Vec::with_capacity(count.min(LISTED_MAX));
    for index in 0..count.min(LISTED_MAX) {
        let file = archive.by_index_raw(index).ok()?;
        let path = visible(&String::from_utf8_lossy(file.name_raw()));
        entries.push(ArchiveEntry { path, size: file.size(), folder: file.is_dir() });
    }
    Some(ArchiveListing { entries, more: count > LISTED_MAX })
}

fn tarred(bytes: &[u8]) -> Option<ArchiveListing> {
    let mut archive = Archive::new(Cursor::new(bytes));
    let mut entries = Vec::new();
    for entry in archive.entries_with_seek().ok()? {
        let entry = entry.ok()?;
        if entries.len() == LISTED_MAX {
            return Some(ArchiveListing { entries, more: true });
        }
        let path = visible(&String::from_utf8_lossy(&entry.path_bytes()));
        let folder = entry.header().entry_type().is_dir();
        entries.push(ArchiveEntry { path, size: entry.size(), folder });
    }
    Some(ArchiveListing { entries, more: false })
}
