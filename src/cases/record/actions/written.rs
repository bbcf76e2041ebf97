//! What is written in an action's dialog, as it is kept.

use contract::{Action, ActionDetails, CaseNumber, lifecycle::DetailRule};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::local::{Outgoing, store};

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
    /// As it is kept; empty where it says no more than what the dialog begins with. Where
    /// nothing goes with the text it is kept alone, as the reply box keeps it.
    pub fn to_kept(&self, action: Action, begun: &ActionDetails) -> String {
        if action.detail_rule() == DetailRule::None {
            return self.text.clone();
        }
        if self.text.is_empty() && self.details == *begun {
            return String::new();
        }
        // Strings and dates always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was kept.
    pub fn from_kept(action: Action, kept: String) -> Self {
        let read = (action.detail_rule() != DetailRule::None).then(|| serde_json::from_str(&kept).ok());
        read.flatten().unwrap_or(Self { text: kept, details: ActionDetails::default() })
    }
}

/// Keeps what was sent and is to be edited again where the action's dialog finds it.
pub fn keep_returned(person: Uuid, outgoing: &Outgoing) {
    let Outgoing { number, action, text, details, .. } = outgoing;
    let written = Written { text: text.clone(), details: details.clone() };
    let kept = written.to_kept(*action, &ActionDetails::default());
    store::put_now(&key(person, *number, *action), Some(&kept));
}

/// Where it is kept.
pub fn key(person: Uuid, number: CaseNumber, action: Action) -> String {
    format!("draft/{person}/{number}/{}", action.key())
}
