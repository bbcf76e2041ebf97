//! The gallery's own style, put on the page when it is first shown: the stylesheet
//! that is shipped has none of it.

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::CssStyleSheet;

const CSS: &str = include_str!("gallery.css");

thread_local! {
    static SHEET: Option<CssStyleSheet> = CssStyleSheet::new().ok().filter(|sheet| sheet.replace_sync(CSS).is_ok());
}

/// Adds it to the page's stylesheets, once.
pub fn put_on() {
    let name = "adoptedStyleSheets".into();
    let adopted = Reflect::get(&document(), &name).ok().and_then(|list| list.dyn_into::<Array>().ok());
    SHEET.with(|sheet| {
        if let (Some(sheet), Some(adopted)) = (sheet, adopted)
            && !adopted.includes(sheet, 0)
        {
            adopted.push(sheet);
        }
    });
}
