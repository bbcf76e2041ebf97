//! What is written in an action's dialog, as it is kept.

use contract::{Action, ActionDetails, CaseNumber};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text and what else goes with an action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Written {
    /// The text.
    pub text: String,
    /// What else.
    #[serde(default)]
    pub details: ActionDetails,
}

impl Written {
    /// As it is kept; empty where it says no more than what the dialog begins with.
    pub fn to_kept(&self, begun: &ActionDetails) -> String {
        if self.text.is_empty() && self.details == *begun {
            return String::new();
        }
        // Strings and dates always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was kept; in former times that was the text alone.
    pub fn from_kept(kept: String) -> Self {
        serde_json::from_str(&kept).unwrap_or(Self { text: kept, details: ActionDetails::default() })
    }
}

/// Where it is kept.
pub fn key(person: Uuid, number: CaseNumber, action: Action) -> String {
    format!("draft/{person}/{number}/{}", action.key())
}
