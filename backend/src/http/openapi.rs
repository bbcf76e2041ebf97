//! The OpenAPI document, made from the handlers.

use axum::{Json, Router, routing::get};
use utoipa::{
    OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use super::router::{closed, open};
use crate::app::App;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Casement",
        description = "The REST contract between Casement's portal and its backend. Conventions: docs/contract.md.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(contract::live::LiveEvent, contract::markdown::Inline, contract::Problem)),
    security(("session" = [])),
)]
struct Description;

/// The whole document.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let router: OpenApiRouter<App> = OpenApiRouter::with_openapi(Description::openapi());
    let mut document = router.nest("/api/v1", open().merge(closed())).into_openapi();
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("casement")));
    document.components.get_or_insert_default().add_security_scheme("session", cookie);
    document
}

/// The document as it is committed: JSON, indented, with a line end.
///
/// # Errors
/// It cannot be written as JSON.
pub fn as_text() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&document())? + "\n")
}

/// Serves the document.
pub fn routes() -> Router<App> {
    Router::new().route("/openapi.json", get(|| async { Json(document()) }))
}
