//! Files that are to be sent, kept so that a reload does not lose them. A browser that
//! keeps none sends them all the same while the page is there.

use wasm_bindgen::JsCast;
use web_sys::{Blob, IdbObjectStore, IdbTransactionMode};

use super::indexed::{finished, open, store_of};

/// A database of their own: texts are written in moments, files are not.
const DATABASE: &str = "casement-files";
const STORE: &str = "files";

/// The file kept under a key.
pub async fn get(key: &str) -> Option<Blob> {
    let request = store(IdbTransactionMode::Readonly).await?.get(&key.into()).ok()?;
    finished(&request).await?.dyn_into().ok()
}

/// Keeps a file, if the browser does.
pub async fn put(key: &str, file: &Blob) {
    if let Some(store) = store(IdbTransactionMode::Readwrite).await
        && let Ok(request) = store.put_with_key(file, &key.into())
    {
        finished(&request).await;
    }
}

/// Forgets a file.
pub async fn forget(key: &str) {
    if let Some(store) = store(IdbTransactionMode::Readwrite).await
        && let Ok(request) = store.delete(&key.into())
    {
        finished(&request).await;
    }
}

async fn store(mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    store_of(&open(DATABASE, STORE).await?, STORE, mode)
}
