//! The installation's settings.

use contract::portal::PortalSettings;

use leptos::prelude::{RwSignal, With};

use super::{Remote, RemoteError, request::Request};

/// The settings, once they are known; a context of all pages.
pub type Settings = RwSignal<Option<PortalSettings>>;

/// The product's name, before and after the settings are known.
pub fn product_name(settings: Settings) -> String {
    let name = settings.with(|known| known.as_ref().map(|known| known.product_name.clone()));
    name.unwrap_or_else(|| "Casement".to_owned())
}

/// Asks for the settings.
pub async fn settings(remote: Remote) -> Result<PortalSettings, RemoteError> {
    Request::get("/portal").read(remote).await
}
