//! `/portal`: what the portal shows before anyone signs in.

use axum::{Json, extract::State};
use contract::portal::PortalSettings;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

/// The settings are open to all.
pub fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(settings))
}

/// This installation
#[utoipa::path(get, path = "/portal", tag = "portal", security(()), responses((status = 200, body = PortalSettings)))]
async fn settings(State(app): State<App>) -> Json<PortalSettings> {
    let settings = &app.settings;
    Json(PortalSettings {
        product_name: settings.product_name.clone(),
        demo_accounts: settings.demo_accounts.clone(),
    })
}
