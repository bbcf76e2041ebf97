//! Who follows a case.

use serde::{Deserialize, Serialize};

use crate::people::PersonRef;

/// Someone who follows a case and is told of all that happens on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Watcher {
    /// A person of the organisation, who sees the case in the portal.
    Person(PersonRef),
    /// An e-mail address without an account there: it is sent mail and sees nothing.
    Address(String),
}

impl Watcher {
    /// The name or the address.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Self::Person(person) => &person.name,
            Self::Address(address) => address,
        }
    }
}
