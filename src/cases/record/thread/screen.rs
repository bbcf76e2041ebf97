//! Where things are on the screen.

use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, FocusOptions, HtmlElement, VisibilityState};

/// What stands above the conversation while it scrolls, with some air, in pixels.
const AIR: f64 = 16.0;
/// How much of the screen the conversation gets when its end is shown; below it is
/// where one answers.
const SHARE: f64 = 0.62;

/// The element of an entry.
pub fn entry(id: Uuid) -> Option<Element> {
    document().get_element_by_id(&format!("entry-{id}"))
}

/// Where an element is.
pub fn rect(id: &str) -> Option<DomRect> {
    Some(document().get_element_by_id(id)?.get_bounding_client_rect())
}

/// The height of the window, in pixels.
pub fn height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Scrolls by so many pixels, at once.
pub fn scroll_by(pixels: f64) {
    if pixels.abs() >= 1.0 {
        window().scroll_by_with_x_and_y(0.0, pixels);
    }
}

/// Where the bars end that cover the top of the window.
fn covered() -> f64 {
    let below = |selector: &str| {
        let bar = document().query_selector(selector).ok().flatten()?;
        Some(bar.get_bounding_client_rect().height())
    };
    below(".bar").unwrap_or_default() + below(".thread-tools").unwrap_or_default() + AIR
}

/// Brings the top of something right below the bars, unless it is well on the screen.
pub fn show_top(top: f64) {
    let covered = covered();
    if top < covered || top > height() * SHARE {
        scroll_by(top - covered);
    }
}

/// Brings the end of the conversation on the screen, with room to answer below it; a
/// last entry that is higher than the screen is shown from its top.
pub fn show_end(last: &Element, end: f64) {
    let (covered, share) = (covered(), height() * SHARE);
    let top = last.get_bounding_client_rect().top();
    if end - top > share - covered {
        scroll_by(top - covered);
    } else {
        scroll_by(end - share);
    }
}

/// Moves the focus to an element without scrolling.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // Fails only for an element out of the page.
        let _focused = element.focus_with_options(&options);
    }
}

/// What has the focus, where that lies within an element.
pub fn focused_within(selector: &str) -> Option<Element> {
    document().active_element().filter(|focused| focused.closest(selector).ok().flatten().is_some())
}

/// Gives the focus back to what lost it, if that is still on the page.
pub fn focus_again(element: &Element) {
    if element.is_connected() && document().active_element().as_ref() != Some(element) {
        focus(element);
    }
}

/// Whether the person has the page before them.
pub fn is_looked_at() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Whether the focus is within an element.
pub fn has_focus(selector: &str) -> bool {
    focused_within(selector).is_some()
}

/// Whether the browser itself keeps what is on the screen in its place when something
/// above it grows. Those that do also know of wheels and fingers at work.
pub fn anchors_itself() -> bool {
    let css = js_sys::Reflect::get(&window(), &"CSS".into()).unwrap_or_default();
    let supports = js_sys::Reflect::get(&css, &"supports".into()).ok();
    let supports = supports.and_then(|value| value.dyn_into::<js_sys::Function>().ok());
    supports
        .and_then(|supports| supports.call2(&css, &"overflow-anchor".into(), &"auto".into()).ok())
        .is_some_and(|answer| answer.is_truthy())
}
