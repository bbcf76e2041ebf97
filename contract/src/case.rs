//! Cases on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Action, CaseNumber, Escalation, FieldError, Impact, Priority, Status,
    catalogue::{Answer, Answers, Kind, Receipt},
    lifecycle::{Role, TextRule},
    markdown::Block,
    people::{OrganisationRef, PersonRef},
    thread::valid_text,
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
    /// The closed case it takes up, where the reader may see that.
    pub follows: Option<CaseRef>,
    /// The cases that take it up, of those the reader may see.
    pub followed_by: Vec<CaseRef>,
    /// The submission: every answer as it was asked.
    pub submission: Vec<AskedAnswer>,
    /// Whether the requester is asked how it went, once it is closed.
    pub survey: bool,
    /// When it was closed, if it is.
    #[serde(default, with = "crate::moment::optional")]
    pub closed_at: Option<DateTime<Utc>>,
    /// What the reader may do to it now.
    pub actions: Vec<Action>,
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

/// Someone who follows a case and is told of all that happens on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Watcher {
    /// A person of the organisation, who sees the case in the portal.
    Person(PersonRef),
    /// An e-mail address without an account there: it is sent mail and sees nothing.
    Address(String),
}

impl Watcher {
    /// The name or the address.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Self::Person(person) => &person.name,
            Self::Address(address) => address,
        }
    }
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
}

/// Something done to a case, other than a plain reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakeAction {
    /// What to do.
    pub action: Action,
    /// The text that goes with it, Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl TakeAction {
    /// The action with its text as stored, or what is wrong with the text.
    ///
    /// # Errors
    /// A text is missing, too long, or not taken, at `/message`.
    pub fn validate(self, role: Role) -> Result<Self, Vec<FieldError>> {
        let given = self.message.filter(|text| !text.trim().is_empty());
        let message = match (self.action.text_rule(role), given) {
            (TextRule::None, Some(_)) => {
                let message = texts::mistakes::leave_text_out();
                return Err(vec![FieldError::new("/message", crate::field::FieldCode::NotAsked, message)]);
            }
            (TextRule::None | TextRule::Optional, None) => None,
            (TextRule::Required, None) => Some(String::new()),
            (TextRule::Optional | TextRule::Required, Some(text)) => Some(text),
        };
        let message = message.map(|text| valid_text(&text, "/message")).transpose();
        Ok(Self { message: message.map_err(|error| vec![error])?, ..self })
    }
}

/// How many cases a person sees, by status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseCounts {
    /// All cases the person may see, whatever the filter.
    pub total: u64,
    /// Cases that match the search, by status key; absent means none.
    pub by_status: std::collections::BTreeMap<Status, u64>,
}
