//! The life of a case: one table, read by both sides.
//!
//! Source: the life-cycle table of the domain notes, drawn from the seed
//! documents (accept, reject, close, "replying to a closed ticket with Send will
//! change the status … to Waiting for Support").

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Filed, not yet picked up.
    Received,
    /// An analyst works on it.
    Diagnosis,
    /// Support asked for something.
    WaitingForCustomer,
    /// The customer answered; support has the ball.
    WaitingForSupport,
    /// Support proposed a solution, to be accepted or rejected.
    SolutionProposed,
    /// Done.
    Closed,
}

impl Status {
    /// All statuses, in the order of a case's life.
    pub const ALL: [Self; 6] = [
        Self::Received,
        Self::Diagnosis,
        Self::WaitingForCustomer,
        Self::WaitingForSupport,
        Self::SolutionProposed,
        Self::Closed,
    ];

    /// The key used in URLs, queries and the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Diagnosis => "diagnosis",
            Self::WaitingForCustomer => "waiting_for_customer",
            Self::WaitingForSupport => "waiting_for_support",
            Self::SolutionProposed => "solution_proposed",
            Self::Closed => "closed",
        }
    }

    /// The status of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => texts::status::received(),
            Self::Diagnosis => texts::status::diagnosis(),
            Self::WaitingForCustomer => texts::status::waiting_for_customer(),
            Self::WaitingForSupport => texts::status::waiting_for_support(),
            Self::SolutionProposed => texts::status::solution_proposed(),
            Self::Closed => texts::status::closed(),
        }
    }

    /// Whether the case still runs.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed)
    }
}

/// What a person can do to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Write a message for everyone on the case.
    Reply,
    /// Write a message and close.
    ReplyAndClose,
    /// Write a note that never leaves the desk.
    AddNote,
    /// Start working on it.
    PickUp,
    /// Ask the customer for something.
    RequestInformation,
    /// Propose a solution.
    ProposeSolution,
    /// Accept the proposed solution.
    AcceptSolution,
    /// Reject the proposed solution, with a reason.
    RejectSolution,
    /// Close the case.
    Close,
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

impl Action {
    /// All actions.
    pub const ALL: [Self; 9] = [
        Self::Reply,
        Self::ReplyAndClose,
        Self::AddNote,
        Self::PickUp,
        Self::RequestInformation,
        Self::ProposeSolution,
        Self::AcceptSolution,
        Self::RejectSolution,
        Self::Close,
    ];

    /// Whether `role` must, may or cannot write a text with this action.
    #[must_use]
    pub const fn text_rule(self, role: Role) -> TextRule {
        match self {
            Self::PickUp => TextRule::None,
            Self::AcceptSolution => TextRule::Optional,
            Self::Close if !matches!(role, Role::Analyst) => TextRule::Optional,
            _ => TextRule::Required,
        }
    }
}

/// What a person is with regard to a case's organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A customer user of the organisation.
    Customer,
    /// A portal administrator of the organisation.
    Administrator,
    /// A partner working for the organisation.
    Partner,
    /// The support team.
    Analyst,
}

/// A person's standing towards one case. The person can already see the case:
/// whoever cannot gets 404 before any rule here is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Standing {
    /// Their role.
    pub role: Role,
    /// Whether the case is theirs.
    pub requester: bool,
    /// Whether they filed it, for themselves or on behalf.
    pub filer: bool,
}

impl Standing {
    /// May manage the case on the customer's side: the requester, whoever filed
    /// it, or an administrator.
    const fn manages(self) -> bool {
        matches!(self.role, Role::Administrator)
            || (self.is_customer_side() && (self.requester || self.filer))
    }

    const fn is_customer_side(self) -> bool {
        !matches!(self.role, Role::Analyst)
    }
}

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

/// What the rules look at in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseState {
    /// Where it stands.
    pub status: Status,
    /// When it was closed, if it is.
    pub closed_at: Option<DateTime<Utc>>,
}

impl CaseState {
    fn can_reopen(self, reopening: Reopening, now: DateTime<Utc>) -> bool {
        match (reopening, self.closed_at) {
            (Reopening::Never, _) => false,
            (Reopening::Always, _) | (Reopening::WithinDays(_), None) => true,
            (Reopening::WithinDays(days), Some(closed)) => {
                closed.checked_add_signed(Duration::days(i64::from(days))).is_none_or(|last| now <= last)
            }
        }
    }
}

/// Whom a row of the table speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Anyone on the customer's side who sees the case.
    CustomerSide,
    /// The requester, the filer or an administrator.
    Managing,
    /// The support team.
    Analyst,
}

/// Which states a row starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// Every status but closed.
    AnyOpen,
    /// Just this one.
    Only(Status),
    /// Every open status but this one.
    OpenExcept(Status),
}

/// Where a row leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// The status stays.
    Same,
    /// A new status.
    Status(Status),
    /// A new status, where the reopening policy allows it.
    Reopened(Status),
}

/// One row: who may do what, from where, and what becomes of the case.
struct Rule {
    action: Action,
    by: By,
    from: From,
    to: To,
}

const fn rule(action: Action, by: By, from: From, to: To) -> Rule {
    Rule { action, by, from, to }
}

/// The life cycle. For a person, an action and a status at most one row matches.
const RULES: &[Rule] = {
    use Status::{Closed, Diagnosis, Received, SolutionProposed, WaitingForCustomer, WaitingForSupport};
    &[
        rule(Action::Reply, By::CustomerSide, From::Only(WaitingForCustomer), To::Status(WaitingForSupport)),
        rule(Action::Reply, By::CustomerSide, From::OpenExcept(WaitingForCustomer), To::Same),
        rule(Action::Reply, By::CustomerSide, From::Only(Closed), To::Reopened(WaitingForSupport)),
        rule(Action::Reply, By::Analyst, From::AnyOpen, To::Same),
        rule(Action::Reply, By::Analyst, From::Only(Closed), To::Same),
        rule(Action::ReplyAndClose, By::Managing, From::AnyOpen, To::Status(Closed)),
        rule(Action::ReplyAndClose, By::Managing, From::Only(Closed), To::Same),
        rule(Action::AddNote, By::Analyst, From::AnyOpen, To::Same),
        rule(Action::AddNote, By::Analyst, From::Only(Closed), To::Same),
        rule(Action::PickUp, By::Analyst, From::Only(Received), To::Status(Diagnosis)),
        rule(Action::RequestInformation, By::Analyst, From::AnyOpen, To::Status(WaitingForCustomer)),
        rule(Action::ProposeSolution, By::Analyst, From::AnyOpen, To::Status(SolutionProposed)),
        rule(Action::AcceptSolution, By::Managing, From::Only(SolutionProposed), To::Status(Closed)),
        rule(
            Action::RejectSolution,
            By::Managing,
            From::Only(SolutionProposed),
            To::Status(WaitingForSupport),
        ),
        rule(Action::Close, By::Managing, From::AnyOpen, To::Status(Closed)),
        rule(Action::Close, By::Analyst, From::AnyOpen, To::Status(Closed)),
    ]
};

impl Rule {
    fn applies(&self, standing: Standing, status: Status) -> bool {
        let by = match self.by {
            By::CustomerSide => standing.is_customer_side(),
            By::Managing => standing.manages(),
            By::Analyst => !standing.is_customer_side(),
        };
        let from = match self.from {
            From::AnyOpen => status.is_open(),
            From::Only(only) => status == only,
            From::OpenExcept(except) => status.is_open() && status != except,
        };
        by && from
    }
}

/// The status after `action`, or `None` where the person may not take it now.
#[must_use]
pub fn next_status(
    action: Action,
    standing: Standing,
    case: CaseState,
    reopening: Reopening,
    now: DateTime<Utc>,
) -> Option<Status> {
    let rule = RULES.iter().find(|rule| rule.action == action && rule.applies(standing, case.status))?;
    match rule.to {
        To::Same => Some(case.status),
        To::Status(status) => Some(status),
        To::Reopened(status) => case.can_reopen(reopening, now).then_some(status),
    }
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
        .into_iter()
        .filter(|action| next_status(*action, standing, case, reopening, now).is_some())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_one_rule_speaks_of_a_combination() {
        for role in [Role::Customer, Role::Administrator, Role::Partner, Role::Analyst] {
            for (requester, filer) in [(false, false), (false, true), (true, false), (true, true)] {
                let standing = Standing { role, requester, filer };
                for (action, status) in
                    Action::ALL.into_iter().flat_map(|action| Status::ALL.map(|status| (action, status)))
                {
                    let speaks = |rule: &&Rule| rule.action == action && rule.applies(standing, status);
                    let count = RULES.iter().filter(speaks).count();
                    assert!(count <= 1, "{standing:?}, {action:?}, {status:?}: {count} rules");
                }
            }
        }
    }
}
