//! The people of an organisation, as its administrators look after them.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    FieldError, account,
    field::{FieldCode, clean_line, is_email},
    limits::{LIST_MAX, NAME_MAX},
    partnership::PartnershipRequest,
    people::{MembershipRole, PersonRef},
};

/// How long an invitation can be accepted.
pub const INVITATION_LASTS: TimeDelta = TimeDelta::days(7);

/// A person of an organisation as its administrators see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// The person.
    pub person: PersonRef,
    /// The address they sign in with.
    pub email: String,
    /// What they are there, or were.
    pub role: MembershipRole,
    /// Whether they belong to it now; otherwise they were deactivated.
    pub active: bool,
    /// Since when they belong to it, or no longer do.
    #[serde(with = "crate::moment")]
    pub since: DateTime<Utc>,
    /// When they used the portal last, to the hour; absent where they never did.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::moment::optional")]
    pub seen: Option<DateTime<Utc>>,
    /// How many open cases of the organisation are theirs.
    pub open_cases: u32,
}

/// Somebody who may become a member by a link that was mailed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// Stable id.
    pub id: Uuid,
    /// Where the link was mailed.
    pub email: String,
    /// What they are to be.
    pub role: MembershipRole,
    /// Who invited them.
    pub by: PersonRef,
    /// When, the last time.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// Until when the link works.
    #[serde(with = "crate::moment")]
    pub expires_at: DateTime<Utc>,
}

/// What a link invites to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitedTo {
    /// The organisation's name.
    pub organisation: String,
    /// The name of who invites.
    pub by: String,
    /// What one is to be.
    pub role: MembershipRole,
    /// The address that the link was mailed to.
    pub email: String,
    /// Whether that has an account, which is signed in to as before: then accepting takes
    /// neither a name nor a password.
    pub account: bool,
}

/// Accepting an invitation.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// What one is called, where there is no account yet.
    #[serde(default)]
    pub name: String,
    /// The password of the new account.
    #[serde(default)]
    pub password: String,
}

impl Join {
    /// As it is kept, of somebody with or without an account.
    ///
    /// # Errors
    /// The mistakes, at `/name` and `/password`.
    pub fn validate(&self, account: bool) -> Result<Self, Vec<FieldError>> {
        if account {
            return Ok(Self::default());
        }
        let name = clean_line(&self.name);
        let refused = |code, message: String| FieldError::new("/name", code, message);
        let wrong = match name.chars().count() {
            0 => Some(refused(FieldCode::Required, texts::mistakes::enter_your_name().to_owned())),
            count if count > NAME_MAX => {
                Some(refused(FieldCode::TooLong, texts::mistakes::name_at_most(NAME_MAX)))
            }
            _ => None,
        };
        let mistakes: Vec<_> =
            wrong.into_iter().chain(account::mistake(&self.password, "/password")).collect();
        if mistakes.is_empty() { Ok(Self { name, password: self.password.clone() }) } else { Err(mistakes) }
    }
}

impl std::fmt::Debug for Join {
    /// Leaves the password out, so that no log can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Join").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How many people an organisation has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seats {
    /// Its users and administrators, and those who are invited to be one. Partners take none.
    pub used: u32,
    /// How many there may be; absent where there is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<u32>,
}

impl Seats {
    /// Whether so many more would be too many.
    #[must_use]
    pub fn lack(self, more: usize) -> bool {
        let free = self.allowed.map(|allowed| allowed.saturating_sub(self.used) as usize);
        free.is_some_and(|free| free < more)
    }
}

/// An organisation's people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Members {
    /// Who belongs to it, and who did, by name.
    pub members: Vec<Member>,
    /// Who is invited, the newest first.
    pub invitations: Vec<Invitation>,
    /// Which partners want to work for it, the newest first.
    pub requests: Vec<PartnershipRequest>,
    /// How many there may be.
    pub seats: Seats,
}

/// An invitation of one or more people to be the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInvitations {
    /// Their addresses, in any case.
    pub emails: Vec<String>,
    /// What they are to be.
    pub role: MembershipRole,
}

impl NewInvitations {
    /// The addresses in lower case, each once.
    ///
    /// # Errors
    /// The mistakes, at `/emails` or `/emails/{place}`.
    pub fn validate(&self) -> Result<Vec<String>, Vec<FieldError>> {
        if self.emails.is_empty() {
            let message = texts::mistakes::enter_emails();
            return Err(vec![FieldError::new("/emails", FieldCode::Required, message)]);
        }
        addresses(&self.emails, "/emails")
    }
}

/// A list of addresses in lower case, each once.
fn addresses(emails: &[String], pointer: &str) -> Result<Vec<String>, Vec<FieldError>> {
    if emails.len() > LIST_MAX {
        let message = texts::mistakes::enter_at_most(LIST_MAX);
        return Err(vec![FieldError::new(pointer, FieldCode::TooMany, message)]);
    }
    let trimmed: Vec<_> = emails.iter().map(|email| email.trim().to_lowercase()).collect();
    let mistakes: Vec<_> = trimmed
        .iter()
        .enumerate()
        .filter(|(_, email)| !is_email(email))
        .map(|(place, _)| {
            let message = texts::mistakes::email_such_as();
            FieldError::new(format!("{pointer}/{place}"), FieldCode::Malformed, message)
        })
        .collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut known = BTreeSet::new();
    Ok(trimmed.into_iter().filter(|email| known.insert(email.clone())).collect())
}

/// A change of what somebody is in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MemberChange {
    /// A user becomes an administrator.
    Promote,
    /// An administrator becomes a user.
    Demote,
    /// A member leaves: they see nothing of the organisation from now on.
    Deactivate,
    /// Somebody who left comes back as what they were.
    Reactivate,
}

impl MemberChange {
    /// All changes.
    pub const ALL: [Self; 4] = [Self::Promote, Self::Demote, Self::Deactivate, Self::Reactivate];

    /// Whether it can be made of somebody who is this there. Partners stay what they are.
    #[must_use]
    pub fn applies(self, role: MembershipRole, active: bool) -> bool {
        match self {
            Self::Promote => active && role == MembershipRole::User,
            Self::Demote => active && role == MembershipRole::Administrator,
            Self::Deactivate => active,
            Self::Reactivate => !active,
        }
    }

    /// Whether it takes an administrator away, of whom one must stay.
    #[must_use]
    pub fn takes_administrator(self, role: MembershipRole) -> bool {
        role == MembershipRole::Administrator && matches!(self, Self::Demote | Self::Deactivate)
    }
}

/// A request to change what somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeMember {
    /// What is to happen.
    pub change: MemberChange,
}

/// A request to give somebody's open cases to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// Who is to have them: a user or an administrator of the organisation.
    pub to: Uuid,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandedOver {
    /// How many cases have another requester now.
    pub cases: u32,
}

/// Who sees an organisation's cases beside its administrators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// All of its members see all of them.
    Organisation,
    /// Everybody sees their own.
    Own,
}

impl Visibility {
    /// The key used in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Own => "own",
        }
    }

    /// That of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Organisation, Self::Own].into_iter().find(|known| known.key() == key)
    }
}

/// What an organisation's administrators set for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Who sees its cases.
    pub visibility: Visibility,
    /// The addresses that follow every new case, at most [`LIST_MAX`].
    pub default_watchers: Vec<String>,
}

impl Policy {
    /// With each address once, in lower case.
    ///
    /// # Errors
    /// The mistakes, at `/default_watchers` or `/default_watchers/{place}`.
    pub fn validate(&self) -> Result<Self, Vec<FieldError>> {
        let default_watchers = addresses(&self.default_watchers, "/default_watchers")?;
        Ok(Self { visibility: self.visibility, default_watchers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitations_name_each_address_once() {
        let new = |emails: &[&str]| NewInvitations {
            emails: emails.iter().map(|email| (*email).to_owned()).collect(),
            role: MembershipRole::User,
        };
        assert_eq!(
            new(&[" A@acme.test", "b@acme.test", "a@ACME.test"]).validate(),
            Ok(vec!["a@acme.test".to_owned(), "b@acme.test".to_owned()])
        );
        let pointer = |new: NewInvitations| new.validate().err().map(|mistakes| mistakes[0].pointer.clone());
        assert_eq!(pointer(new(&[])).as_deref(), Some("/emails"));
        assert_eq!(pointer(new(&["a@acme.test", "b"])).as_deref(), Some("/emails/1"));
        assert_eq!(pointer(new(&["a@acme.test"; LIST_MAX + 1])).as_deref(), Some("/emails"));
    }

    #[test]
    fn only_what_somebody_is_can_be_changed() {
        use MemberChange::{Deactivate, Demote, Promote, Reactivate};
        use MembershipRole::{Administrator, Partner, User};
        let possible = |role, active| {
            MemberChange::ALL.into_iter().filter(|change| change.applies(role, active)).collect::<Vec<_>>()
        };
        assert_eq!(possible(User, true), [Promote, Deactivate]);
        assert_eq!(possible(Administrator, true), [Demote, Deactivate]);
        assert_eq!(possible(Partner, true), [Deactivate]);
        for role in MembershipRole::ALL {
            assert_eq!(possible(role, false), [Reactivate]);
        }
        assert!(Demote.takes_administrator(Administrator) && !Deactivate.takes_administrator(User));
    }

    #[test]
    fn whoever_has_no_account_says_their_name() {
        let join = |name: &str, password: &str| Join { name: name.to_owned(), password: password.to_owned() };
        let pointers = |join: &Join| {
            let mistakes = join.validate(false).err().unwrap_or_default();
            mistakes.into_iter().map(|mistake| mistake.pointer).collect::<Vec<_>>()
        };
        assert_eq!(pointers(&join(" ", "short")), ["/name", "/password"]);
        assert_eq!(pointers(&join(&"x".repeat(NAME_MAX + 1), "long enough")), ["/name"]);
        assert_eq!(
            join(" Ada \n Byron", "long enough").validate(false).map(|join| join.name),
            Ok("Ada Byron".to_owned())
        );
        assert!(join("", "").validate(true).is_ok());
        assert!(!format!("{:?}", join("Ada", "secret words")).contains("secret"));
    }

    #[test]
    fn seats_run_out() {
        let seats = |used, allowed| Seats { used, allowed };
        assert!(!seats(4, Some(5)).lack(1) && seats(4, Some(5)).lack(2));
        assert!(!seats(4, None).lack(1000));
        assert!(!seats(7, Some(5)).lack(0) && seats(7, Some(5)).lack(1));
    }
}
