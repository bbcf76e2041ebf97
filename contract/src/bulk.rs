//! One thing done to several cases.

use serde::{Deserialize, Serialize};

use crate::{CaseNumber, FieldError, ProblemCode, field::FieldCode, limits::BULK_MAX};

/// What can be done to several cases at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BulkDeed {
    /// Say that one has read all there is.
    MarkRead,
    /// Follow it.
    Watch,
    /// Close it, without a word.
    Close,
}

/// A request to do it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BulkRequest {
    /// To which cases, at most [`BULK_MAX`].
    pub numbers: Vec<CaseNumber>,
    /// What.
    #[serde(rename = "do")]
    pub deed: BulkDeed,
}

/// What became of it for one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkOutcome {
    /// The case.
    pub number: CaseNumber,
    /// Whether it is done.
    pub done: bool,
    /// Why not, if it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemCode>,
}

impl BulkRequest {
    /// What is wrong with it.
    #[must_use]
    pub fn validate(&self) -> Vec<FieldError> {
        let mistake = match self.numbers.len() {
            0 => (FieldCode::Required, texts::mistakes::choose_at_least_one().to_owned()),
            1..=BULK_MAX => return Vec::new(),
            _ => (FieldCode::TooMany, texts::mistakes::enter_at_most(BULK_MAX)),
        };
        vec![FieldError::new("/numbers", mistake.0, mistake.1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_cases_and_not_too_many() {
        for (count, code) in [
            (0, Some(FieldCode::Required)),
            (1, None),
            (BULK_MAX, None),
            (BULK_MAX + 1, Some(FieldCode::TooMany)),
        ] {
            let request = BulkRequest { numbers: vec![CaseNumber(1); count], deed: BulkDeed::Watch };
            let mistakes: Vec<_> = request.validate().into_iter().map(|mistake| mistake.code).collect();
            assert_eq!(mistakes, code.into_iter().collect::<Vec<_>>(), "{count}");
        }
    }
}
