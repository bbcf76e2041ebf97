//! Conditions on earlier answers.

use serde::{Deserialize, Serialize};

use super::Answers;

/// When something is asked or shown. In TOML: `{ question = "area", is = "software" }`,
/// `{ question = "area", one-of = ["a", "b"] }`, `{ answered = "area" }`,
/// `{ all = [...] }`, `{ any = [...] }`, `{ not = ... }`. Yes/no answers say `yes` or `no`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(untagged, rename_all = "kebab-case", deny_unknown_fields)]
pub enum Condition {
    /// The answer says, or its list holds, the value.
    Is {
        /// The question asked about.
        question: String,
        /// The value.
        is: String,
    },
    /// The answer says, or its list holds, one of the values.
    OneOf {
        /// The question asked about.
        question: String,
        /// The values.
        #[serde(rename = "one-of")]
        one_of: Vec<String>,
    },
    /// There is an answer.
    Answered {
        /// The question asked about.
        answered: String,
    },
    /// All hold.
    All {
        /// The conditions.
        all: Vec<Condition>,
    },
    /// At least one holds.
    Any {
        /// The conditions.
        any: Vec<Condition>,
    },
    /// It does not hold.
    Not {
        /// The condition.
        not: Box<Condition>,
    },
}

impl Condition {
    /// Whether it holds for the answers; an absent answer says nothing.
    #[must_use]
    pub fn holds(&self, answers: &Answers) -> bool {
        match self {
            Self::Is { question, is } => answers.get(question).is_some_and(|answer| answer.says(is)),
            Self::OneOf { question, one_of } => {
                answers.get(question).is_some_and(|answer| one_of.iter().any(|value| answer.says(value)))
            }
            Self::Answered { answered } => answers.get(answered).is_some_and(|answer| !answer.is_empty()),
            Self::All { all } => all.iter().all(|condition| condition.holds(answers)),
            Self::Any { any } => any.iter().any(|condition| condition.holds(answers)),
            Self::Not { not } => !not.holds(answers),
        }
    }

    /// The questions it names, with the values it compares them to.
    #[must_use]
    pub fn mentions(&self) -> Vec<(&str, Vec<&str>)> {
        match self {
            Self::Is { question, is } => vec![(question, vec![is])],
            Self::OneOf { question, one_of } => vec![(question, one_of.iter().map(String::as_str).collect())],
            Self::Answered { answered } => vec![(answered, vec![])],
            Self::All { all: conditions } | Self::Any { any: conditions } => {
                conditions.iter().flat_map(Self::mentions).collect()
            }
            Self::Not { not } => not.mentions(),
        }
    }
}
