//! What was done beside the cases: who did what to whom, when and from where.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{CaseNumber, people::PersonRef};

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Stable id.
    pub id: Uuid,
    /// When.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// What.
    pub act: Act,
    /// Who did it; absent where nobody was signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<PersonRef>,
    /// Whom it was done to, where that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonRef>,
    /// Who came in their place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<PersonRef>,
    /// The case it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseNumber>,
    /// What tells it from others of its kind: an address, a name, the new value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Of how many things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The network address it was done from, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)+) => {
        /// A kind of thing that is done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Act {
            $($(#[$doc])* $name,)+
        }

        impl Act {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The key used in the database and on the wire.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)+
                }
            }
        }
    };
}

acts! {
    /// Somebody was invited: `text` is the address.
    Invited = "invited",
    /// An invitation was mailed again.
    InvitationSentAgain = "invitation_sent_again",
    /// An invitation was withdrawn.
    InvitationWithdrawn = "invitation_withdrawn",
    /// The actor accepted an invitation.
    Joined = "joined",
    /// `person` became an administrator.
    Promoted = "promoted",
    /// `person` is an administrator no longer.
    Demoted = "demoted",
    /// `person` sees nothing of the organisation any more.
    Deactivated = "deactivated",
    /// `person` came back.
    Reactivated = "reactivated",
    /// `count` cases of `person` went to `other`.
    HandedOver = "handed_over",
    /// The actor asks to work for the organisation.
    PartnershipAsked = "partnership_asked",
    /// `person` may.
    PartnershipApproved = "partnership_approved",
    /// `person` may not.
    PartnershipDeclined = "partnership_declined",
    /// The actor works for the organisation no longer.
    PartnershipLeft = "partnership_left",
    /// Who sees the cases: `text` is the new value.
    VisibilityChanged = "visibility_changed",
    /// Who follows every new case: `text` are the addresses.
    DefaultWatchersChanged = "default_watchers_changed",
    /// A case was filed on behalf of `person`.
    FiledOnBehalf = "filed_on_behalf",
    /// The actor signed in.
    SignedIn = "signed_in",
    /// The actor changed their password.
    PasswordChanged = "password_changed",
    /// The actor set a new password by a link.
    PasswordReset = "password_reset",
    /// The actor signs in with a second factor from now on.
    SecondFactorOn = "second_factor_on",
    /// The actor signs in without a second factor from now on.
    SecondFactorOff = "second_factor_off",
    /// The actor made new recovery codes.
    RecoveryCodesMade = "recovery_codes_made",
    /// The actor deleted their account.
    AccountDeleted = "account_deleted",
    /// The actor made a token, which `text` names.
    TokenMade = "token_made",
    /// The actor revoked a token, which `text` names.
    TokenRevoked = "token_revoked",
}

impl Act {
    /// The kind of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_the_wire_has() {
        for act in Act::ALL {
            assert_eq!(serde_json::to_string(act).unwrap(), format!("\"{}\"", act.key()));
            assert_eq!(Act::from_key(act.key()), Some(*act));
        }
    }
}
