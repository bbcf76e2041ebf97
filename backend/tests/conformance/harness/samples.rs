//! Files of every kind, as small as they can be.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A file with its name.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Sample {
    /// A file of a name.
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }

    /// A text.
    pub fn text(name: &str) -> Self {
        Self::new(name, "first line\nsecond line\n")
    }

    /// The beginning of a picture: no more of it is looked at.
    pub fn png(name: &str) -> Self {
        Self::new(name, b"\x89PNG\r\n\x1a\n and pixels".as_slice())
    }

    /// A ZIP archive of files by their paths.
    pub fn zip(name: &str, paths: &[&str]) -> Self {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for path in paths {
            if path.ends_with('/') {
                archive.add_directory(*path, stored).expect("a folder");
            } else {
                archive.start_file(*path, stored).expect("an entry");
                archive.write_all(b"content").expect("its bytes");
            }
        }
        Self::new(name, archive.finish().expect("an archive").into_inner())
    }

    /// A tar archive of files by their paths.
    pub fn tar(name: &str, paths: &[&str]) -> Self {
        let mut archive = tar::Builder::new(Vec::new());
        for path in paths {
            let mut header = tar::Header::new_gnu();
            header.set_size(7);
            header.set_mode(0o644);
            // Not `set_path`, which refuses what an attacker writes.
            header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_cksum();
            archive.append(&header, b"content".as_slice()).expect("an entry");
        }
        Self::new(name, archive.into_inner().expect("an archive"))
    }

    /// One of each kind that is taken.
    pub fn all() -> Vec<Self> {
        let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more".as_slice();
        vec![
            Self::new("old.doc", compound),
            Self::zip("new.docx", &["[Content_Types].xml", "word/document.xml"]),
            Self::new("old.xls", compound),
            Self::zip("new.xlsx", &["[Content_Types].xml", "xl/workbook.xml"]),
            Self::new("table.csv", "a;b\n1;2\n"),
            Self::text("plain.txt"),
            Self::new("paper.pdf", b"%PDF-1.7\n%%EOF".as_slice()),
            Self::new("screen.bmp", b"BM and pixels".as_slice()),
            Self::new("photo.jpg", b"\xff\xd8\xff\xe0 and pixels".as_slice()),
            Self::new("photo.JPEG", b"\xff\xd8\xff\xe1 and pixels".as_slice()),
            Self::png("screen.png"),
            Self::tar("files.tar", &["a.txt"]),
            Self::zip("files.zip", &["a.txt"]),
        ]
    }
}
