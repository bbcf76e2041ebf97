//! Question ids with a meaning of their own.

use super::Kind;

/// A question whose answer the case keeps in a field of its own.
pub mod reserved {
    /// The case's subject; every type that files a case must ask it.
    pub const SUBJECT: &str = "subject";
    /// The requester's impact; options `p1` to `p4`.
    pub const IMPACT: &str = "impact";
    /// The environment concerned.
    pub const ENVIRONMENT: &str = "environment";
    /// When the customer would like it done.
    pub const DESIRED_DATE: &str = "desired-date";
    /// Whom else to tell.
    pub const ADDITIONAL_CONTACT: &str = "additional-contact";
    /// Who else is to follow the case.
    pub const WATCHERS: &str = "watchers";
    /// The customer's own reference.
    pub const INTERNAL_REFERENCE: &str = "internal-reference";
}

/// The kind a reserved question must have.
pub(super) fn reserved_kind(id: &str) -> Option<Kind> {
    match id {
        reserved::SUBJECT | reserved::INTERNAL_REFERENCE => Some(Kind::Text),
        reserved::IMPACT => Some(Kind::Choice),
        reserved::ENVIRONMENT => Some(Kind::Environment),
        reserved::DESIRED_DATE => Some(Kind::Date),
        reserved::ADDITIONAL_CONTACT => Some(Kind::Email),
        reserved::WATCHERS => Some(Kind::Emails),
        _ => None,
    }
}
