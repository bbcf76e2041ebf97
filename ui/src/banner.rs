//! A message that stands in the page until it no longer holds.

use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// What a banner is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Something went well or waits for a yes.
    Good,
    /// To be read before going on.
    Warning,
    /// Something failed.
    Danger,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "banner",
            Self::Good => "banner banner-good",
            Self::Warning => "banner banner-warning",
            Self::Danger => "banner banner-danger",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Good => Icon::Check,
            Self::Warning | Self::Danger => Icon::Warning,
        }
    }
}

/// A message in the page. One that appears in answer to something the person did
/// is `live`: screen readers are told at once.
#[component]
pub fn Banner(
    /// What it is about.
    #[prop(optional)]
    tone: Tone,
    /// Whether it is said aloud when it appears.
    #[prop(optional)]
    live: bool,
    /// The message, and what can be done.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=tone.class() role=live.then_some("alert")>
            <Glyph icon=tone.icon()/>
            <div class="banner-body">{children()}</div>
        </div>
    }
}
