//! What support tells everybody, such as that something is down.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    FieldError,
    field::{FieldCode, clean_text},
    limits::NOTICE_MAX,
};

/// How pressing a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeTone {
    /// Good to know.
    Info,
    /// Something does not work.
    Outage,
}

/// The notice that stands now, if one does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeBoard {
    /// Counts what was posted and taken back; the `ETag` is this number in quotes.
    pub version: i64,
    /// The notice.
    pub notice: Option<Notice>,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// How pressing it is.
    pub tone: NoticeTone,
    /// What it says: plain text, with line breaks.
    pub text: String,
    /// When it was posted.
    #[serde(with = "crate::moment")]
    pub since: DateTime<Utc>,
    /// When it goes by itself; stays until it is taken back if absent.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::moment::optional")]
    pub until: Option<DateTime<Utc>>,
}

/// A request to post one in place of what stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewNotice {
    /// How pressing it is.
    pub tone: NoticeTone,
    /// What it says.
    pub text: String,
    /// When it goes by itself.
    #[serde(default, with = "crate::moment::optional")]
    pub until: Option<DateTime<Utc>>,
}

impl NoticeTone {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Outage, Self::Info];

    /// The key used on the wire and in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Outage => "outage",
        }
    }

    /// The tone of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.key() == key)
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Info => texts::notice::info(),
            Self::Outage => texts::notice::outage(),
        }
    }
}

impl NewNotice {
    /// Itself with a clean text.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn validate(&self, now: DateTime<Utc>) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let text = clean_text(self.text.trim());
        let length = text.chars().count();
        if length == 0 {
            errors.push(FieldError::new("/text", FieldCode::Required, texts::mistakes::write_something()));
        } else if length > NOTICE_MAX {
            let message = texts::mistakes::shorten_to(NOTICE_MAX, length);
            errors.push(FieldError::new("/text", FieldCode::TooLong, message));
        }
        if self.until.is_some_and(|until| until <= now) {
            errors.push(FieldError::new("/until", FieldCode::NotInFuture, texts::mistakes::in_the_future()));
        }
        if errors.is_empty() { Ok(Self { text, ..self.clone() }) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn says_what_is_wrong() {
        let now = DateTime::UNIX_EPOCH;
        let notice = |text: &str, until| NewNotice { tone: NoticeTone::Info, text: text.to_owned(), until };
        let codes = |notice: NewNotice| -> Vec<_> {
            let errors = notice.validate(now).unwrap_err();
            errors.into_iter().map(|error| (error.pointer, error.code)).collect()
        };
        assert_eq!(codes(notice(" \n", None)), [("/text".to_owned(), FieldCode::Required)]);
        assert_eq!(
            codes(notice(&"x".repeat(NOTICE_MAX + 1), None)),
            [("/text".to_owned(), FieldCode::TooLong)]
        );
        assert_eq!(codes(notice("x", Some(now))), [("/until".to_owned(), FieldCode::NotInFuture)]);
        let kept = notice(" It is back.\r\n", Some(now + TimeDelta::seconds(1))).validate(now).unwrap();
        assert_eq!(kept.text, "It is back.");
    }

    #[test]
    fn tones_are_found_by_their_keys() {
        for tone in NoticeTone::ALL {
            assert_eq!(NoticeTone::from_key(tone.key()), Some(tone));
        }
    }
}
