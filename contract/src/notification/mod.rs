//! What people are told of in the portal.

mod choices;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use choices::{Channel, MailPace, NotificationChoices, Topic};

use crate::{CaseNumber, Entry, FieldError, field::FieldCode, markdown, thread::Content};

/// How many characters of a message a notification brings.
pub const EXCERPT_MAX: usize = 200;
/// Most notifications that one request marks by their ids.
pub const MARKED_MAX: usize = 200;

/// That somebody else did something in a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notification {
    /// Its id.
    pub id: Uuid,
    /// Which case.
    pub number: CaseNumber,
    /// What the case is about.
    pub subject: String,
    /// What was done, [shortened](shortened).
    pub entry: Entry,
    /// Whether the person has seen it.
    pub read: bool,
}

/// How much somebody has not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadCount {
    /// How many notifications, at most [`UNREAD_MAX`](crate::limits::UNREAD_MAX): more are
    /// not counted.
    pub unread: u64,
}

/// Which notifications were seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeenNotifications {
    /// Their ids, at most [`MARKED_MAX`]; without them all up to now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<Uuid>>,
}

impl SeenNotifications {
    /// What is wrong with them.
    ///
    /// # Errors
    /// The mistake, at `/ids`: there are none, or more than [`MARKED_MAX`].
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let refused = |code, message: String| Err(vec![FieldError::new("/ids", code, message)]);
        match self.ids.as_ref().map(Vec::len) {
            Some(0) => refused(FieldCode::Required, texts::mistakes::choose_at_least_one().to_owned()),
            Some(count) if count > MARKED_MAX => {
                refused(FieldCode::TooMany, texts::mistakes::enter_at_most(MARKED_MAX))
            }
            _ => Ok(()),
        }
    }
}

/// What happened, with the beginning of a message's words in place of all of it: at most
/// [`EXCERPT_MAX`] characters, without their form, and no tree.
#[must_use]
pub fn shortened(mut entry: Entry) -> Entry {
    if let Content::Message { source, body, mailed, .. } = &mut entry.content {
        *mailed = None;
        let words = markdown::words(body);
        body.clear();
        *source = match words.char_indices().nth(EXCERPT_MAX) {
            Some((end, _)) => format!("{}…", words[..end].trim_end()),
            None => words,
        };
    }
    entry
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{
        markdown::{Block, Inline},
        people::PersonRef,
        thread::Purpose,
    };

    #[test]
    fn a_message_is_shortened_between_characters() {
        let text = |text: &str| Inline::Text { text: text.to_owned() };
        let paragraph = |children| Block::Paragraph { children };
        let strong = Inline::Strong { children: vec![text("Two")] };
        let body = vec![
            paragraph(vec![text("One  "), Inline::Break, strong, text("fold")]),
            Block::List { start: None, items: vec![vec![paragraph(vec![text("three")])]] },
            paragraph(vec![text(&"ä".repeat(EXCERPT_MAX))]),
        ];
        let content = Content::Message {
            purpose: Purpose::Reply,
            source: "as typed".to_owned(),
            body,
            edited: None,
            mailed: None,
            attachments: Vec::new(),
        };
        let author = PersonRef { id: Uuid::nil(), name: "Jana Vogel".to_owned(), support: false };
        let entry = Entry { id: Uuid::nil(), position: 1, at: DateTime::UNIX_EPOCH, author, content };
        let Content::Message { source, .. } = shortened(entry).content else { panic!("a message") };
        assert!(source.starts_with("One Twofold three ää") && source.ends_with("ä…"));
        assert_eq!(source.chars().count(), EXCERPT_MAX + 1);
    }
}
