//! Partners: people who work for organisations that they do not belong to. They ask, an
//! administrator of the organisation answers, and both can end it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    FieldError,
    field::{FieldCode, clean_line, clean_text},
    limits::{ORGANISATION_NAME_MAX, PARTNERSHIP_NOTE_MAX},
    people::PersonRef,
};

/// A wish to work for an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskPartnership {
    /// The organisation's name. Whether there is one of that name is not told.
    pub organisation: String,
    /// What for, for who decides.
    #[serde(default)]
    pub note: String,
}

impl AskPartnership {
    /// As it is kept.
    ///
    /// # Errors
    /// The mistakes, at `/organisation` and `/note`.
    pub fn validate(&self) -> Result<Self, Vec<FieldError>> {
        let (organisation, note) = (clean_line(&self.organisation), clean_text(self.note.trim()));
        let mut mistakes = Vec::new();
        let mut refuse =
            |pointer, code, message: String| mistakes.push(FieldError::new(pointer, code, message));
        match organisation.chars().count() {
            0 => {
                refuse("/organisation", FieldCode::Required, texts::mistakes::name_organisation().to_owned());
            }
            1..=ORGANISATION_NAME_MAX => {}
            _ => {
                let message = texts::mistakes::name_at_most(ORGANISATION_NAME_MAX);
                refuse("/organisation", FieldCode::TooLong, message);
            }
        }
        if note.chars().count() > PARTNERSHIP_NOTE_MAX {
            let message = texts::mistakes::shorten_to(note.chars().count(), PARTNERSHIP_NOTE_MAX);
            refuse("/note", FieldCode::TooLong, message);
        }
        if mistakes.is_empty() { Ok(Self { organisation, note }) } else { Err(mistakes) }
    }
}

/// A wish that was not answered yet, for whoever has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedPartnership {
    /// Stable id.
    pub id: Uuid,
    /// The name they gave.
    pub organisation: String,
    /// When.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
}

/// The same, for who decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartnershipRequest {
    /// Stable id.
    pub id: Uuid,
    /// Who asks.
    pub person: PersonRef,
    /// The address they sign in with.
    pub email: String,
    /// What for; may be empty.
    pub note: String,
    /// When.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecidePartnership {
    /// Whether they may.
    pub approve: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_names_an_organisation() {
        let ask = |organisation: &str, note: &str| {
            AskPartnership { organisation: organisation.to_owned(), note: note.to_owned() }.validate()
        };
        let kept = AskPartnership { organisation: "Acme Retail".to_owned(), note: "We host it.".to_owned() };
        assert_eq!(ask(" Acme  Retail\n", " We host it.\r\n"), Ok(kept));
        let pointers = |wrong: Result<AskPartnership, Vec<FieldError>>| {
            wrong.err().unwrap_or_default().into_iter().map(|mistake| mistake.pointer).collect::<Vec<_>>()
        };
        assert_eq!(pointers(ask(" ", &"x".repeat(PARTNERSHIP_NOTE_MAX + 1))), ["/organisation", "/note"]);
        assert_eq!(pointers(ask(&"x".repeat(ORGANISATION_NAME_MAX + 1), "")), ["/organisation"]);
    }
}
