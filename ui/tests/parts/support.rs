//! A page to show parts on, and hands to work them.

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

/// A fresh place on the page with `view` in it.
pub fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Element {
    let place = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    mount_to(place.clone().unchecked_into::<HtmlElement>(), view).forget();
    place
}

/// The first element that fits.
pub fn find(place: &Element, selector: &str) -> Element {
    place
        .query_selector(selector)
        .unwrap()
        .unwrap_or_else(|| panic!("no {selector} in {}", place.inner_html()))
}

/// How many elements fit.
pub fn count(place: &Element, selector: &str) -> u32 {
    place.query_selector_all(selector).unwrap().length()
}

/// What stands in an element.
pub fn words(element: &Element) -> String {
    element.text_content().unwrap().trim().to_owned()
}

/// Presses a key; whether the browser would do with it what it does by itself.
pub fn press(element: &Element, key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    element.dispatch_event(&event).unwrap()
}

/// Replaces what an input holds.
pub fn type_into(element: &Element, text: &str) {
    element.unchecked_ref::<HtmlInputElement>().set_value(text);
    let init = EventInit::new();
    init.set_bubbles(true);
    element.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
}

/// Until what follows from it is on the page.
pub async fn settled() {
    leptos::task::tick().await;
    leptos::task::tick().await;
}
