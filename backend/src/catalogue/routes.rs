//! `/catalogue`: the case types.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{Problem, catalogue::Catalogue};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

/// The catalogue is for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(catalogue))
}

/// The case types
///
/// Complete: the closing questions are part of every type. Answered with an
/// `ETag`, so that a browser that has it downloads nothing.
#[utoipa::path(get, path = "/catalogue", tag = "catalogue", responses(
    (status = 200, body = Catalogue),
    (status = 304, description = "Unchanged"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn catalogue(State(app): State<App>, headers: HeaderMap) -> Response {
    let catalogue = app.catalogue.get();
    let tag = format!("\"{}\"", catalogue.version);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Json(&*catalogue).into_response() };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}
