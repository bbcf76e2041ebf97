//! Answers, as they travel and as they are stored.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

/// Answers by question id.
pub type Answers = BTreeMap<String, Answer>;

/// One answer. Days are `2026-03-01`; moments RFC 3339, UTC.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// By hand: serde's own way of telling untagged kinds apart first copies what it
/// reads into a general value, and that code would weigh on every page.
impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer: yes or no, a number, a text, a list of texts, or from and to")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Answer, E> {
        Ok(Answer::Flag(flag))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Answer, E> {
        Ok(Answer::Number(number))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON numbers are floating-point numbers to the browser anyway"
    )]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Answer, E> {
        Ok(Answer::Number(number as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON numbers are floating-point numbers to the browser anyway"
    )]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Answer, E> {
        Ok(Answer::Number(number as f64))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Answer, E> {
        Ok(Answer::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Answer, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Answer::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answer, A::Error> {
        let (mut from, mut to) = (None, None);
        while let Some((key, value)) = map.next_entry::<String, String>()? {
            match key.as_str() {
                "from" => from = Some(value),
                "to" => to = Some(value),
                _ => return Err(A::Error::unknown_field(&key, &["from", "to"])),
            }
        }
        match (from, to) {
            (Some(from), Some(to)) => Ok(Answer::Range { from, to }),
            (None, _) => Err(A::Error::missing_field("from")),
            (_, None) => Err(A::Error::missing_field("to")),
        }
    }
}
