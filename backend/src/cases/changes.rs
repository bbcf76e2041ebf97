//! What a deed changes, as the timeline tells it.

use contract::{Action, Priority, case::ReviewStep, thread::Content};

use super::{act::Deed, record::CaseRow};
use crate::store::StoreError;

/// The events of a deed, in the order they are told.
///
/// # Errors
/// Something stored cannot be read.
pub fn changes(case: &CaseRow, deed: &Deed<'_>) -> Result<Vec<Content>, StoreError> {
    let (before, after) = (case.state()?, deed.next);
    let mut events = Vec::new();
    if let Some(step) = review_after(case, deed)? {
        events.push(Content::PriorityReview { step });
    }
    if let Some(to) = deed.details.priority {
        events.extend(ranked(case.rank()?, to));
    }
    match deed.action {
        Action::SetEta => events.push(Content::EtaChanged { to: deed.details.eta }),
        Action::SetJiraTicket => {
            events.push(Content::JiraTicketChanged { to: deed.details.jira.clone() });
        }
        _ => {}
    }
    if let Some(to) = after.escalation.filter(|_| after.escalation != before.escalation) {
        events.push(Content::EscalationChanged { to });
    }
    if after.status != before.status {
        events.push(Content::StatusChanged { from: before.status, to: after.status });
    }
    Ok(events)
}

fn ranked(from: Priority, to: Priority) -> Option<Content> {
    (from != to).then_some(Content::PriorityChanged { from, to })
}

/// What becomes of the wish for another priority, if anything does.
///
/// # Errors
/// Something stored cannot be read.
pub fn review_after(case: &CaseRow, deed: &Deed<'_>) -> Result<Option<ReviewStep>, StoreError> {
    Ok(match (case.state()?.review_pending, deed.next.review_pending) {
        (false, true) => Some(ReviewStep::Requested),
        (true, false) => Some(match deed.action {
            Action::ApprovePriorityReview => ReviewStep::Approved,
            Action::DeclinePriorityReview => ReviewStep::Declined,
            _ => ReviewStep::Withdrawn,
        }),
        _ => None,
    })
}
