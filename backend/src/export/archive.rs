//! The archive, written while it is sent: however many files a case has, only a few
//! pieces of them are in memory.

use std::io::{self, BufWriter, Write};

use axum::body::{Body, Bytes};
use contract::export::CaseExport;
use futures_util::{StreamExt, stream};
use tokio::{runtime::Handle, sync::mpsc};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::attachments::Storage;

/// How large the pieces are that are sent, in bytes.
const PIECE: usize = 64 * 1024;
/// How many pieces wait to be sent, at most.
const WAITING: usize = 4;

/// The case's folder in an archive: the texts by their names, and the files.
pub fn archive(storage: Storage, export: CaseExport, texts: Vec<(&'static str, String)>) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(WAITING);
    let handle = Handle::current();
    tokio::task::spawn_blocking(move || {
        let pieces = BufWriter::with_capacity(PIECE, Pieces(sender.clone()));
        if let Err(error) = write(pieces, &handle, &storage, &export, &texts) {
            tracing::warn!(%error, "an export broke off");
            // Whoever reads it must not take it for whole.
            let _told = sender.blocking_send(Err(error));
        }
    });
    let pieces = stream::unfold(receiver, |mut receiver| async { Some((receiver.recv().await?, receiver)) });
    Body::from_stream(pieces)
}

/// What is written goes to whoever reads the answer.
struct Pieces(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(piece)));
        sent.map(|()| piece.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(
    pieces: impl Write,
    handle: &Handle,
    storage: &Storage,
    export: &CaseExport,
    texts: &[(&'static str, String)],
) -> io::Result<()> {
    let folder = export.record.summary.number;
    // Stored, not compressed: most files are already.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = ZipWriter::new_stream(pieces);
    for (name, text) in texts {
        archive.start_file(format!("{folder}/{name}"), options)?;
        archive.write_all(text.as_bytes())?;
    }
    for file in &export.attachments {
        archive.start_file(format!("{folder}/{}", file.path), options)?;
        let id = file.attachment.file.id.to_string();
        let mut bytes = handle.block_on(storage.get(&id, None)).map_err(io::Error::other)?.into_stream();
        while let Some(piece) = handle.block_on(bytes.next()) {
            archive.write_all(&piece.map_err(io::Error::other)?)?;
        }
    }
    archive.finish()?.flush()
}
