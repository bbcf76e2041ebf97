//! Keys to press.

use leptos::prelude::*;

/// Whether the keyboard is likely one of Apple's.
#[must_use]
pub fn is_mac() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iPhone", "iPad"].iter().any(|name| platform.starts_with(name))
}

/// Keys as they are written on the keyboard: those pressed together joined by `+`, one
/// after the other by a blank, as in `Mod+Enter` and `g c`. `Mod` is ⌘ on a Mac and
/// Ctrl elsewhere.
#[component]
pub fn Keys(
    /// The keys.
    press: &'static str,
) -> impl IntoView {
    let mac = is_mac();
    let strokes = press.split(' ').map(|stroke| {
        let keys = stroke.split('+').map(|key| view! { <kbd>{face(key, mac)}</kbd> " " }).collect_view();
        view! { <span>{keys}</span> }
    });
    view! { <span class="key-hint">{strokes.collect_view()}</span> }.into_any()
}

fn face(key: &'static str, mac: bool) -> &'static str {
    match (key, mac) {
        ("Mod", true) => "⌘",
        ("Mod", false) => texts::ui::key_control(),
        ("Alt", true) => "⌥",
        ("Shift", true) => "⇧",
        ("Shift", false) => texts::ui::key_shift(),
        ("Enter", true) => "↵",
        ("Enter", false) => texts::ui::key_enter(),
        ("Escape", _) => texts::ui::key_escape(),
        ("ArrowUp", _) => "↑",
        ("ArrowDown", _) => "↓",
        ("ArrowLeft", _) => "←",
        ("ArrowRight", _) => "→",
        (other, _) => other,
    }
}
