//! The catalogue in use. A file that changes takes effect while the program runs.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use contract::catalogue::Catalogue;
use tokio::{sync::watch, time};

use super::{BUILT_IN, CatalogueError, load};

/// How often to look whether the file changed.
const EVERY: Duration = Duration::from_secs(2);

/// The catalogue in use; cheap to clone, the same for all clones.
#[derive(Clone)]
pub struct CurrentCatalogue(watch::Sender<Arc<Catalogue>>);

impl CurrentCatalogue {
    /// A catalogue to begin with.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self(watch::Sender::new(Arc::new(catalogue)))
    }

    /// The catalogue as it is now. A request asks once, so that it sees one and the
    /// same throughout.
    #[must_use]
    pub fn get(&self) -> Arc<Catalogue> {
        self.0.borrow().clone()
    }

    /// Takes changes of a file over for as long as the program runs. A catalogue that
    /// came with the program does not change.
    pub async fn follow(self, name_or_file: String) {
        if BUILT_IN.iter().any(|(name, _)| *name == name_or_file) {
            return;
        }
        let file = PathBuf::from(&name_or_file);
        let mut seen = stamp(&file);
        loop {
            time::sleep(EVERY).await;
            let now = stamp(&file);
            if now != seen {
                seen = now;
                self.take(&name_or_file, load(&name_or_file));
            }
        }
    }

    /// A good catalogue takes the place of the one in use; a bad one is logged with
    /// all its mistakes.
    fn take(&self, file: &str, loaded: Result<Catalogue, CatalogueError>) {
        match loaded {
            Ok(catalogue) if catalogue.version == self.get().version => {}
            Ok(catalogue) => {
                tracing::info!(file, version = catalogue.version, "the catalogue has changed");
                self.0.send_replace(Arc::new(catalogue));
            }
            Err(error) => {
                tracing::error!(
                    file,
                    "the catalogue has changed and cannot be used; the one before stays:\n{error}"
                );
            }
        }
    }
}

/// What tells one state of a file from the next; `None` while there is none.
fn stamp(file: &Path) -> Option<(SystemTime, u64)> {
    let known = file.metadata().ok()?;
    Some((known.modified().ok()?, known.len()))
}
