//! How it went, asked once after a case is closed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{FieldError, field::FieldCode, thread::valid_text};

/// Where on a case's page its survey stands, as a link's fragment.
pub const ANCHOR: &str = "survey";

/// The least and the most that a question of the survey can be answered with.
pub const GRADES: std::ops::RangeInclusive<u8> = 1..=5;

/// Where a case's survey stands, as far as the reader is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SurveyState {
    /// There is none, or the reader is told nothing of it.
    #[default]
    None,
    /// It is answered once the case is closed.
    Open,
    /// The requester said how it went.
    Answered {
        /// The answer.
        answer: SurveyAnswer,
        /// When it was given.
        #[serde(with = "crate::moment")]
        at: DateTime<Utc>,
    },
    /// The requester would rather not say.
    Skipped,
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SurveyAnswer {
    /// How easy it was to get help, from 1 (very hard) to 5 (very easy).
    pub effort: u8,
    /// How content one is with the outcome, from 1 (not at all) to 5 (very).
    pub satisfaction: u8,
    /// What one would like to add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What is sent to the survey: an answer, or that there will be none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NewSurvey {
    /// How it went.
    Answer(SurveyAnswer),
    /// The requester would rather not say.
    Skip,
}

impl NewSurvey {
    /// The survey as it is stored.
    ///
    /// # Errors
    /// A grade is out of range, or the comment too long, at `/answer/…`.
    pub fn validate(self) -> Result<Self, Vec<FieldError>> {
        let Self::Answer(answer) = self else { return Ok(self) };
        let mut mistakes = Vec::new();
        for (field, grade) in [("effort", answer.effort), ("satisfaction", answer.satisfaction)] {
            if !GRADES.contains(&grade) {
                let message = texts::mistakes::number_between(GRADES.start(), GRADES.end());
                mistakes.push(FieldError::new(format!("/answer/{field}"), FieldCode::OutOfRange, message));
            }
        }
        let comment = answer.comment.filter(|text| !text.trim().is_empty());
        let comment = comment.map(|text| valid_text(&text, "/answer/comment")).transpose();
        let comment = comment.unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            None
        });
        if mistakes.is_empty() { Ok(Self::Answer(SurveyAnswer { comment, ..answer })) } else { Err(mistakes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_from_one_to_five() {
        let survey = |effort, satisfaction| {
            NewSurvey::Answer(SurveyAnswer { effort, satisfaction, comment: Some(" \n".to_owned()) })
        };
        for grade in GRADES {
            let NewSurvey::Answer(answer) = survey(grade, 3).validate().expect("fits") else {
                unreachable!("an answer stays one")
            };
            assert_eq!((answer.effort, answer.comment), (grade, None));
        }
        let pointers = |survey: NewSurvey| {
            survey.validate().expect_err("does not fit").into_iter().map(|e| e.pointer).collect::<Vec<_>>()
        };
        assert_eq!(pointers(survey(0, 6)), ["/answer/effort", "/answer/satisfaction"]);
        assert_eq!(NewSurvey::Skip.validate(), Ok(NewSurvey::Skip));
    }
}
