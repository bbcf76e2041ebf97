//! The style of what is fetched when it is first shown: a stylesheet of its own, so
//! that the first page does not wait for it. `index.html` names it, disabled; a
//! disabled stylesheet is not fetched (HTML, 4.2.4.3).

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlLinkElement;

use crate::part::NotFetched;

/// Its link in the page's head; none in pages that tests make.
fn link() -> Option<HtmlLinkElement> {
    document().get_element_by_id("later-style")?.dyn_into().ok()
}

/// Fetches it, unless it is here or on its way.
pub fn begin() {
    if let Some(link) = link().filter(HtmlLinkElement::disabled) {
        link.set_disabled(false);
    }
}

/// Waits until it is here.
pub async fn ready() -> Result<(), NotFetched> {
    let Some(link) = link().filter(|link| link.sheet().is_none()) else { return Ok(()) };
    let loaded = Promise::new(&mut |resolve, reject| {
        // Both exist on every element.
        let _heard = link.add_event_listener_with_callback("load", &resolve);
        let _heard = link.add_event_listener_with_callback("error", &reject);
    });
    JsFuture::from(loaded).await.map(|_| ()).map_err(|_| {
        // So that trying again fetches it again.
        link.set_disabled(true);
        NotFetched
    })
}
