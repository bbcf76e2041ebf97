//! Where on the page the caret of a text area is. Browsers do not say; a copy of the
//! text as far as the caret, laid out alike, does.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

/// What decides how the text is laid out.
const LAYOUT: [&str; 19] = [
    "box-sizing",
    "inline-size",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
    "border-top-width",
    "border-right-width",
    "border-bottom-width",
    "border-left-width",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "letter-spacing",
    "line-height",
    "tab-size",
    "direction",
    "text-align",
];

/// Where the caret's line ends downwards and where it stands across, in pixels from the
/// area's upper left corner.
pub fn place(area: &HtmlTextAreaElement, before: &str) -> (f64, f64) {
    measure(area, before).unwrap_or_default()
}

fn measure(area: &HtmlTextAreaElement, before: &str) -> Option<(f64, f64)> {
    let style = window().get_computed_style(area).ok()??;
    let copy = document().create_element("div").ok()?.dyn_into::<HtmlElement>().ok()?;
    for (name, value) in [
        ("position", "absolute"),
        ("visibility", "hidden"),
        ("white-space", "pre-wrap"),
        ("overflow-wrap", "break-word"),
        ("border-style", "solid"),
        ("inset", "0 auto auto 0"),
    ] {
        copy.style().set_property(name, value).ok()?;
    }
    for name in LAYOUT {
        copy.style().set_property(name, &style.get_property_value(name).ok()?).ok()?;
    }
    copy.set_text_content(Some(before));
    let mark = document().create_element("span").ok()?.dyn_into::<HtmlElement>().ok()?;
    mark.set_text_content(Some("."));
    copy.append_child(&mark).ok()?;
    let parent = area.parent_element()?;
    parent.append_child(&copy).ok()?;
    let down = mark.offset_top() + mark.offset_height() - area.scroll_top();
    let across = mark.offset_left();
    copy.remove();
    Some((f64::from(down.min(area.offset_height())), f64::from(across)))
}
