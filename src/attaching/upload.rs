//! Bringing the files of a tray to the backend, a few at a time.

use std::{future::Future, pin::Pin};

use contract::{ProblemCode, attachment::PIECE};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;
use web_sys::Blob;

use super::{
    chosen::{Chosen, Stage},
    tray::Tray,
};
use crate::{
    local::delivery::deliver,
    remote::{RemoteError, uploads},
};

/// How many files are on their way at a time: the browser has few connections, and
/// those that write wait for them as well.
const AT_ONCE: usize = 2;

impl Tray {
    /// Lets the next files go, where it is their turn.
    pub(super) fn start_next(self) {
        let files = self.files.try_get_untracked().unwrap_or_default();
        let under_way = files.iter().filter(|file| file.is_at(|stage| *stage == Stage::Uploading)).count();
        let waiting = files.into_iter().filter(|file| file.is_at(|stage| *stage == Stage::Queued));
        for next in waiting.take(AT_ONCE.saturating_sub(under_way)) {
            next.stage.set(Stage::Uploading);
            spawn_local(self.upload(next));
        }
    }

    async fn upload(self, chosen: Chosen) {
        let attempt = || -> Pin<Box<dyn Future<Output = Result<Option<Uuid>, RemoteError>>>> {
            Box::pin(self.bring(chosen.clone()))
        };
        let answer = deliver(self.remote, chosen.delivery.clone(), &chosen.pause, attempt).await;
        match answer {
            Some(Ok(Some(_))) => {
                chosen.stage.set(Stage::Arrived);
                self.keep(&chosen).await;
                self.let_go(&chosen).await;
            }
            Some(Err(_)) => chosen.stage.set(Stage::Failed),
            Some(Ok(None)) | None => {}
        }
        self.start_next();
    }

    /// Brings what is missing of a file; nothing where it was taken out meanwhile.
    async fn bring(self, chosen: Chosen) -> Result<Option<Uuid>, RemoteError> {
        let blob = self.blobs.try_with_value(|blobs| blobs.get(&chosen.id).cloned()).flatten();
        let Some(blob) = blob.filter(|_| self.holds(&chosen)) else { return Ok(None) };
        let (upload, mut at) = self.resume_or_begin(&chosen).await?;
        chosen.arrived.set(at);
        while at < chosen.size {
            if !self.holds(&chosen) {
                uploads::give_up(self.remote, upload).await;
                return Ok(None);
            }
            at = self.append(upload, at, &blob).await?;
            chosen.arrived.set(at);
        }
        Ok(Some(upload))
    }

    async fn resume_or_begin(self, chosen: &Chosen) -> Result<(Uuid, u64), RemoteError> {
        if let Some(upload) = chosen.upload.get_untracked()
            && let Some(at) = uploads::arrived(self.remote, upload).await?
        {
            return Ok((upload, at));
        }
        let upload = uploads::begin(self.remote, &chosen.name, chosen.size).await?;
        chosen.upload.set(Some(upload));
        self.keep(chosen).await;
        Ok((upload, 0))
    }

    async fn append(self, upload: Uuid, at: u64, blob: &Blob) -> Result<u64, RemoteError> {
        match uploads::append(self.remote, upload, at, &piece(blob, at)).await {
            // An answer was lost, or another page brings the same file.
            Err(error) if error.code() == Some(ProblemCode::UploadOffsetMismatch) => {
                uploads::arrived(self.remote, upload).await?.ok_or(error)
            }
            answer => answer,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "files are far smaller than 2^53 bytes")]
fn piece(blob: &Blob, at: u64) -> Blob {
    let piece = blob.slice_with_f64_and_f64(at as f64, (at + PIECE) as f64);
    // Fails for no range.
    piece.unwrap_or_else(|_| blob.clone())
}
