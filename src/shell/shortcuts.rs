//! Keys that work on every page.
//!
//! Single keys never fire in fields, in dialogs or with modifiers, and can be switched
//! off (WCAG 2.2, 2.1.4).

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Overlay;
use crate::{local::settings, routes::Route};

/// The links that `j` and `k` go along.
const ROWS: &str = "#main .row a, #main .recent-list a";
/// Where a single key is a letter and not a command.
const FIELDS: &str = "input, textarea, select, [contenteditable]";
/// The search box of a page that has one.
const SEARCH: &str = "#main input[type=search]";

/// Listens until the present owner goes.
pub fn listen() {
    let overlay = Overlay::here();
    let navigate = use_navigate();
    let listener = window_event_listener(ev::keydown, move |event| {
        let done = match pressed(&event) {
            Some(Key::Palette) => {
                overlay.set(Some(Overlay::Palette));
                true
            }
            Some(Key::Single(key)) => {
                single(&key, overlay, &|route| navigate(&route.to_string(), Default::default()))
            }
            None => false,
        };
        if done {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

enum Key {
    /// Ctrl or ⌘ with K.
    Palette,
    /// A key by itself.
    Single(String),
}

fn pressed(event: &KeyboardEvent) -> Option<Key> {
    if event.is_composing() || query("dialog[open]").is_some() {
        return None;
    }
    let key = event.key();
    if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key() {
        return key.eq_ignore_ascii_case("k").then_some(Key::Palette);
    }
    let in_field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.matches(FIELDS) == Ok(true));
    let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    (plain && !in_field && settings::single_keys()).then_some(Key::Single(key))
}

/// Does what a key is for; whether it is for anything.
fn single(key: &str, overlay: RwSignal<Option<Overlay>>, go: &dyn Fn(Route)) -> bool {
    match key {
        "?" => overlay.set(Some(Overlay::Keys)),
        "c" => go(Route::NewCase),
        "/" => match query(SEARCH) {
            Some(search) => drop(search.focus()),
            None => overlay.set(Some(Overlay::Palette)),
        },
        "j" => return step(1),
        "k" => return step(-1),
        _ => return false,
    }
    true
}

fn query(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Moves the focus along the rows; whether there are any.
fn step(by: i32) -> bool {
    let Ok(rows) = document().query_selector_all(ROWS) else { return false };
    let count = rows.length();
    let focused = document().active_element();
    let at = (0..count).find(|index| {
        rows.get(*index).is_some_and(|row| focused.as_ref().is_some_and(|focused| **focused == row))
    });
    let next = match at {
        Some(at) => at.saturating_add_signed(by).min(count.saturating_sub(1)),
        None => 0,
    };
    let row = rows.get(next).and_then(|row| row.dyn_into::<HtmlElement>().ok());
    row.is_some_and(|row| row.focus().is_ok())
}
