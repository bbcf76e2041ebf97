//! Buttons.

use leptos::{ev::MouseEvent, prelude::*};

use crate::icon::{Glyph, Icon};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// One of several things to do.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Cannot be taken back.
    Danger,
    /// As quiet as text.
    Quiet,
}

impl Look {
    /// The look's classes; links that act as buttons wear them too.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button button-primary",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// A button. While `pending` it cannot be pressed again, keeps its focus and size.
#[component]
pub fn Button(
    /// How much it stands out.
    #[prop(optional)]
    look: Look,
    /// Whether it submits the form around it.
    #[prop(optional)]
    submits: bool,
    /// Whether what it does is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<Icon>,
    /// What it does.
    #[prop(optional, into)]
    press: Option<Callback<MouseEvent>>,
    /// Its text.
    children: Children,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        } else if let Some(press) = press {
            press.run(event);
        }
    };
    view! {
        <button
            type=if submits { "submit" } else { "button" }
            class=look.class()
            class:button-pending=pending
            aria-disabled=Signal::derive(move || pending.get().then_some("true"))
            on:click=press
        >
            {icon.map(|icon| view! { <Glyph icon=icon/> })}
            {children()}
        </button>
    }
}
