//! Casement's portal: a single-page app over the REST backend.

mod account;
mod activities;
mod app;
mod assistant;
mod attaching;
mod cases;
mod home;
mod language;
mod local;
mod notifications;
mod overlays;
mod pages;
mod part;
mod people;
mod remote;
mod routes;
mod session;
mod shell;

use leptos::prelude::document;

/// The one that std brings is the larger download.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        leptos::logging::error!("{panic}");
        show_panic_panel();
    }));
    language::begin();
    leptos::mount::mount_to_body(app::App);
}

/// Shows the panel that index.html holds for this: nothing here can be trusted
/// to build one any more.
fn show_panic_panel() {
    if let Some(panel) = document().get_element_by_id("boot-failed") {
        // Fails only for an element that cannot be shown anyway.
        let _shown = panel.remove_attribute("hidden");
    }
}
