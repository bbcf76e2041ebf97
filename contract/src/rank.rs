//! How bad it is for the requester, and how support ranks it.

use serde::{Deserialize, Serialize};

/// Business impact as the requester states it (`domain.md`: P1 urgent … P4 low).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// Urgent.
    P1,
    /// High.
    P2,
    /// Medium.
    P3,
    /// Low.
    P4,
}

/// Priority as support sets it; customers only read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Before everything else.
    Urgent,
    /// Soon.
    High,
    /// In turn.
    Medium,
    /// When there is time.
    Low,
}

impl Impact {
    /// All impacts, worst first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// The key used in answers and in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::P1 => "p1",
            Self::P2 => "p2",
            Self::P3 => "p3",
            Self::P4 => "p4",
        }
    }

    /// The impact of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|impact| impact.key() == key)
    }

    /// The priority a case starts with, until support ranks it.
    #[must_use]
    pub const fn initial_priority(self) -> Priority {
        match self {
            Self::P1 => Priority::Urgent,
            Self::P2 => Priority::High,
            Self::P3 => Priority::Medium,
            Self::P4 => Priority::Low,
        }
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::P1 => texts::record::impact_urgent(),
            Self::P2 => texts::record::impact_high(),
            Self::P3 => texts::record::impact_medium(),
            Self::P4 => texts::record::impact_low(),
        }
    }
}

impl Priority {
    /// All priorities, most pressing first.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::High, Self::Medium, Self::Low];

    /// The key used in the database and in queries.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// The priority of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.key() == key)
    }

    /// The word people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Urgent => texts::priority::urgent(),
            Self::High => texts::priority::high(),
            Self::Medium => texts::priority::medium(),
            Self::Low => texts::priority::low(),
        }
    }
}
