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

/// What pages may not ask for. It means something on pages alone, and only they carry it.
pub const PERMISSIONS: (HeaderName, HeaderValue) = (
    HeaderName::from_static("permissions-policy"),
    HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
);

/// The headers as layers, strictest values first; a handler's own value stands.
#[must_use]
pub fn security_headers() -> [SetResponseHeaderLayer<HeaderValue>; 5] {
    [
        layer(header::CONTENT_SECURITY_POLICY, POLICY),
        layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        layer(header::REFERRER_POLICY, "same-origin"),
        layer(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        layer(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ]
}

fn layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
