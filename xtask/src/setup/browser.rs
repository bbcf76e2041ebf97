//! The browser that components and journeys are tested in.

use super::{apt, programs};
use crate::error::Result;

/// Chromium and its driver, whatever their names here.
pub fn ensure() -> Result<()> {
    let browser = programs::any(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
    if browser && programs::any(&["chromedriver"]) {
        return Ok(());
    }
    apt::install("Chromium with chromedriver", &["chromium", "chromium-driver"])
}
