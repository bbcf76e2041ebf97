//! Conditions on earlier answers.

use serde::{Deserialize, Serialize};

use super::Answers;

/// When something is asked or shown. In TOML: `{ question = "area", is = "software" }`,
/// `{ question = "area", one-of = ["a", "b"] }`, `{ answered = "area" }`,
/// `{ all = [...] }`, `{ any = [...] }`, `{ not = ... }`. Yes/no answers say `yes` or `no`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(untagged, try_from = "Keys")]
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

/// A condition's keys as written, before it is known which kind they make.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Keys {
    question: Option<String>,
    is: Option<String>,
    one_of: Option<Vec<String>>,
    answered: Option<String>,
    all: Option<Vec<Condition>>,
    any: Option<Vec<Condition>>,
    not: Option<Box<Condition>>,
}

/// The keys make no condition.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a condition is question with is or one-of, or one of answered, all, any, not")]
struct NotACondition;

impl TryFrom<Keys> for Condition {
    type Error = NotACondition;

    fn try_from(keys: Keys) -> Result<Self, Self::Error> {
        match keys {
            Keys {
                question: Some(question),
                is: Some(is),
                one_of: None,
                answered: None,
                all: None,
                any: None,
                not: None,
            } => Ok(Self::Is { question, is }),
            Keys {
                question: Some(question),
                is: None,
                one_of: Some(one_of),
                answered: None,
                all: None,
                any: None,
                not: None,
            } => Ok(Self::OneOf { question, one_of }),
            Keys { question: None, is: None, one_of: None, answered, all, any, not } => {
                match (answered, all, any, not) {
                    (Some(answered), None, None, None) => Ok(Self::Answered { answered }),
                    (None, Some(all), None, None) => Ok(Self::All { all }),
                    (None, None, Some(any), None) => Ok(Self::Any { any }),
                    (None, None, None, Some(not)) => Ok(Self::Not { not }),
                    _ => Err(NotACondition),
                }
            }
            _ => Err(NotACondition),
        }
    }
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
