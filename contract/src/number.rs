//! The number people know a case by.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A case number, shown as `CS-000123`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber(pub i64);

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for CaseNumber {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^CS-[0-9]{6,12}$"))
            .examples(["CS-000123"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for CaseNumber {}

/// The text is no case number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a case number looks like CS-000123")]
pub struct NotACaseNumber;

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CS-{:06}", self.0)
    }
}

impl FromStr for CaseNumber {
    type Err = NotACaseNumber;

    /// Reads the exact form that [`fmt::Display`] writes, so that a case has one address.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix("CS-").ok_or(NotACaseNumber)?;
        let plain = (6..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let number = digits.parse().ok().filter(|n| plain && *n > 0).map(Self).ok_or(NotACaseNumber)?;
        if number.to_string() == text { Ok(number) } else { Err(NotACaseNumber) }
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = NotACaseNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.to_string()
    }
}
