//! What opens over any page by a key or from the account menu: the command palette,
//! the list of keys, the preferences. Fetched when first opened.

mod commands;
mod keys;
mod palette;
mod preferences;

use leptos::prelude::*;
use ui::Dialog;

use crate::{
    part::fetched_part,
    shell::{Build, Overlay, fetched},
};

fetched_part! { overlays: fn overlay_part(overlay: Overlay) -> Build { Box::new(move || overlay_view(overlay)) } }

/// The overlay that is open, if one is.
pub fn overlays() -> AnyView {
    let open = Overlay::here();
    ui::shown(move || {
        open.get().map(|overlay| fetched(move || Box::pin(overlay_part(overlay)), || ().into_any()))
    })
}

fn overlay_view(overlay: Overlay) -> AnyView {
    let shown = Overlay::here();
    let open = RwSignal::new(true);
    // Closing the dialog gives the focus back; only then may it go. By then another
    // may have been opened.
    ui::watch(move || {
        if !open.get() && shown.get_untracked() == Some(overlay) {
            shown.set(None);
        }
    });
    let title = match overlay {
        Overlay::Palette => texts::palette::title(),
        Overlay::Keys => texts::keys::title(),
        Overlay::Preferences => texts::preferences::title(),
    };
    view! {
        <Dialog open=open id=format!("overlay-{}", overlay.key()) title=title>
            {match overlay {
                Overlay::Palette => view! { <palette::Palette open=open/> }.into_any(),
                Overlay::Keys => keys::keys(),
                Overlay::Preferences => view! { <preferences::PreferencesForm open=open/> }.into_any(),
            }}
        </Dialog>
    }
    .into_any()
}
