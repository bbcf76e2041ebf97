//! Escalations: who has to look at a case at once, and what became of it.
//!
//! Source: the domain notes, "Escalation": an emergency starts one when it is filed;
//! closing the escalation does not close the case.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where an escalation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EscalationState {
    /// The people on call are told.
    Started,
    /// One of them has taken it up.
    Acknowledged,
    /// They proposed a solution.
    SolutionProposed,
    /// The customer accepted it.
    SolutionAccepted,
    /// The customer rejected it.
    SolutionRejected,
    /// It is over.
    Closed,
    /// It was none, and the requester was told so.
    Cancelled,
}

impl EscalationState {
    /// All states, in the order of an escalation's life.
    pub const ALL: [Self; 7] = [
        Self::Started,
        Self::Acknowledged,
        Self::SolutionProposed,
        Self::SolutionAccepted,
        Self::SolutionRejected,
        Self::Closed,
        Self::Cancelled,
    ];

    /// The key used in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Acknowledged => "acknowledged",
            Self::SolutionProposed => "solution_proposed",
            Self::SolutionAccepted => "solution_accepted",
            Self::SolutionRejected => "solution_rejected",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Started => texts::escalation::started(),
            Self::Acknowledged => texts::escalation::acknowledged(),
            Self::SolutionProposed => texts::escalation::solution_proposed(),
            Self::SolutionAccepted => texts::escalation::solution_accepted(),
            Self::SolutionRejected => texts::escalation::solution_rejected(),
            Self::Closed => texts::escalation::closed(),
            Self::Cancelled => texts::escalation::cancelled(),
        }
    }

    /// Whether it still runs.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Cancelled)
    }
}

/// A case's escalation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Escalation {
    /// Where it stands.
    pub state: EscalationState,
    /// Since when.
    #[serde(with = "crate::moment")]
    pub since: DateTime<Utc>,
}
