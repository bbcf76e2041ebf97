//! `/portal`: what the portal shows before anyone signs in.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{Problem, portal::PortalSettings};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, http::ApiError};

/// Where [`logo`] is.
const LOGO: &str = "/api/v1/portal/logo";
/// An SVG opened by itself is a document of this site. It gets no scripts and no rights.
const LOGO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// The settings are open to all.
pub fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(settings)).routes(routes!(logo))
}

/// This installation
#[utoipa::path(get, path = "/portal", tag = "portal", security(()), responses((status = 200, body = PortalSettings)))]
async fn settings(State(app): State<App>) -> Json<PortalSettings> {
    let settings = &app.settings;
    let branding = &settings.branding;
    Json(PortalSettings {
        product_name: settings.product_name.clone(),
        logo: branding.logo.is_some().then(|| LOGO.to_owned()),
        accent: branding.accent,
        contacts: branding.contacts.clone(),
        links: branding.links.clone(),
        demo_accounts: settings.demo_accounts.clone(),
    })
}

/// The logo
#[utoipa::path(get, path = "/portal/logo", tag = "portal", security(()), responses(
    (status = 200, description = "The image", content(("image/svg+xml"), ("image/png"))),
    (status = 304, description = "Unchanged"),
    (status = 404, body = Problem, description = "`not_found`: there is none"),
))]
async fn logo(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let logo = app.settings.branding.logo.as_ref().ok_or_else(ApiError::not_found)?;
    let head = [
        (header::ETAG, logo.etag.as_str()),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, LOGO_POLICY),
    ];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == logo.etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    Ok((head, [(header::CONTENT_TYPE, logo.media_type)], logo.bytes.clone()).into_response())
}
