//! The life of a case: one table, read by both sides.
//!
//! Source: the life-cycle table of the domain notes, drawn from the seed
//! documents (accept, reject, close, "replying to a closed ticket with Send will
//! change the status … to Waiting for Support"), and what they say of escalations,
//! the re-evaluation of a priority, and the survey.

mod action;
mod rules;
mod standing;
mod state;
mod status;

use chrono::{DateTime, Utc};

pub use action::{Action, DetailRule, TextRule};
pub use standing::{Role, Standing};
pub use state::{CaseState, Reopening};
pub use status::{Side, Status};

use rules::RULES;

/// The case after `action`, or `None` where the person may not take it now.
#[must_use]
pub fn next_state(
    action: Action,
    standing: Standing,
    case: CaseState,
    reopening: Reopening,
    now: DateTime<Utc>,
) -> Option<CaseState> {
    let rule = RULES.iter().find(|rule| rule.action == action && rule.applies(standing, case))?;
    rule.outcome(case, reopening, now)
}

/// Everything the person may do to the case now, in the order of [`Action::ALL`].
#[must_use]
pub fn allowed_actions(
    standing: Standing,
    case: CaseState,
    reopening: Reopening,
    now: DateTime<Utc>,
) -> Vec<Action> {
    Action::ALL
        .iter()
        .copied()
        .filter(|action| next_state(*action, standing, case, reopening, now).is_some())
        .collect()
}
