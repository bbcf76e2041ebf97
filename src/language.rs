//! The language the portal speaks: that of the account, else the one chosen in this
//! browser, else the first of the browser's that there is. `boot.js` fetches its texts
//! beside the wasm; English is there, except for what only later pages say.

use std::cell::RefCell;

use gloo_net::http::Request;
use js_sys::{Promise, Reflect};
use leptos::prelude::{document, window};
use texts::Language;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::{
    local::settings::{keep, kept},
    part::NotFetched,
};

/// Where the browser keeps what was chosen in it; `boot.js` reads it.
const CHOSEN: &str = "casement-language";

/// All of English.
const ENGLISH: &str = "/locales/en.json";

thread_local! {
    /// The texts on their way.
    static REST: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Fetches the texts that are not here from the beginning, unless they are here or on
/// their way.
pub fn fetch_rest() {
    if !texts::spoken().whole {
        drop(asked());
    }
}

/// Waits until all texts are here.
pub async fn rest() -> Result<(), NotFetched> {
    if texts::spoken().whole {
        return Ok(());
    }
    let file = JsFuture::from(asked()).await.ok().and_then(|file| file.as_string());
    if texts::spoken().whole {
        return Ok(());
    }
    let language = file.and_then(|file| Language::from_file(&file).ok()).ok_or_else(|| {
        // So that trying again fetches them again.
        REST.take();
        NotFetched
    })?;
    texts::speak(Box::leak(Box::new(language)));
    Ok(())
}

fn asked() -> Promise {
    let fetch = || {
        future_to_promise(async {
            let answer = Request::get(ENGLISH).send().await.map_err(|_| JsValue::NULL)?;
            answer.text().await.map(JsValue::from).map_err(|_| JsValue::NULL)
        })
    };
    REST.with_borrow_mut(|rest| rest.get_or_insert_with(fetch).clone())
}

/// Speaks the language whose texts `boot.js` fetched; English where it fetched none,
/// or those of another version.
pub fn begin() {
    let fetched =
        Reflect::get(&js_sys::global(), &"casementTexts".into()).ok().and_then(|text| text.as_string());
    if let Some(language) = fetched.and_then(|text| Language::from_file(&text).ok()) {
        // For as long as the page is.
        texts::speak(Box::leak(Box::new(language)));
    }
    if let Some(root) = document().document_element() {
        // Fails only for names that are none.
        let _set = root.set_attribute("lang", &texts::spoken().tag);
        let _set = root.set_attribute("dir", texts::language::direction());
    }
}

/// Whether a tag is of the language spoken.
pub fn is_spoken(tag: &str) -> bool {
    texts::spoken().tag == tag
}

/// Takes over the account's language, where it is another than the one spoken.
pub fn follow(account: Option<&str>) {
    if let Some(tag) = account.filter(|tag| !is_spoken(tag) && kept(CHOSEN).as_deref() != Some(*tag)) {
        choose(tag);
    }
}

/// Remembers a choice in this browser and shows the page anew in it. What is being
/// written is kept, as with any reload.
pub fn choose(tag: &str) {
    // A browser that keeps nothing asks the account, or begins in its own language.
    keep(CHOSEN, tag);
    let _reloads = window().location().reload();
}
