//! Small settings of this browser: how it looks, which keys work, whether it notifies. Unlike drafts
//! they must be there before the first paint, so they are in the local storage.

use leptos::prelude::{document, window};

/// `boot.js` reads it, too.
const THEME: &str = "casement-theme";
const SINGLE_KEYS: &str = "casement-single-keys";
const BROWSER_NOTIFICATIONS: &str = "casement-browser-notifications";

/// Light, dark, or as the system is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in the page and in the storage.
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one chosen in this browser.
    pub fn chosen() -> Self {
        let kept = kept(THEME);
        Self::ALL.into_iter().find(|theme| kept.as_deref() == Some(theme.key())).unwrap_or_default()
    }

    /// Shows it, now and from now on.
    pub fn choose(self) {
        keep(THEME, self.key());
        if let Some(root) = document().document_element() {
            // Fails only for names that are none.
            let _set = root.set_attribute("data-theme", self.key());
        }
    }
}

/// Whether keys without Ctrl or ⌘ do something.
pub fn single_keys() -> bool {
    kept(SINGLE_KEYS).as_deref() != Some("off")
}

/// Whether the person chose notifications of this browser's own.
pub fn browser_notifications() -> bool {
    kept(BROWSER_NOTIFICATIONS).as_deref() == Some("on")
}

/// Chooses them, or no longer.
pub fn set_browser_notifications(on: bool) {
    keep(BROWSER_NOTIFICATIONS, if on { "on" } else { "off" });
}

/// Switches them.
pub fn set_single_keys(on: bool) {
    keep(SINGLE_KEYS, if on { "on" } else { "off" });
}

/// What is kept under a key; nothing where the browser keeps nothing.
pub fn kept(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Keeps something under a key, where the browser does.
pub fn keep(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _kept = storage.set_item(key, value);
    }
}
