//! What a person has to do with cases: the parts of “My activities”.

use serde::{Deserialize, Serialize};

use crate::CaseSummary;

/// For how many days a closed case counts as closed recently.
pub const RECENT_DAYS: u64 = 30;
/// Most cases of a part that are shown at once; the others are in the list.
pub const ACTIVITY_CASES_MAX: usize = 10;

/// One part. *Mine* is a case that one requested or filed, open unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Mine, and it is the customer's turn; or requested by me, closed, and its survey is
    /// still open.
    NeedsMe,
    /// Mine, and it is support's turn.
    WaitingForSupport,
    /// I follow it, and it is open.
    Watching,
    /// I filed it, and it is open.
    FiledByMe,
    /// Someone else filed it for me, and it is open.
    FiledForMe,
    /// Mine, and closed within [`RECENT_DAYS`].
    ClosedRecently,
}

impl Activity {
    /// All, the most pressing first.
    pub const ALL: [Self; 6] = [
        Self::NeedsMe,
        Self::WaitingForSupport,
        Self::Watching,
        Self::FiledByMe,
        Self::FiledForMe,
        Self::ClosedRecently,
    ];

    /// The key used in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NeedsMe => "needs_me",
            Self::WaitingForSupport => "waiting_for_support",
            Self::Watching => "watching",
            Self::FiledByMe => "filed_by_me",
            Self::FiledForMe => "filed_for_me",
            Self::ClosedRecently => "closed_recently",
        }
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NeedsMe => texts::activities::needs_me(),
            Self::WaitingForSupport => texts::activities::waiting_for_support(),
            Self::Watching => texts::activities::watching(),
            Self::FiledByMe => texts::activities::filed_by_me(),
            Self::FiledForMe => texts::activities::filed_for_me(),
            Self::ClosedRecently => texts::activities::closed_recently(),
        }
    }

    /// What people read where it has no case.
    #[must_use]
    pub fn none(self) -> &'static str {
        match self {
            Self::NeedsMe => texts::activities::nothing_needs_me(),
            Self::WaitingForSupport => texts::activities::nothing_waits(),
            Self::Watching => texts::activities::nothing_watched(),
            Self::FiledByMe => texts::activities::nothing_filed_by_me(),
            Self::FiledForMe => texts::activities::nothing_filed_for_me(),
            Self::ClosedRecently => texts::activities::nothing_closed(),
        }
    }

    /// The part of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|activity| activity.key() == key)
    }
}

/// A part and what is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityPart {
    /// Which.
    pub activity: Activity,
    /// How many cases it has.
    pub count: u64,
    /// The first of them, unread ones on top, then the newest update;
    /// at most [`ACTIVITY_CASES_MAX`].
    pub cases: Vec<CaseSummary>,
}
