//! What a list can be narrowed to, besides status and words.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Activity, Impact, Priority, limits::TEXT_MAX, moment, people::PersonRef};

/// The value of a field of people that means whoever asks.
pub const ME: &str = "me";
/// The value of a field of facts: it is so.
pub const YES: &str = "yes";
/// The value of a field of facts: it is not.
pub const NO: &str = "no";

/// What of a case a list looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// What the reader has to do with it: the key of an [`Activity`].
    Activity,
    /// Its type's id.
    Type,
    /// Support's rank.
    Priority,
    /// The requester's impact.
    Impact,
    /// The environment's name.
    Environment,
    /// Who needs it solved: a person's id, or [`ME`].
    Requester,
    /// Who filed it: a person's id, or [`ME`].
    FiledBy,
    /// Who follows it: a person's id, or [`ME`].
    Watcher,
    /// Whether it has files the reader may see.
    Attachments,
    /// Whether something happened that the reader has not seen.
    Unread,
    /// The first day, UTC, on which it may have been filed.
    CreatedFrom,
    /// The last such day.
    CreatedTo,
    /// The first day, UTC, on which something may have happened last.
    UpdatedFrom,
    /// The last such day.
    UpdatedTo,
}

/// A field and one of the values it may have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The field.
    pub field: Field,
    /// The value; [`Field::reads`] holds.
    pub value: String,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 14] = [
        Self::Activity,
        Self::Type,
        Self::Priority,
        Self::Impact,
        Self::Environment,
        Self::Requester,
        Self::FiledBy,
        Self::Watcher,
        Self::Attachments,
        Self::Unread,
        Self::CreatedFrom,
        Self::CreatedTo,
        Self::UpdatedFrom,
        Self::UpdatedTo,
    ];

    /// The parameter's name in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Type => "type",
            Self::Priority => "priority",
            Self::Impact => "impact",
            Self::Environment => "environment",
            Self::Requester => "requester",
            Self::FiledBy => "filed_by",
            Self::Watcher => "watcher",
            Self::Attachments => "attachments",
            Self::Unread => "unread",
            Self::CreatedFrom => "created_from",
            Self::CreatedTo => "created_to",
            Self::UpdatedFrom => "updated_from",
            Self::UpdatedTo => "updated_to",
        }
    }

    /// The field of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Activity => texts::shell::my_activities(),
            Self::Type => texts::cases::case_type(),
            Self::Priority => texts::cases::priority(),
            Self::Impact => texts::filters::impact(),
            Self::Environment => texts::filters::environment(),
            Self::Requester => texts::cases::requester(),
            Self::FiledBy => texts::filters::filed_by(),
            Self::Watcher => texts::filters::watcher(),
            Self::Attachments => texts::filters::attachments(),
            Self::Unread => texts::filters::unread(),
            Self::CreatedFrom => texts::filters::created_from(),
            Self::CreatedTo => texts::filters::created_to(),
            Self::UpdatedFrom => texts::filters::updated_from(),
            Self::UpdatedTo => texts::filters::updated_to(),
        }
    }

    /// Whether its values are days.
    #[must_use]
    pub const fn is_day(self) -> bool {
        matches!(self, Self::CreatedFrom | Self::CreatedTo | Self::UpdatedFrom | Self::UpdatedTo)
    }

    /// Whether its values are people.
    #[must_use]
    pub const fn is_of_people(self) -> bool {
        matches!(self, Self::Requester | Self::FiledBy | Self::Watcher)
    }

    /// Whether its values are known by names.
    #[must_use]
    pub const fn is_named(self) -> bool {
        self.is_of_people() || matches!(self, Self::Type | Self::Environment)
    }

    /// Whether it can have a value.
    #[must_use]
    pub fn reads(self, value: &str) -> bool {
        match self {
            Self::Activity => Activity::from_key(value).is_some(),
            Self::Priority => Priority::from_key(value).is_some(),
            Self::Impact => Impact::from_key(value).is_some(),
            Self::Type | Self::Environment => !value.is_empty() && value.chars().count() <= TEXT_MAX,
            Self::Requester | Self::FiledBy | Self::Watcher => value == ME || Uuid::try_parse(value).is_ok(),
            Self::Attachments | Self::Unread => value == YES || value == NO,
            Self::CreatedFrom | Self::CreatedTo | Self::UpdatedFrom | Self::UpdatedTo => {
                moment::day(value).is_some()
            }
        }
    }

    /// What it takes, for the sentence that says that a value is none of its.
    #[must_use]
    pub fn takes(self) -> String {
        match self {
            Self::Activity => Activity::ALL.map(Activity::key).join(", "),
            Self::Priority => Priority::ALL.map(Priority::key).join(", "),
            Self::Impact => Impact::ALL.map(Impact::key).join(", "),
            Self::Type | Self::Environment => format!("1 to {TEXT_MAX} characters"),
            Self::Requester | Self::FiledBy | Self::Watcher => format!("a person’s id or {ME}"),
            Self::Attachments | Self::Unread => format!("{YES} or {NO}"),
            Self::CreatedFrom | Self::CreatedTo | Self::UpdatedFrom | Self::UpdatedTo => {
                "a day such as 2026-11-26".to_owned()
            }
        }
    }
}

/// What a person can narrow lists to, from the cases they may see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facets {
    /// The types, by title.
    pub types: Vec<TypeRef>,
    /// The environments, by name.
    pub environments: Vec<String>,
    /// Who requested or filed them, by name.
    pub people: Vec<PersonRef>,
}

/// A type's id and its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeRef {
    /// Its id in the catalogue.
    pub id: String,
    /// A title that it had when a case of it was filed.
    pub title: String,
}
