//! How the operator wants the portal to look.

use contract::colour::Accent;
use leptos::prelude::*;
use ui::{Glyph, Icon};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    local::settings::{keep, kept},
    remote::portal::Settings,
};

/// The accent of the last visit, as CSS: it is there before the settings are.
const ACCENT: &str = "casement-accent";

/// Shows the accent of the last visit, and that of the settings once they are known.
pub fn follow_accent(settings: Settings) {
    show(&kept(ACCENT).unwrap_or_default());
    ui::watch(move || {
        let known = settings.with(|known| known.as_ref().map(|known| known.accent));
        if let Some(accent) = known {
            let css = accent.as_ref().map(Accent::css).unwrap_or_default();
            show(&css);
            keep(ACCENT, &css);
        }
    });
}

/// Sets custom properties on the root element. Through the CSSOM, which the content
/// security policy allows, unlike a `style` attribute.
fn show(css: &str) {
    let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        root.style().set_css_text(css);
    }
}

/// The logo, or what stands for it.
pub fn logo(settings: Settings) -> AnyView {
    ui::dynamic(move || match settings.with(|known| known.as_ref()?.logo.clone()) {
        Some(address) => view! { <img class="bar-logo" src=address alt=""/> }.into_any(),
        None => view! { <Glyph icon=Icon::Casement/> }.into_any(),
    })
}
