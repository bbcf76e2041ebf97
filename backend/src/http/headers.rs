//! Headers that every answer carries, and those of pages.

use axum::http::{HeaderName, HeaderValue, header};
use tower_http::set_header::SetResponseHeaderLayer;

/// What pages may load: our own files, nothing inline, nothing from elsewhere. A PDF is
/// shown in a frame, from an address that only the page itself has made.
/// `wasm-unsafe-eval` permits compiling WebAssembly and no `eval`. Trusted Types are
/// left out: Leptos makes the fixed parts of a page from HTML of its own macros.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' blob:; frame-src blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What everything else may load should somebody open it as a page: nothing. Short, as
/// each answer of the first load carries it.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// What else pages carry: what they may not ask for, that nobody elsewhere learns which case
/// is read, and that no window elsewhere keeps a hold on them. It means something on pages
/// alone, and only they carry it.
pub const PAGE_HEADERS: [(HeaderName, HeaderValue); 3] = [
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// The headers as layers, strictest values first; a handler's own value stands.
#[must_use]
pub fn security_headers() -> [SetResponseHeaderLayer<HeaderValue>; 3] {
    [
        layer(header::CONTENT_SECURITY_POLICY, POLICY),
        layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        layer(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ]
}

fn layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
