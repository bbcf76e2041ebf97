//! What is said and what happens on a case, in one order.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    EscalationState, FieldError, JiraTicket, Priority, Status, Watcher,
    attachment::{AttachedFile, valid_ids},
    case::ReviewStep,
    field::{FieldCode, clean_text},
    limits::MESSAGE_MAX,
    markdown::Block,
    people::PersonRef,
};

/// How long after it was written its author may edit a message.
pub const EDITABLE_FOR: TimeDelta = TimeDelta::minutes(5);

/// One entry of a case's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// Stable id, the target of permalinks.
    pub id: Uuid,
    /// Place in the case's one order, from 1; gaps are possible.
    pub position: i64,
    /// When it happened.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// Who did it.
    pub author: PersonRef,
    /// What it is.
    pub content: Content,
}

/// A message or an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Something a person wrote.
    Message {
        /// What the message was written for.
        purpose: Purpose,
        /// The text as typed, Markdown.
        source: String,
        /// The text as a tree.
        body: Vec<Block>,
        /// That its author changed it, if they did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        edited: Option<Edited>,
        /// That it came by mail, if it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mailed: Option<Mailed>,
        /// The files that came with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<AttachedFile>,
    },
    /// Files were sent without a word.
    Attached {
        /// The files.
        attachments: Vec<AttachedFile>,
    },
    /// The case was filed.
    Filed,
    /// The status changed.
    StatusChanged {
        /// Before.
        from: Status,
        /// After.
        to: Status,
    },
    /// Support ranked the case anew.
    PriorityChanged {
        /// Before.
        from: Priority,
        /// After.
        to: Priority,
    },
    /// The case's escalation began, or moved on.
    EscalationChanged {
        /// Where it stands now.
        to: EscalationState,
    },
    /// Support was asked to rank the case anew, or answered.
    PriorityReview {
        /// What happened.
        step: ReviewStep,
    },
    /// Support said when the case may be solved.
    EtaChanged {
        /// The day; none took back what was said before.
        to: Option<NaiveDate>,
    },
    /// The development team's ticket changed.
    JiraTicketChanged {
        /// The ticket; none took it away.
        to: Option<JiraTicket>,
    },
    /// Someone follows the case.
    WatcherAdded {
        /// Who.
        watcher: Watcher,
    },
    /// Someone follows it no longer.
    WatcherRemoved {
        /// Who.
        watcher: Watcher,
    },
    /// The answers it was filed with were corrected.
    AnswersChanged {
        /// The questions whose answers changed, as asked.
        questions: Vec<String>,
    },
    /// It has another requester.
    RequesterChanged {
        /// Who it is now.
        to: PersonRef,
    },
}

/// A message came by mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mailed {
    /// What stood in the mail beside what its author wrote: what it answers, a signature.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quoted: Vec<Block>,
}

/// A message was changed after it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Edited {
    /// How often; the message's `ETag` is this number in quotes, `"0"` before the first time.
    pub times: i64,
    /// When last.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
}

impl Content {
    /// The files that came with it.
    #[must_use]
    pub fn attachments(&self) -> &[AttachedFile] {
        match self {
            Self::Message { attachments, .. } | Self::Attached { attachments } => attachments,
            _ => &[],
        }
    }

    /// How often a message was edited; 0 for anything else.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        match self {
            Self::Message { edited: Some(edited), .. } => edited.times,
            _ => 0,
        }
    }
}

/// Whether a person may edit an entry now: messages of their own, whatever they were
/// written for, within [`EDITABLE_FOR`] of sending them.
#[must_use]
pub fn may_edit(entry: &Entry, person: Uuid, now: DateTime<Utc>) -> bool {
    let is_message = matches!(entry.content, Content::Message { .. });
    is_message && entry.author.id == person && now - entry.at <= EDITABLE_FOR
}

/// What a message was written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To talk.
    Reply,
    /// To remember, within support; customers are never sent one.
    Note,
    /// To ask the customer for something.
    InformationRequest,
    /// To propose a solution.
    Solution,
    /// To accept it.
    Acceptance,
    /// To say why a solution is rejected.
    Rejection,
    /// To say why the case is closed.
    ClosingNote,
    /// To ask for another priority, or to answer that.
    PriorityReview,
    /// To say something about the escalation.
    Escalation,
    /// To explain a change made along with it.
    Explanation,
}

impl Purpose {
    /// What it is called above the message; a reply needs no name.
    #[must_use]
    pub fn label(self) -> Option<&'static str> {
        Some(match self {
            Self::Reply => return None,
            Self::Note => texts::record::internal_note(),
            Self::InformationRequest => texts::record::asked_for_information(),
            Self::Solution => texts::record::proposed_solution(),
            Self::Acceptance => texts::record::accepted_solution(),
            Self::Rejection => texts::record::rejected_solution(),
            Self::ClosingNote => texts::record::closing_note(),
            Self::PriorityReview => texts::record::priority_review(),
            Self::Escalation => texts::record::escalation(),
            Self::Explanation => texts::record::explanation(),
        })
    }
}

/// A new message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// The text, Markdown; may be empty where files come with it.
    pub body: String,
    /// A note for the support team only.
    #[serde(default)]
    pub internal: bool,
    /// The uploads that come with it, whole and of its author.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Uuid>,
}

impl NewMessage {
    /// The message as it is stored, or what is wrong with it.
    ///
    /// # Errors
    /// The mistakes, at `/body` and `/attachments`.
    pub fn validate(self) -> Result<Self, Vec<FieldError>> {
        valid_ids(&self.attachments).map_err(|error| vec![error])?;
        let body = text_beside_files(&self.body, "/body", !self.attachments.is_empty());
        Ok(Self { body: body.map_err(|error| vec![error])?, ..self })
    }
}

/// A text as it is stored; with files it may be left empty.
///
/// # Errors
/// It is empty without files, or too long, at `pointer`.
pub fn text_beside_files(text: &str, pointer: &str, files: bool) -> Result<String, FieldError> {
    if files && text.trim().is_empty() {
        return Ok(String::new());
    }
    valid_text(text, pointer)
}

/// A message's new text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditMessage {
    /// The text, Markdown.
    pub body: String,
}

impl EditMessage {
    /// The text as it is stored, or what is wrong with it.
    ///
    /// # Errors
    /// The mistake, at `/body`.
    pub fn validate(self) -> Result<String, Vec<FieldError>> {
        valid_text(&self.body, "/body").map_err(|error| vec![error])
    }
}

/// One of the texts a message has had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revision {
    /// When it was written.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// The text as typed, Markdown.
    pub source: String,
    /// The text as a tree.
    pub body: Vec<Block>,
}

/// A text a person must write, cleaned for storage.
///
/// # Errors
/// Empty or longer than [`MESSAGE_MAX`] characters.
pub fn valid_text(text: &str, pointer: &str) -> Result<String, FieldError> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(FieldError::new(pointer, FieldCode::Required, texts::mistakes::write_something()));
    }
    if length > MESSAGE_MAX {
        return Err(FieldError::new(
            pointer,
            FieldCode::TooLong,
            texts::mistakes::shorten_by(MESSAGE_MAX, length - MESSAGE_MAX),
        ));
    }
    Ok(clean_text(text.trim_end()))
}
