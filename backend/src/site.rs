//! The built portal, served by the same program.

use std::{convert::Infallible, path::Path};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::Response,
    routing::any_service,
};
use tower::{Service, util::BoxCloneSyncService};
use tower_http::services::{ServeDir, ServeFile};

use crate::http::{PAGE_HEADERS, PAGE_POLICY};

/// Serves the site's files, precompressed where the browser takes it, and
/// `index.html` for every page of the portal; 404 without a site.
pub fn service(site: Option<&Path>) -> BoxCloneSyncService<Request, Response, Infallible> {
    let router = match site {
        None => Router::new().fallback(|| async { StatusCode::NOT_FOUND }),
        Some(site) => {
            let index = ServeFile::new(site.join("index.html")).precompressed_br().precompressed_gzip();
            let files = ServeDir::new(site).precompressed_br().precompressed_gzip().fallback(index);
            Router::new().fallback_service(any_service(files)).layer(middleware::from_fn(cache_control))
        }
    };
    let mut router = router;
    BoxCloneSyncService::new(tower::service_fn(move |request: Request<Body>| router.call(request)))
}

/// Hashed files never change, everything else is asked for anew. A missing file
/// is 404 rather than a page.
async fn cache_control(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let name = path.rsplit('/').next().unwrap_or_default();
    // What is unchanged has no type, and the headers it comes with replace those it had.
    let unchanged = response.status() == StatusCode::NOT_MODIFIED;
    let is_page = (unchanged && (!name.contains('.') || name.ends_with(".html")))
        || response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page && name.contains('.') && !path.ends_with(".html") {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    if is_page {
        response.headers_mut().extend(PAGE_HEADERS);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    }
    let value = if !is_page && is_hashed(name) && response.status().is_success() {
        "max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    // The tag says it better, and nobody asks for a part of these files; each answer of the
    // first load counts.
    response.headers_mut().remove(header::LAST_MODIFIED);
    response.headers_mut().remove(header::ACCEPT_RANGES);
    response
}

/// Whether a file's name holds a content hash, as in `casement-0123456789abcdef.js`.
/// Trunk leaves leading zeros out, so it may be shorter.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.']).any(|part| part.len() >= 12 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn knows_hashed_names() {
        assert!(is_hashed("casement-3b2f9c1d4e5f6a7b.js"));
        assert!(is_hashed("casement-3b2f9c1d4e5f6a7b_bg.wasm"));
        assert!(is_hashed("casement-7cac88d240bfefd.css"));
        assert!(!is_hashed("boot.js"));
        assert!(!is_hashed("index.html"));
    }
}
