//! What people can do to a case.

use serde::{Deserialize, Serialize};

use super::Role;

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $key:literal,)*) => {
        /// What a person can do to a case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// All actions.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The key used in addresses; the same as on the wire.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }
        }
    };
}

actions! {
    /// Write a message for everyone on the case.
    Reply = "reply",
    /// Write a message and close.
    ReplyAndClose = "reply_and_close",
    /// Write a note that never leaves the desk.
    AddNote = "add_note",
    /// Start working on it.
    PickUp = "pick_up",
    /// Ask the customer for something.
    RequestInformation = "request_information",
    /// Propose a solution.
    ProposeSolution = "propose_solution",
    /// Accept the proposed solution.
    AcceptSolution = "accept_solution",
    /// Reject the proposed solution, with a reason.
    RejectSolution = "reject_solution",
    /// Close the case.
    Close = "close",
    /// Ask support to rank it anew, with a reason.
    RequestPriorityReview = "request_priority_review",
    /// Rank it anew, as asked.
    ApprovePriorityReview = "approve_priority_review",
    /// Leave its rank, with a reason.
    DeclinePriorityReview = "decline_priority_review",
    /// Rank it anew, unasked.
    SetPriority = "set_priority",
    /// Say when it may be solved, or take that back.
    SetEta = "set_eta",
    /// Name the ticket of the development team, or take it away.
    SetJiraTicket = "set_jira_ticket",
    /// Call the people on call, with a reason.
    Escalate = "escalate",
    /// Take the escalation up.
    AcknowledgeEscalation = "acknowledge_escalation",
    /// Propose how to end the escalation.
    ProposeEscalationSolution = "propose_escalation_solution",
    /// Accept that.
    AcceptEscalationSolution = "accept_escalation_solution",
    /// Reject it, with a reason.
    RejectEscalationSolution = "reject_escalation_solution",
    /// End the escalation; the case goes on.
    CloseEscalation = "close_escalation",
    /// End an escalation that was none, with a reason.
    CancelEscalation = "cancel_escalation",
    /// Be told of all that happens.
    Watch = "watch",
    /// Be told no longer.
    StopWatching = "stop_watching",
    /// Let others be told of all that happens.
    AddWatchers = "add_watchers",
    /// Let others be told no longer.
    RemoveWatchers = "remove_watchers",
    /// Change the customer's own reference.
    EditReference = "edit_reference",
    /// Correct the answers it was filed with.
    EditAnswers = "edit_answers",
    /// Say how it went, or that one would rather not.
    AnswerSurvey = "answer_survey",
}

/// Whether an action comes with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextRule {
    /// It cannot have one.
    None,
    /// It may have one.
    Optional,
    /// It must have one.
    Required,
}

/// What else an action comes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailRule {
    /// Nothing.
    None,
    /// The new priority.
    Priority,
    /// The day it may be solved; none takes it back.
    Eta,
    /// The development team's ticket; none takes it away.
    JiraTicket,
}

impl Action {
    /// The action of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.key() == key)
    }

    /// Whether it is sent to the case's `actions`; the others have addresses of their own.
    #[must_use]
    pub const fn is_taken(self) -> bool {
        !matches!(
            self,
            Self::Reply
                | Self::AddNote
                | Self::Watch
                | Self::StopWatching
                | Self::AddWatchers
                | Self::RemoveWatchers
                | Self::EditReference
                | Self::EditAnswers
                | Self::AnswerSurvey
        )
    }

    /// Whether `role` must, may or cannot write a text with this action.
    #[must_use]
    pub const fn text_rule(self, role: Role) -> TextRule {
        match self {
            Self::Close if !matches!(role, Role::Analyst) => TextRule::Optional,
            Self::AcceptSolution
            | Self::ApprovePriorityReview
            | Self::SetPriority
            | Self::SetEta
            | Self::AcknowledgeEscalation
            | Self::AcceptEscalationSolution
            | Self::CloseEscalation => TextRule::Optional,
            Self::Reply
            | Self::ReplyAndClose
            | Self::AddNote
            | Self::RequestInformation
            | Self::ProposeSolution
            | Self::RejectSolution
            | Self::Close
            | Self::RequestPriorityReview
            | Self::DeclinePriorityReview
            | Self::Escalate
            | Self::ProposeEscalationSolution
            | Self::RejectEscalationSolution
            | Self::CancelEscalation => TextRule::Required,
            Self::PickUp
            | Self::SetJiraTicket
            | Self::Watch
            | Self::StopWatching
            | Self::AddWatchers
            | Self::RemoveWatchers
            | Self::EditReference
            | Self::EditAnswers
            | Self::AnswerSurvey => TextRule::None,
        }
    }

    /// What else it comes with.
    #[must_use]
    pub const fn detail_rule(self) -> DetailRule {
        match self {
            Self::ApprovePriorityReview | Self::SetPriority => DetailRule::Priority,
            Self::SetEta => DetailRule::Eta,
            Self::SetJiraTicket => DetailRule::JiraTicket,
            _ => DetailRule::None,
        }
    }
}
