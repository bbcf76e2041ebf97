//! Pages that need no portal: they load nothing, run nothing, and their style stands in them.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Html,
};
use texts::Language;

use crate::{
    export::{element, escaped, wrapped},
    http::PAGE_HEADERS,
};

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";
const STYLE: &str = ":root{color-scheme:light dark}\
    body{font:1rem/1.5 system-ui,sans-serif;max-inline-size:70rem;margin:0 auto;padding:1rem}\
    ul{list-style:none;padding:0}li{border-block-end:1px solid #8888;padding-block:.5rem}\
    li a{display:inline-block;min-block-size:24px;overflow-wrap:anywhere}\
    pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8888;border-radius:6px;padding:1rem}\
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}\
    dd{margin:0;overflow-wrap:anywhere}p a{display:inline-block;min-block-size:24px}\
    button{font:inherit;font-weight:600;min-block-size:2.5rem;padding-inline:1rem;cursor:pointer}";

/// A page as it is answered.
pub type Shown = ([(HeaderName, &'static str); 2], [(HeaderName, HeaderValue); 3], Html<String>);

/// Any HTML as a page.
pub fn shown(html: String) -> Shown {
    (
        [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")],
        PAGE_HEADERS,
        Html(html),
    )
}

/// A page of a title and the HTML below it, in the language spoken.
pub fn page(title: &str, body: &str) -> Shown {
    let head = format!(
        "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">{}{}",
        element("title", title),
        wrapped("style", STYLE)
    );
    let (head, body) = (wrapped("head", &head), wrapped("body", &wrapped("main", body)));
    let language = escaped(&texts::spoken().tag);
    shown(format!("<!doctype html><html lang=\"{language}\">{head}{body}</html>"))
}

/// The same in English, whatever is spoken.
pub fn english_page(title: &str, body: &str) -> Shown {
    texts::speaking(Language::english(), || page(title, body))
}
