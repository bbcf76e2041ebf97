//! Cases on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Action, CaseNumber, Entry, Escalation, FieldError, Impact, JiraTicket, Priority, Status, SurveyState,
    Watcher,
    catalogue::{Answer, Answers, Kind, Receipt},
    field::{FieldCode, clean_line},
    limits::TEXT_MAX,
    markdown::Block,
    people::{OrganisationRef, PersonRef},
    thread::Content,
};

/// A case as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSummary {
    /// The number people know it by.
    pub number: CaseNumber,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// Its type's id in the catalogue.
    pub type_id: String,
    /// Its type's title when it was filed.
    pub type_title: String,
    /// Support's rank.
    pub priority: Priority,
    /// The requester's impact, where the type asks for one.
    pub impact: Option<Impact>,
    /// The environment concerned.
    pub environment: Option<String>,
    /// Whose case it is.
    pub organisation: OrganisationRef,
    /// Who needs it solved.
    pub requester: PersonRef,
    /// Since when it has been the turn of whoever's it is ([`Status::turn`]), or closed.
    #[serde(with = "crate::moment")]
    pub turn_since: DateTime<Utc>,
    /// Whether something happened that the reader has not seen: in a case of theirs or one
    /// they follow, or one they once looked at. As lists tell it; a case that is read has
    /// its own mark.
    #[serde(default)]
    pub unread: bool,
    /// When it was filed.
    #[serde(with = "crate::moment")]
    pub created_at: DateTime<Utc>,
    /// When anything the reader may see last happened.
    #[serde(with = "crate::moment")]
    pub updated_at: DateTime<Utc>,
}

/// A case, whole but for its timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseRecord {
    /// What lists show.
    pub summary: CaseSummary,
    /// Counts changes; the `ETag` is this number in quotes.
    pub version: i64,
    /// Who filed it; not the requester where it was filed on behalf.
    pub filer: PersonRef,
    /// Who of support gets it; told to support only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Which receipt was sent.
    pub receipt: Receipt,
    /// How long such cases usually take, such as "3 to 5 days".
    pub processing_time: Option<String>,
    /// The customer's own reference.
    pub internal_reference: Option<String>,
    /// When the customer would like it done.
    pub desired_date: Option<NaiveDate>,
    /// Whom else to tell, as given at filing.
    pub additional_contact: Option<String>,
    /// Who follows it beside those it belongs to.
    pub watchers: Vec<Watcher>,
    /// Where its escalation stands, if it was escalated.
    pub escalation: Option<Escalation>,
    /// What became of the wish for another priority, if there was one.
    pub priority_review: Option<PriorityReview>,
    /// When support said that it may be solved, oldest first; the last one holds.
    pub etas: Vec<EtaChange>,
    /// The development team's ticket.
    pub jira: Option<JiraTicket>,
    /// The solution proposed last, unless it was rejected.
    pub solution: Option<Entry>,
    /// The closed case it takes up, where the reader may see that.
    pub follows: Option<CaseRef>,
    /// The cases that take it up, of those the reader may see.
    pub followed_by: Vec<CaseRef>,
    /// The submission: every answer as it was asked.
    pub submission: Vec<AskedAnswer>,
    /// How its requester is asked how it went.
    pub survey: SurveyState,
    /// When it was closed, if it is.
    #[serde(default, with = "crate::moment::optional")]
    pub closed_at: Option<DateTime<Utc>>,
    /// How it ended, if it is closed.
    pub outcome: Option<Outcome>,
    /// What the reader may do to it now.
    pub actions: Vec<Action>,
    /// How many files it has that the reader may see.
    #[serde(default)]
    pub attachments: u32,
    /// The position of the last entry the reader has read; 0 for whoever was never here.
    #[serde(default)]
    pub read_to: i64,
    /// Whether the reader wants to be told nothing of it.
    #[serde(default)]
    pub muted: bool,
}

impl CaseRecord {
    /// The day on which it may be solved, as support said last.
    #[must_use]
    pub fn eta(&self) -> Option<NaiveDate> {
        self.etas.last().and_then(|change| change.to)
    }

    /// The solution proposed last, as a tree, unless it was rejected.
    #[must_use]
    pub fn solution_body(&self) -> Option<&[Block]> {
        match &self.solution.as_ref()?.content {
            Content::Message { body, .. } => Some(body),
            _ => None,
        }
    }
}

/// That support said when a case may be solved. It binds nobody (domain notes, "ETA").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EtaChange {
    /// The day; none took back what was said before.
    pub to: Option<NaiveDate>,
    /// Who said it.
    pub by: PersonRef,
    /// When it was said.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
}

/// A customer's wish for another priority, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriorityReview {
    /// Where it stands.
    pub step: ReviewStep,
    /// Since when.
    #[serde(with = "crate::moment")]
    pub since: DateTime<Utc>,
}

/// Where the wish for another priority stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewStep {
    /// Support is asked.
    Requested,
    /// Support ranked the case anew.
    Approved,
    /// Support left it as it was.
    Declined,
    /// The case was closed before support answered.
    Withdrawn,
}

impl ReviewStep {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Requested, Self::Approved, Self::Declined, Self::Withdrawn];

    /// The key used in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The step of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.key() == key)
    }
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outcome {
    /// Whether its solution was accepted; otherwise it was closed without.
    pub accepted: bool,
    /// Who ended it.
    pub by: PersonRef,
}

/// What a customer may change about a case at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseChange {
    /// The customer's own reference; none takes it away.
    pub internal_reference: Option<String>,
}

impl CaseChange {
    /// The change as it is stored.
    ///
    /// # Errors
    /// The reference is longer than [`TEXT_MAX`] characters, at `/internal_reference`.
    pub fn validate(self) -> Result<Self, Vec<FieldError>> {
        let reference = self.internal_reference.map(|text| clean_line(&text)).filter(|text| !text.is_empty());
        let length = reference.as_ref().map_or(0, |text| text.chars().count());
        if length > TEXT_MAX {
            let message = texts::mistakes::shorten_to(TEXT_MAX, length);
            return Err(vec![FieldError::new("/internal_reference", FieldCode::TooLong, message)]);
        }
        Ok(Self { internal_reference: reference })
    }
}

/// The answers a case is to have in place of those it was filed with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAnswers {
    /// The answers by question id.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, Answer>))]
    pub answers: Answers,
}

/// Another case, as far as a link needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseRef {
    /// The number people know it by.
    pub number: CaseNumber,
    /// What it is about.
    pub subject: String,
}

/// One answer of the submission, with its question as it was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedAnswer {
    /// The question's id.
    pub question: String,
    /// The question as asked.
    pub label: String,
    /// The question's kind.
    pub kind: Kind,
    /// The answer.
    pub answer: Answer,
    /// The answer in words: the titles of chosen options, a line a list entry.
    pub words: Vec<String>,
    /// A long text as a tree; empty for other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<Block>,
}

/// A submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewCase {
    /// The case type's id.
    #[serde(rename = "type")]
    pub type_id: String,
    /// The organisation it is for; may be left out by people of just one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Uuid>,
    /// Whose case it is to be, where an administrator files for a colleague; absent:
    /// whoever files it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<Uuid>,
    /// The closed case of the same organisation that it takes up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<CaseNumber>,
    /// The answers by question id; `subject` and other common ones among them.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, Answer>))]
    pub answers: Answers,
    /// The uploads that go along with it, whole and of whoever files it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Uuid>,
}

/// How many cases a person sees, by status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseCounts {
    /// All cases the person may see, whatever the filter.
    pub total: u64,
    /// Cases that match the search and the filters but for the status, by status key;
    /// absent means none.
    pub by_status: std::collections::BTreeMap<Status, u64>,
}
