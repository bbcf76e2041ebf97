//! Texts by key, in IndexedDB.
//!
//! Nothing here can stop a page from working: a browser that keeps nothing (a
//! private window, a full disk) behaves as if nothing had been kept.

use std::cell::RefCell;

use js_sys::Array;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransactionMode};

use super::{
    indexed::{finished, open, store_of},
    settings,
};

const DATABASE: &str = "casement";
const STORE: &str = "kept";

thread_local! {
    /// Open for as long as the page is, so that a write on leaving needs no wait.
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// The text kept under a key.
pub async fn get(key: &str) -> Option<String> {
    if let Some(text) = late(key) {
        put(key, Some(&text)).await;
        return Some(text);
    }
    let request = store(IdbTransactionMode::Readonly).await?.get(&key.into()).ok()?;
    finished(&request).await?.as_string()
}

/// Whether any key starts with a prefix.
pub async fn any(prefix: &str) -> bool {
    let counted = async {
        let request = store(IdbTransactionMode::Readonly).await?.count_with_key(&within(prefix)?).ok()?;
        finished(&request).await?.as_f64()
    };
    counted.await.is_some_and(|count| count > 0.0)
}

/// The range of the keys that start with a prefix.
fn within(prefix: &str) -> Option<JsValue> {
    IdbKeyRange::bound(&prefix.into(), &format!("{prefix}\u{ffff}").into()).ok().map(JsValue::from)
}

/// Every key that starts with a prefix.
pub async fn keys(prefix: &str) -> Vec<String> {
    let found = async {
        let request =
            store(IdbTransactionMode::Readonly).await?.get_all_keys_with_key(&within(prefix)?).ok()?;
        finished(&request).await
    };
    let found = found.await.map(|found| Array::from(&found)).unwrap_or_default();
    let mut keys = late_keys(prefix);
    keys.extend(found.iter().filter_map(|key| key.as_string()));
    keys.sort();
    keys.dedup();
    keys
}

/// Keeps a text, or with `None` forgets it, and waits until that is done.
pub async fn put(key: &str, text: Option<&str>) {
    if OPEN.with_borrow(Option::is_none) {
        // Opens it; the write below then finds it open.
        let _opened = store(IdbTransactionMode::Readonly).await;
    }
    if let Some(request) = write(key, text) {
        finished(&request).await;
    }
}

/// Starts keeping a text without waiting, for a page that is about to go.
pub fn put_now(key: &str, text: Option<&str>) {
    if write(key, text).is_some() {
        return;
    }
    // Not open yet. The local storage takes it at once, until the text is asked for.
    match text {
        Some(text) => settings::keep(&late_key(key), text),
        None => forget_late(key),
    }
}

/// Keeps a text for a page that is going. What IndexedDB has not done by the time the
/// page is gone the browser may drop, so the local storage has it as well, until the
/// text is asked for.
pub fn put_leaving(key: &str, text: Option<&str>) {
    put_now(key, text);
    if let Some(text) = text {
        settings::keep(&late_key(key), text);
    }
}

const LATE: &str = "casement-late/";

fn late_key(key: &str) -> String {
    format!("{LATE}{key}")
}

fn late_keys(prefix: &str) -> Vec<String> {
    let Ok(Some(storage)) = window().local_storage() else { return Vec::new() };
    let names = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok()?);
    let late = names.filter_map(|name| name.strip_prefix(LATE).map(str::to_owned));
    late.filter(|key| key.starts_with(prefix)).collect()
}

fn late(key: &str) -> Option<String> {
    settings::kept(&late_key(key))
}

fn forget_late(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _gone = storage.remove_item(&late_key(key));
    }
}

fn write(key: &str, text: Option<&str>) -> Option<IdbRequest> {
    let store = OPEN.with_borrow(|open| store_of(open.as_ref()?, STORE, IdbTransactionMode::Readwrite))?;
    let request = match text {
        Some(text) => store.put_with_key(&text.into(), &key.into()),
        None => store.delete(&key.into()),
    };
    // What was put aside before is older than this.
    forget_late(key);
    // Without waiting for the request's event, which a page that is about to go never sees.
    #[expect(deprecated, reason = "web-sys marks it so without a reason; the standard does not")]
    let _committed = store.transaction().commit();
    request.ok()
}

async fn store(mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    if let Some(store) = OPEN.with_borrow(|open| store_of(open.as_ref()?, STORE, mode)) {
        return Some(store);
    }
    let database = open(DATABASE, STORE).await?;
    let store = store_of(&database, STORE, mode);
    OPEN.set(Some(database));
    store
}
