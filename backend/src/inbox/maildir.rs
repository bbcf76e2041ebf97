//! The folder that a mail server delivers to, as a Maildir: whole files appear in `new`,
//! and move to `cur` when they were looked at.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    incoming::{Expected, Incoming, LARGEST, NotTaken},
    join::{Joined, join},
    returned,
};
use crate::{
    app::App,
    http::ApiError,
    mail::{Delivery, Sender},
};

/// How often to look.
const EVERY: Duration = Duration::from_secs(5);

/// The folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the folder of mails cannot be used: {0}")]
pub struct InboxError(#[from] io::Error);

/// Reads the mails of a folder.
#[derive(Clone)]
pub struct Inbox {
    /// The portal.
    pub app: App,
    /// The Maildir.
    pub folder: PathBuf,
    /// What is known of mails beforehand.
    pub expected: Expected,
    /// Whom answers come from.
    pub sender: Sender,
    /// The way they take.
    pub delivery: Delivery,
}

impl Inbox {
    /// Reads mails as they appear, for as long as the program runs.
    pub async fn work(self) {
        loop {
            if let Err(error) = self.round().await {
                tracing::warn!(%error, "mails that came in will be looked at again");
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Looks at every mail in the folder once, in the order of their names, and tells what
    /// became of those that need not be looked at again.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub async fn round(&self) -> Result<Vec<(String, Result<(), NotTaken>)>, InboxError> {
        for folder in ["new", "cur", "tmp"] {
            tokio::fs::create_dir_all(self.folder.join(folder)).await?;
        }
        let mut outcomes = Vec::new();
        for name in self.names().await? {
            match self.take(&self.folder.join("new").join(&name)).await {
                Ok(outcome) => {
                    if let Err(why) = outcome {
                        tracing::info!(mail = name, %why, "a mail joined no case");
                    }
                    self.put_away(&name, outcome).await?;
                    outcomes.push((name, outcome));
                }
                // It stays where it is for the next time.
                Err(error) => tracing::warn!(mail = name, %error, "a mail will be looked at again"),
            }
        }
        Ok(outcomes)
    }

    async fn names(&self) -> Result<Vec<String>, InboxError> {
        let mut names = Vec::new();
        let mut folder = tokio::fs::read_dir(self.folder.join("new")).await?;
        while let Some(entry) = folder.next_entry().await? {
            // What is no file, such as a pipe, might never end.
            if entry.file_type().await?.is_file() {
                names.extend(entry.file_name().into_string());
            }
        }
        names.sort();
        Ok(names)
    }

    async fn take(&self, file: &Path) -> Result<Result<(), NotTaken>, ApiError> {
        let raw = match self.bytes(file).await {
            Ok(Some(raw)) => raw,
            Ok(None) => return Ok(Err(NotTaken::TooLarge)),
            Err(error) => {
                tracing::warn!(%error, "a mail cannot be read from its folder");
                return Ok(Err(NotTaken::Broken));
            }
        };
        let mail = match self.read(raw).await {
            Ok(mail) => mail,
            Err(why) => return Ok(Err(why)),
        };
        match join(&self.app, mail).await? {
            Joined::Message => Ok(Ok(())),
            Joined::No(why) => Ok(Err(why)),
            Joined::Returned { why, number, to } => {
                if let Err(error) = returned::send(&self.sender, &self.delivery, why, number, &to).await {
                    tracing::warn!(%error, "nobody could be told that a mail joined no case");
                }
                Ok(Err(why))
            }
        }
    }

    async fn bytes(&self, file: &Path) -> io::Result<Option<Vec<u8>>> {
        if tokio::fs::metadata(file).await?.len() > LARGEST {
            return Ok(None);
        }
        tokio::fs::read(file).await.map(Some)
    }

    async fn read(&self, raw: Vec<u8>) -> Result<Incoming, NotTaken> {
        let expected = self.expected.clone();
        let reading = tokio::task::spawn_blocking(move || Incoming::read(raw, expected));
        reading.await.unwrap_or(Err(NotTaken::Broken))
    }

    /// Marks what joined as seen, and the rest as flagged, for whoever looks after the folder.
    async fn put_away(&self, name: &str, outcome: Result<(), NotTaken>) -> Result<(), InboxError> {
        let flag = if outcome.is_ok() { "S" } else { "F" };
        let to = self.folder.join("cur").join(format!("{name}:2,{flag}"));
        match tokio::fs::rename(self.folder.join("new").join(name), to).await {
            // Another process put it away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            moved => Ok(moved?),
        }
    }
}
