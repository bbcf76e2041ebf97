//! People, organisations, and who is signed in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a person is within one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MembershipRole {
    /// A customer user.
    User,
    /// A portal administrator: also files on behalf and sees all cases.
    Administrator,
    /// Works for the organisation without belonging to it.
    Partner,
}

impl MembershipRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::User, Self::Administrator, Self::Partner];

    /// The key used in the database and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Administrator => "administrator",
            Self::Partner => "partner",
        }
    }

    /// Whether it lets somebody file on behalf of the organisation's other users.
    #[must_use]
    pub fn files_for_others(self) -> bool {
        self == Self::Administrator
    }

    /// The role of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// A person as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonRef {
    /// Stable id.
    pub id: Uuid,
    /// Display name.
    pub name: String,
    /// Whether the person is of the support team.
    pub support: bool,
}

/// A person on a case, who can be mentioned in what is written there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OnCase {
    /// The person.
    pub person: PersonRef,
    /// Whether only support knows that they are on it: they can be mentioned in notes
    /// and nowhere else. Told to support only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_in_notes: bool,
}

/// An organisation's id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationRef {
    /// Stable id.
    pub id: Uuid,
    /// Display name.
    pub name: String,
}

/// One organisation the signed-in person may file for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Membership {
    /// The organisation.
    pub organisation: OrganisationRef,
    /// What the person is there.
    pub role: MembershipRole,
    /// Names of the organisation's environments, in its own order.
    pub environments: Vec<String>,
}

/// A person of an organisation, as its other members find them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Colleague {
    /// The person.
    pub person: PersonRef,
    /// The address they sign in with.
    pub email: String,
    /// What they are there.
    pub role: MembershipRole,
}

impl Colleague {
    /// Whether a case may be filed on their behalf: partners file their own.
    #[must_use]
    pub fn may_be_filed_for(&self) -> bool {
        self.role != MembershipRole::Partner
    }
}

/// What a person set for themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// The tag of the language they read (BCP 47), one of `texts::LANGUAGES`; absent:
    /// whatever the browser asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Preferences {
    /// What is wrong with them.
    #[must_use]
    pub fn validate(&self) -> Vec<crate::FieldError> {
        let spoken = |tag: &str| texts::LANGUAGES.iter().any(|(known, _)| *known == tag);
        if self.language.as_deref().is_none_or(spoken) {
            return Vec::new();
        }
        let message = texts::mistakes::option_offered();
        vec![crate::FieldError::new("/language", crate::field::FieldCode::UnknownOption, message)]
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The person.
    pub person: PersonRef,
    /// The address they sign in with.
    pub email: String,
    /// Where they belong; empty for the support team.
    pub memberships: Vec<Membership>,
    /// What they set for themselves.
    #[serde(default)]
    pub preferences: Preferences,
    /// When the session ends unless it is used.
    #[serde(with = "crate::moment")]
    pub expires_at: DateTime<Utc>,
}

/// A request to sign in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The account's e-mail address, in any case.
    pub email: String,
    /// The password.
    pub password: String,
    /// A code of the second factor, where the account has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl std::fmt::Debug for Credentials {
    /// Leaves the password out, so that no log can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("email", &self.email).finish_non_exhaustive()
    }
}

impl Credentials {
    /// What is wrong with the form of the credentials; nothing about the account.
    #[must_use]
    pub fn validate(&self) -> Vec<crate::FieldError> {
        use crate::field::{FieldCode, FieldError, is_email};
        let mut errors = Vec::new();
        if self.email.trim().is_empty() {
            errors.push(FieldError::new("/email", FieldCode::Required, texts::mistakes::enter_your_email()));
        } else if !is_email(self.email.trim()) {
            errors.push(FieldError::new("/email", FieldCode::Malformed, texts::mistakes::email_such_as()));
        }
        if self.password.is_empty() {
            errors.push(FieldError::new(
                "/password",
                FieldCode::Required,
                texts::mistakes::enter_your_password(),
            ));
        } else if self.password.chars().count() > crate::limits::PASSWORD_MAX {
            errors.push(FieldError::new(
                "/password",
                FieldCode::TooLong,
                texts::mistakes::password_at_most(crate::limits::PASSWORD_MAX),
            ));
        }
        errors
    }
}
