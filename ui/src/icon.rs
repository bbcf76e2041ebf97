//! Icons from the one sprite, in `index.html`.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A symbol of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$doc])* $variant,)*
        }

        impl Icon {
            /// All icons.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The symbol's id in the sprite.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

icons! {
    /// The product.
    Casement = "casement",
    /// A defect.
    Bug = "bug",
    /// A question.
    Question = "question",
    /// A connection between systems.
    Link = "link",
    /// Infrastructure.
    Server = "server",
    /// A build pipeline.
    Pipeline = "pipeline",
    /// A go-live.
    Rocket = "rocket",
    /// A connector.
    Plug = "plug",
    /// Services.
    Briefcase = "briefcase",
    /// An upgrade.
    Upgrade = "upgrade",
    /// Load.
    Traffic = "traffic",
    /// An emergency.
    Alarm = "alarm",
    /// A case of any kind.
    Ticket = "ticket",
    /// Something new.
    Plus = "plus",
    /// Find.
    Search = "search",
    /// More below.
    Chevron = "chevron",
    /// Back.
    Back = "back",
    /// Onwards.
    Forward = "forward",
    /// Done, agreed.
    Check = "check",
    /// Remove, refuse.
    Cross = "cross",
    /// Watch out.
    Warning = "warning",
    /// Good to know.
    Info = "info",
    /// Copy.
    Copy = "copy",
    /// Leads to another site.
    External = "external",
    /// More actions.
    Dots = "dots",
    /// Time passing.
    Clock = "clock",
    /// A note.
    Note = "note",
    /// Newly arrived.
    Inbox = "inbox",
    /// What one was told of.
    Bell = "bell",
    /// Being looked into.
    Magnifier = "magnifier",
    /// A reply is due.
    Reply = "reply",
    /// With support.
    Support = "support",
    /// A proposal.
    Bulb = "bulb",
    /// Closed.
    Closed = "closed",
    /// Start page.
    Home = "home",
    /// Lists.
    List = "list",
    /// Sorted upwards.
    Up = "up",
    /// Sorted downwards.
    Down = "down",
    /// Unreachable.
    Offline = "offline",
    /// A change in rank.
    Rank = "rank",
    /// Write.
    Edit = "edit",
    /// Follow.
    Eye = "eye",
}

impl Icon {
    /// The icon a catalogue names; a ticket where the sprite has none of that name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.iter().copied().find(|icon| icon.name() == name).unwrap_or(Self::Ticket)
    }
}

/// Draws an icon. Decoration: words stand beside it or name its control.
#[component]
pub fn Glyph(
    /// Which icon.
    icon: Icon,
) -> impl IntoView {
    glyph(icon)
}

fn glyph(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <use_ href=format!("#i-{}", icon.name())></use_>
        </svg>
    }
    .into_any()
}
