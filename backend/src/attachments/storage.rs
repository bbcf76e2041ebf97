//! Where the bytes are: a folder, or a bucket that speaks S3.

use std::{ops::Range, path::Path as Folder, sync::Arc};

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt};
use object_store::{
    GetOptions, GetRange, GetResult, ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3Builder,
    local::LocalFileSystem, path::Path,
};
use tokio::sync::Semaphore;

use crate::config::Bucket;

/// How many files are joined at once; each is held in memory meanwhile.
const JOINED_AT_ONCE: usize = 4;
/// The folder of pieces.
const PIECES: &str = "uploads";
/// The folder of whole files.
const WHOLE: &str = "attachments";

/// The bytes could not be stored or read.
#[derive(Debug, thiserror::Error)]
#[error("the files cannot be reached: {0}")]
pub struct StorageError(#[from] object_store::Error);

impl StorageError {
    /// Pieces of an upload are missing that were counted.
    pub(super) fn broken(upload: &str) -> Self {
        let path = format!("{PIECES}/{upload}");
        Self(object_store::Error::NotFound { path, source: "pieces are missing".into() })
    }
}

/// The store of bytes; cheap to clone.
#[derive(Clone)]
pub struct Storage {
    objects: Arc<dyn ObjectStore>,
    pub(super) joining: Arc<Semaphore>,
}

/// An object that may have no owner any more.
pub struct Stored {
    /// The id that its name holds.
    pub id: String,
    /// Whether it is a piece of a file rather than a whole one.
    pub piece: bool,
    path: Path,
    /// When it was stored.
    pub at: DateTime<Utc>,
}

impl Storage {
    /// Files in a folder.
    ///
    /// # Errors
    /// The folder cannot be used.
    pub fn folder(folder: &Folder) -> Result<Self, StorageError> {
        let files = LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true);
        Ok(Self::over(Arc::new(files)))
    }

    /// Files in a bucket.
    ///
    /// # Errors
    /// The settings of the bucket do not fit together.
    pub fn bucket(bucket: &Bucket) -> Result<Self, StorageError> {
        // Fails where another part of the program chose one already, which serves as well.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        // What is not set comes from the machine, as everywhere in the cloud.
        let mut builder = AmazonS3Builder::from_env()
            .with_bucket_name(&bucket.name)
            .with_region(&bucket.region)
            .with_allow_http(bucket.endpoint.as_deref().is_some_and(|at| at.starts_with("http://")));
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some((key, secret)) = bucket.access_key.as_ref().zip(bucket.secret_key.as_ref()) {
            builder = builder.with_access_key_id(key).with_secret_access_key(secret);
        }
        Ok(Self::over(Arc::new(builder.build()?)))
    }

    fn over(objects: Arc<dyn ObjectStore>) -> Self {
        Self { objects, joining: Arc::new(Semaphore::new(JOINED_AT_ONCE)) }
    }

    /// Keeps a piece of an upload that begins at `at`.
    ///
    /// # Errors
    /// The store refused.
    pub async fn put_piece(&self, upload: &str, at: u64, piece: Bytes) -> Result<(), StorageError> {
        self.objects.put(&piece_path(upload, at), PutPayload::from_bytes(piece)).await?;
        Ok(())
    }

    /// The first `size` bytes of an upload's pieces, in their order. A piece that was
    /// stored and not counted is followed by the one that was.
    ///
    /// # Errors
    /// The store refused.
    pub async fn join(&self, upload: &str, size: u64) -> Result<Vec<u8>, StorageError> {
        let mut whole = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        while (whole.len() as u64) < size {
            let piece = self.objects.get(&piece_path(upload, whole.len() as u64)).await?.bytes().await?;
            whole.extend_from_slice(&piece);
            if piece.is_empty() {
                break;
            }
        }
        Ok(whole)
    }

    /// Forgets the pieces of an upload.
    ///
    /// # Errors
    /// The store refused.
    pub async fn forget_pieces(&self, upload: &str) -> Result<(), StorageError> {
        let folder = Path::from_iter([PIECES, upload]);
        let pieces: Vec<Path> =
            self.objects.list(Some(&folder)).map_ok(|meta| meta.location).try_collect().await?;
        for piece in pieces {
            self.forget_path(&piece).await?;
        }
        Ok(())
    }

    /// Keeps a whole file.
    ///
    /// # Errors
    /// The store refused.
    pub async fn put(&self, id: &str, whole: Bytes) -> Result<(), StorageError> {
        self.objects.put(&whole_path(id), PutPayload::from_bytes(whole)).await?;
        Ok(())
    }

    /// A file, or a range of its bytes.
    ///
    /// # Errors
    /// The store refused, or has none.
    pub async fn get(&self, id: &str, range: Option<Range<u64>>) -> Result<GetResult, StorageError> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        Ok(self.objects.get_opts(&whole_path(id), options).await?)
    }

    /// All bytes of what was read, at most those of a file.
    ///
    /// # Errors
    /// The store refused.
    pub async fn all_of(&self, read: GetResult) -> Result<Bytes, StorageError> {
        Ok(read.bytes().await?)
    }

    /// Forgets a whole file.
    ///
    /// # Errors
    /// The store refused.
    pub async fn forget(&self, id: &str) -> Result<(), StorageError> {
        self.forget_path(&whole_path(id)).await
    }

    /// Everything that was stored before a moment: whole files, and pieces.
    ///
    /// # Errors
    /// The store refused.
    pub async fn stored_before(&self, moment: DateTime<Utc>) -> Result<Vec<Stored>, StorageError> {
        let all = self.objects.list(None).map_ok(move |meta| {
            let mut parts = meta.location.parts();
            let (folder, id) = (parts.next()?, parts.next()?);
            let (piece, id) = (folder.as_ref() == PIECES, id.as_ref().to_owned());
            (meta.last_modified < moment).then_some(Stored {
                id,
                piece,
                at: meta.last_modified,
                path: meta.location,
            })
        });
        Ok(all.try_filter_map(|stored| async move { Ok(stored) }).boxed().try_collect().await?)
    }

    /// Forgets an object that has no owner.
    ///
    /// # Errors
    /// The store refused.
    pub async fn forget_stored(&self, stored: &Stored) -> Result<(), StorageError> {
        self.forget_path(&stored.path).await
    }

    /// What is not there any more is forgotten.
    async fn forget_path(&self, path: &Path) -> Result<(), StorageError> {
        match self.objects.delete(path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn whole_path(id: &str) -> Path {
    Path::from_iter([WHOLE, id])
}

/// Twelve digits, so that pieces lie in their order for whoever looks.
fn piece_path(upload: &str, at: u64) -> Path {
    Path::from_iter([PIECES, upload, &format!("{at:012}")])
}
