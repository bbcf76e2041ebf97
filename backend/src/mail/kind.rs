//! The kinds of mail and their subjects, to the letter of the seeds.

use contract::{
    CaseNumber, EscalationState, Status,
    catalogue::Receipt,
    thread::{Content, Purpose},
};
use texts::Language;

/// What a mail tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A case was filed, or its status changed.
    Receipt,
    /// The same of a change request.
    ChangeRequest,
    /// Support said when it expects to be done, or took that back.
    Eta,
    /// An emergency was declared, or an escalation moved.
    Emergency,
    /// Somebody wrote, or sent files.
    Comment,
    /// The case waits for its requester still: a receipt of where it stands.
    Reminder,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Receipt, Self::ChangeRequest, Self::Eta, Self::Emergency, Self::Comment, Self::Reminder];

    /// The key used in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::ChangeRequest => "change_request",
            Self::Eta => "eta",
            Self::Emergency => "emergency",
            Self::Comment => "comment",
            Self::Reminder => "reminder",
        }
    }

    /// The kind of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Which mail tells of an entry of a case with such a receipt; none of most events. An
    /// emergency is told of by the escalation that it begins with, and files that come with
    /// a new case by the receipt of that.
    #[must_use]
    pub fn telling(content: &Content, receipt: Receipt, filing: bool) -> Option<Self> {
        match (content, receipt) {
            (Content::Filed, Receipt::Emergency) => None,
            (
                Content::Filed | Content::StatusChanged { .. } | Content::RequesterChanged { .. },
                Receipt::ChangeRequest,
            ) => Some(Self::ChangeRequest),
            (Content::Filed | Content::StatusChanged { .. } | Content::RequesterChanged { .. }, _) => {
                Some(Self::Receipt)
            }
            (Content::EtaChanged { .. }, _) => Some(Self::Eta),
            (Content::EscalationChanged { .. }, _) => Some(Self::Emergency),
            (Content::Message { purpose: Purpose::Note, .. }, _) => None,
            (Content::Message { .. }, _) => Some(Self::Comment),
            (Content::Attached { .. }, _) if !filing => Some(Self::Comment),
            _ => None,
        }
    }
}

/// What the subject of a mail is made of.
pub struct Subject<'a> {
    /// What it tells of.
    pub kind: Kind,
    /// Of which case.
    pub number: CaseNumber,
    /// The name of the organisation whose case it is.
    pub customer: &'a str,
    /// The case's status when that happened.
    pub status: Status,
    /// What happened.
    pub content: &'a Content,
    /// What a reply is matched by.
    pub tracking_id: &'a str,
}

impl Subject<'_> {
    /// The line as the seeds give it, on which customers' own filters rely: in English
    /// whatever the language of the mail, and without anything that could end the line.
    #[must_use]
    pub fn line(&self) -> String {
        let line = texts::speaking(Language::english(), || self.spoken());
        line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    }

    fn spoken(&self) -> String {
        let Self { number, customer, tracking_id, .. } = self;
        let status = self.status.label();
        match self.kind {
            Kind::Receipt | Kind::Reminder => {
                format!(
                    "Case Receipt - Case ID: {number} - Customer: {customer} - Status: {status}. {tracking_id}"
                )
            }
            Kind::ChangeRequest => format!(
                "Change Request Receipt - Case ID: {number} - Customer: {customer} - Status: {status}. {tracking_id}"
            ),
            Kind::Eta => {
                let eta = self.eta();
                format!(
                    "Case ETA Update - Case ID: {number} - Customer: {customer} - ETA: {eta}. {tracking_id}"
                )
            }
            Kind::Emergency => {
                let state = self.escalation().label();
                format!("Emergency {state} - Case ID: {number} - Customer: {customer} {tracking_id}")
            }
            Kind::Comment => format!(
                "Case Comment Notification - Case ID: {number} - Customer: {customer} - Status: {status} {tracking_id}"
            ),
        }
    }

    fn eta(&self) -> String {
        match self.content {
            Content::EtaChanged { to: Some(day) } => day.to_string(),
            _ => "none".to_owned(),
        }
    }

    fn escalation(&self) -> EscalationState {
        match self.content {
            Content::EscalationChanged { to } => *to,
            _ => EscalationState::Started,
        }
    }
}
