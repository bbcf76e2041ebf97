//! Doing something to a case.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Action, FieldError, JiraTicket, Priority,
    attachment::valid_ids,
    field::FieldCode,
    lifecycle::{DetailRule, Role, TextRule},
    thread::valid_text,
};

/// Something done to a case, other than a plain reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakeAction {
    /// What to do.
    pub action: Action,
    /// The text that goes with it, Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What else goes with it.
    #[serde(default, skip_serializing_if = "ActionDetails::is_empty")]
    pub details: ActionDetails,
    /// The uploads that go with it, whole and of whoever does it; only with actions that a
    /// text may go with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Uuid>,
}

/// What goes with an action beside its text; each only with the actions that ask for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ActionDetails {
    /// The new priority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The day on which the case may be solved; absent takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eta: Option<NaiveDate>,
    /// The development team's ticket; absent takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jira: Option<JiraTicket>,
}

impl ActionDetails {
    /// Whether nothing goes with the action.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.priority.is_none() && self.eta.is_none() && self.jira.is_none()
    }
}

impl TakeAction {
    /// The action as it is done, or what is wrong with what goes with it. `priority` is
    /// the case's present one.
    ///
    /// # Errors
    /// A text or a detail is missing, wrong, or not taken, at `/message` or `/details/…`.
    pub fn validate(self, role: Role, priority: Priority) -> Result<Self, Vec<FieldError>> {
        let mut mistakes = Vec::new();
        let message = self.valid_message(role).unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            None
        });
        let details = self.valid_details(priority).unwrap_or_else(|found| {
            mistakes.extend(found);
            ActionDetails::default()
        });
        mistakes.extend(self.wrong_attachments(role));
        if mistakes.is_empty() { Ok(Self { message, details, ..self }) } else { Err(mistakes) }
    }

    fn wrong_attachments(&self, role: Role) -> Option<FieldError> {
        if !self.attachments.is_empty() && self.action.text_rule(role) == TextRule::None {
            let message = texts::attachments::no_text_no_files();
            return Some(FieldError::new("/attachments", FieldCode::NotAsked, message));
        }
        valid_ids(&self.attachments).err()
    }

    fn valid_message(&self, role: Role) -> Result<Option<String>, FieldError> {
        let given = self.message.as_deref().filter(|text| !text.trim().is_empty());
        match (self.action.text_rule(role), given) {
            (TextRule::None, Some(_)) => {
                Err(FieldError::new("/message", FieldCode::NotAsked, texts::mistakes::leave_text_out()))
            }
            (TextRule::None | TextRule::Optional, None) => Ok(None),
            (TextRule::Required, None) => valid_text("", "/message").map(Some),
            (TextRule::Optional | TextRule::Required, Some(text)) => valid_text(text, "/message").map(Some),
        }
    }

    fn valid_details(&self, present: Priority) -> Result<ActionDetails, Vec<FieldError>> {
        let ActionDetails { priority, eta, jira } = self.details.clone();
        let rule = self.action.detail_rule();
        let surplus = [
            (priority.is_some() && rule != DetailRule::Priority, "/details/priority"),
            (eta.is_some() && rule != DetailRule::Eta, "/details/eta"),
            (jira.is_some() && rule != DetailRule::JiraTicket, "/details/jira"),
        ];
        let mut mistakes: Vec<_> = surplus
            .into_iter()
            .filter(|(surplus, _)| *surplus)
            .map(|(_, pointer)| {
                FieldError::new(pointer, FieldCode::NotAsked, texts::mistakes::not_with_this())
            })
            .collect();
        if rule == DetailRule::Priority {
            mistakes.extend(wrong_priority(priority, present));
        }
        let jira = jira.map(JiraTicket::validate).transpose().unwrap_or_else(|found| {
            mistakes.extend(found);
            None
        });
        if mistakes.is_empty() { Ok(ActionDetails { priority, eta, jira }) } else { Err(mistakes) }
    }
}

fn wrong_priority(given: Option<Priority>, present: Priority) -> Option<FieldError> {
    let (code, message) = match given {
        None => (FieldCode::Required, texts::mistakes::choose_priority()),
        Some(given) if given == present => (FieldCode::UnknownOption, texts::mistakes::another_priority()),
        Some(_) => return None,
    };
    Some(FieldError::new("/details/priority", code, message))
}
