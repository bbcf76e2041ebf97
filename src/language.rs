//! The language the portal speaks: that of the account, else the one chosen in this
//! browser, else the first of the browser's that there is. `boot.js` fetches its texts
//! beside the wasm. English is there, except for what only later pages say, which
//! `boot.js` fetches, too.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, window};
use texts::Language;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{
    local::settings::{keep, kept},
    part::NotFetched,
};

/// Where the browser keeps what was chosen in it; `boot.js` reads it.
const CHOSEN: &str = "casement-language";

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
    let file = JsFuture::from(asked().ok_or(NotFetched)?).await.map_err(|_| NotFetched)?;
    if !texts::spoken().whole {
        let file = file.as_string().unwrap_or_default();
        let language = Language::from_file(&file).map_err(|_| NotFetched)?;
        texts::speak(Box::leak(Box::new(language)));
    }
    Ok(())
}

/// `boot.js` asks once.
fn asked() -> Option<Promise> {
    let ask = Reflect::get(&js_sys::global(), &"casementRest".into()).ok()?.dyn_into::<Function>().ok()?;
    ask.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()
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
