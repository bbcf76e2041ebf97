//! Where a case stands.

use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Filed, not yet picked up.
    Received,
    /// An analyst works on it.
    Diagnosis,
    /// Support asked for something.
    WaitingForCustomer,
    /// The customer answered; support has the ball.
    WaitingForSupport,
    /// Support proposed a solution, to be accepted or rejected.
    SolutionProposed,
    /// Done.
    Closed,
}

/// Who a case waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Whoever requested or filed it.
    Customer,
    /// The support team.
    Support,
}

impl Status {
    /// All statuses, in the order of a case's life.
    pub const ALL: [Self; 6] = [
        Self::Received,
        Self::Diagnosis,
        Self::WaitingForCustomer,
        Self::WaitingForSupport,
        Self::SolutionProposed,
        Self::Closed,
    ];

    /// The key used in URLs, queries and the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Diagnosis => "diagnosis",
            Self::WaitingForCustomer => "waiting_for_customer",
            Self::WaitingForSupport => "waiting_for_support",
            Self::SolutionProposed => "solution_proposed",
            Self::Closed => "closed",
        }
    }

    /// The status of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => texts::status::received(),
            Self::Diagnosis => texts::status::diagnosis(),
            Self::WaitingForCustomer => texts::status::waiting_for_customer(),
            Self::WaitingForSupport => texts::status::waiting_for_support(),
            Self::SolutionProposed => texts::status::solution_proposed(),
            Self::Closed => texts::status::closed(),
        }
    }

    /// Whose turn it is; nobody's once it is closed.
    #[must_use]
    pub const fn turn(self) -> Option<Side> {
        match self {
            Self::Received | Self::Diagnosis | Self::WaitingForSupport => Some(Side::Support),
            Self::WaitingForCustomer | Self::SolutionProposed => Some(Side::Customer),
            Self::Closed => None,
        }
    }

    /// Whether the case still runs.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed)
    }
}
