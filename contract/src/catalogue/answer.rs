//! Answers, as they travel and as they are stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Answers by question id.
pub type Answers = BTreeMap<String, Answer>;

/// One answer. Days are `2026-03-01`; moments RFC 3339, UTC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Answer {
    /// Yes/no and acknowledgements.
    Flag(bool),
    /// Numbers.
    Number(f64),
    /// Texts, single choices, addresses, days and moments.
    Text(String),
    /// Several choices or addresses.
    List(Vec<String>),
    /// From one moment to another.
    Range {
        /// The start.
        from: String,
        /// The end.
        to: String,
    },
}

impl Answer {
    /// Whether it says nothing. An untouched "no" is an answer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Flag(_) | Self::Number(_) => false,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(entries) => entries.iter().all(|entry| entry.trim().is_empty()),
            Self::Range { from, to } => from.trim().is_empty() && to.trim().is_empty(),
        }
    }

    /// Whether it says, or its list holds, `value`.
    #[must_use]
    pub fn says(&self, value: &str) -> bool {
        match self {
            Self::Flag(flag) => value == if *flag { "yes" } else { "no" },
            Self::Number(number) => value.parse() == Ok(*number),
            Self::Text(text) => text == value,
            Self::List(entries) => entries.iter().any(|entry| entry == value),
            Self::Range { .. } => false,
        }
    }

    /// The text of a text answer.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}
