//! What the rules look at in a case.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::Status;
use crate::EscalationState;

/// Whether a reply opens a closed case again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reopening {
    /// Closed is closed.
    Never,
    /// At any time.
    Always,
    /// Within this many days after closing.
    WithinDays(u32),
}

/// How a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseState {
    /// Its status.
    pub status: Status,
    /// When it was closed, if it is.
    pub closed_at: Option<DateTime<Utc>>,
    /// Where its escalation stands, if it was escalated.
    pub escalation: Option<EscalationState>,
    /// Whether support is asked to rank it anew.
    pub review_pending: bool,
    /// Whether its requester is still to say how it went, once it is closed.
    pub survey_open: bool,
}

impl CaseState {
    /// A case just filed.
    #[must_use]
    pub const fn filed(escalation: Option<EscalationState>, survey: bool) -> Self {
        Self {
            status: Status::Received,
            closed_at: None,
            escalation,
            review_pending: false,
            survey_open: survey,
        }
    }

    /// Whether an escalation runs.
    #[must_use]
    pub fn is_escalated(self) -> bool {
        self.escalation.is_some_and(EscalationState::is_open)
    }

    pub(super) fn can_reopen(self, reopening: Reopening, now: DateTime<Utc>) -> bool {
        match (reopening, self.closed_at) {
            (Reopening::Never, _) => false,
            (Reopening::Always, _) | (Reopening::WithinDays(_), None) => true,
            (Reopening::WithinDays(days), Some(closed)) => {
                closed.checked_add_signed(Duration::days(i64::from(days))).is_none_or(|last| now <= last)
            }
        }
    }

    /// The case in another status. A closed case has neither an open escalation nor an
    /// unanswered wish for another priority.
    pub(super) fn moved(self, status: Status, now: DateTime<Utc>) -> Self {
        if status.is_open() {
            return Self { status, closed_at: None, ..self };
        }
        let escalation = if self.is_escalated() { Some(EscalationState::Closed) } else { self.escalation };
        Self { status, closed_at: self.closed_at.or(Some(now)), escalation, review_pending: false, ..self }
    }
}
