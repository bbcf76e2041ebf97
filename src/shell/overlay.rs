//! Which overlay is open.

use leptos::prelude::*;

/// Something that opens over any page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Finds pages, actions and cases.
    Palette,
    /// Lists the keys.
    Keys,
    /// Language, appearance, keys.
    Preferences,
}

impl Overlay {
    /// Provides the signal that says which one is open: at most one is.
    pub fn provide() {
        provide_context(RwSignal::new(None::<Self>));
    }

    /// The page's signal.
    pub fn here() -> RwSignal<Option<Self>> {
        expect_context()
    }

    /// Its name in ids.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Palette => "palette",
            Self::Keys => "keys",
            Self::Preferences => "preferences",
        }
    }
}
