//! IndexedDB: a database with one object store, and its requests as futures.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode};

/// Opens a database, making it and its store if need be.
pub async fn open(database: &str, store: &'static str) -> Option<IdbDatabase> {
    let request = window().indexed_db().ok()??.open_with_u32(database, 1).ok()?;
    let upgraded = request.clone();
    let create = Closure::once_into_js(move || {
        if let Ok(database) = upgraded.result() {
            // Exists already only if this very upgrade ran before.
            let _created = database.unchecked_into::<IdbDatabase>().create_object_store(store);
        }
    });
    request.set_onupgradeneeded(Some(create.unchecked_ref()));
    finished(&request).await?.dyn_into().ok()
}

/// The store of a database, in a transaction of its own.
pub fn store_of(database: &IdbDatabase, store: &str, mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    database.transaction_with_str_and_mode(store, mode).ok()?.object_store(store).ok()
}

/// The result of a request; `None` where it failed.
pub async fn finished(request: &IdbRequest) -> Option<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.ok()?;
    request.result().ok()
}
