//! Placeholder: the portal's pages are being written.
use leptos::prelude::*;

fn main() {
    leptos::mount::mount_to_body(|| view! { <p>"Casement"</p> });
}
