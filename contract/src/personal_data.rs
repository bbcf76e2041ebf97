//! What is kept of a person, for them to take away, and having it forgotten.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    CaseNumber,
    account::SignedIn,
    audit::AuditEntry,
    notification::NotificationChoices,
    people::{Membership, PersonRef, Preferences},
    token::Token,
};

/// What somebody who was forgotten is called from then on.
pub const FORGOTTEN_NAME: &str = "Former user";

/// Everything that is kept of a person beside what others wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalData {
    /// Who they are.
    pub person: PersonRef,
    /// The address they sign in with.
    pub email: String,
    /// Where they belong.
    pub memberships: Vec<Membership>,
    /// What they set for themselves.
    pub preferences: Preferences,
    /// What they want to be told of.
    pub notifications: NotificationChoices,
    /// Where they are signed in.
    pub sessions: Vec<SignedIn>,
    /// Their tokens for programs, without what opens anything.
    pub tokens: Vec<Token>,
    /// The cases that are theirs, that they filed, or that they follow.
    pub cases: Vec<OwnCase>,
    /// What they wrote, the oldest first.
    pub messages: Vec<OwnMessage>,
    /// What the audit log says that they did, the newest first.
    pub audit: Vec<AuditEntry>,
}

/// A case of a person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnCase {
    /// Its number.
    pub number: CaseNumber,
    /// Its subject.
    pub subject: String,
    /// When it was filed.
    #[serde(with = "crate::moment")]
    pub filed_at: DateTime<Utc>,
}

/// A message of a person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnMessage {
    /// In which case.
    pub number: CaseNumber,
    /// When.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// As they wrote it.
    pub text: String,
}
