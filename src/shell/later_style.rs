//! The style of what is fetched when it is first shown: a stylesheet of its own, so
//! that the first page does not wait for it. `index.html` has its link in a template,
//! where nothing is fetched (HTML, 4.12.3); Chromium's preload scanner fetches a
//! stylesheet that is only disabled.

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlLinkElement, HtmlTemplateElement};

use crate::part::NotFetched;

/// The link's class once it is in the page's head.
const CLASS: &str = "later-style";

fn link() -> Option<HtmlLinkElement> {
    document().query_selector(&format!("head > .{CLASS}")).ok()??.dyn_into().ok()
}

/// Fetches it, unless it is here or on its way.
pub fn begin() {
    if link().is_none() {
        put_into_head();
    }
}

/// Pages that tests make have no template.
fn put_into_head() -> Option<()> {
    let template: HtmlTemplateElement = document().get_element_by_id("later-style")?.dyn_into().ok()?;
    let link = template.content().first_element_child()?.clone_node().ok()?;
    let link: HtmlLinkElement = link.dyn_into().ok()?;
    link.set_class_name(CLASS);
    document().head()?.append_child(&link).ok().map(|_| ())
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
        link.remove();
        NotFetched
    })
}
