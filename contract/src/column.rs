//! What a list tells of each case beside its number and its subject.

use crate::Sort;

/// A column. In addresses they stand in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Where the case stands.
    Status,
    /// Support's rank.
    Priority,
    /// The requester's impact.
    Impact,
    /// Its type.
    Type,
    /// The environment concerned.
    Environment,
    /// Whose case it is.
    Organisation,
    /// Who needs it solved.
    Requester,
    /// Whose turn it is, and since when.
    Turn,
    /// When it was filed.
    Created,
    /// When something last happened.
    Updated,
}

impl Column {
    /// All columns, in the order in which lists show them.
    pub const ALL: [Self; 10] = [
        Self::Status,
        Self::Priority,
        Self::Impact,
        Self::Type,
        Self::Environment,
        Self::Organisation,
        Self::Requester,
        Self::Turn,
        Self::Created,
        Self::Updated,
    ];

    /// Whether a list shows it that was not told which to show; `organisations` where its
    /// reader sees the cases of several.
    #[must_use]
    pub const fn is_usual(self, organisations: bool) -> bool {
        match self {
            Self::Status | Self::Priority | Self::Type | Self::Requester | Self::Updated => true,
            Self::Organisation => organisations,
            Self::Impact | Self::Environment | Self::Turn | Self::Created => false,
        }
    }

    /// The key in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Impact => "impact",
            Self::Type => "type",
            Self::Environment => "environment",
            Self::Organisation => "organisation",
            Self::Requester => "requester",
            Self::Turn => "turn",
            Self::Created => "created",
            Self::Updated => "updated",
        }
    }

    /// The column of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Status => texts::cases::status(),
            Self::Priority => texts::cases::priority(),
            Self::Impact => texts::filters::impact(),
            Self::Type => texts::cases::case_type(),
            Self::Environment => texts::filters::environment(),
            Self::Organisation => texts::cases::organisation(),
            Self::Requester => texts::cases::requester(),
            Self::Turn => texts::arranging::turn(),
            Self::Created => texts::arranging::created(),
            Self::Updated => texts::cases::updated(),
        }
    }

    /// The orders that a first and a second press on its head give.
    #[must_use]
    pub const fn orders(self) -> (Sort, Sort) {
        match self {
            Self::Status => (Sort::StatusAsc, Sort::StatusDesc),
            Self::Priority => (Sort::PriorityDesc, Sort::PriorityAsc),
            Self::Impact => (Sort::ImpactAsc, Sort::ImpactDesc),
            Self::Type => (Sort::TypeAsc, Sort::TypeDesc),
            Self::Environment => (Sort::EnvironmentAsc, Sort::EnvironmentDesc),
            Self::Organisation => (Sort::OrganisationAsc, Sort::OrganisationDesc),
            Self::Requester => (Sort::RequesterAsc, Sort::RequesterDesc),
            Self::Turn => (Sort::TurnAsc, Sort::TurnDesc),
            Self::Created => (Sort::CreatedDesc, Sort::CreatedAsc),
            Self::Updated => (Sort::UpdatedDesc, Sort::UpdatedAsc),
        }
    }
}
