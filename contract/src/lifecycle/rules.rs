//! The table: who may do what, from where, and what becomes of the case.

use chrono::{DateTime, Utc};

use super::{Action, CaseState, Reopening, Standing, Status};
use crate::EscalationState;

/// Whom a row of the table speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Anyone on the customer's side who sees the case.
    CustomerSide,
    /// Anyone there who neither is the requester nor filed it: those are told anyway.
    Colleague,
    /// The requester, the filer or an administrator.
    Managing,
    /// Whose case it is.
    Requester,
    /// The support team.
    Analyst,
}

/// Which statuses a row starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// Any.
    Any,
    /// Every status but closed.
    AnyOpen,
    /// Just this one.
    Only(Status),
    /// Every open status but this one.
    OpenExcept(Status),
}

/// What else must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// Nothing.
    Always,
    /// No escalation runs.
    NotEscalated,
    /// The escalation stands at one of these.
    EscalationAt(&'static [EscalationState]),
    /// Whether support is asked to rank the case anew.
    ReviewPending(bool),
    /// Whether the person follows the case already.
    Watching(bool),
    /// The survey is still to be answered.
    SurveyOpen,
}

/// Where a row leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// All stays.
    Same,
    /// A new status.
    Status(Status),
    /// A new status, where the reopening policy allows it.
    Reopened(Status),
    /// The escalation stands elsewhere.
    Escalation(EscalationState),
    /// Support is asked to rank the case anew, or no longer.
    Review(bool),
    /// The survey is answered.
    Surveyed,
}

/// One row.
pub(super) struct Rule {
    pub(super) action: Action,
    by: By,
    from: From,
    when: When,
    to: To,
}

const fn rule(action: Action, by: By, from: From, to: To) -> Rule {
    Rule { action, by, from, when: When::Always, to }
}

const fn guarded(action: Action, by: By, from: From, when: When, to: To) -> Rule {
    Rule { action, by, from, when, to }
}

/// The life cycle. For a person, an action and a case at most one row matches.
pub(super) const RULES: &[Rule] = {
    use EscalationState::{Acknowledged, SolutionAccepted, SolutionRejected, Started};
    use Status::{Closed, Diagnosis, Received, SolutionProposed, WaitingForCustomer, WaitingForSupport};
    const RUNNING: &[EscalationState] =
        &[Started, Acknowledged, EscalationState::SolutionProposed, SolutionAccepted, SolutionRejected];
    const ANSWERED: &[EscalationState] = &[SolutionAccepted, SolutionRejected];
    const WORKED_ON: &[EscalationState] = &[Acknowledged, SolutionRejected];
    const PROPOSED: &[EscalationState] = &[EscalationState::SolutionProposed];
    &[
        rule(Action::Reply, By::CustomerSide, From::Only(WaitingForCustomer), To::Status(WaitingForSupport)),
        rule(Action::Reply, By::CustomerSide, From::OpenExcept(WaitingForCustomer), To::Same),
        rule(Action::Reply, By::CustomerSide, From::Only(Closed), To::Reopened(WaitingForSupport)),
        rule(Action::Reply, By::Analyst, From::Any, To::Same),
        rule(Action::ReplyAndClose, By::Managing, From::Any, To::Status(Closed)),
        rule(Action::AddNote, By::Analyst, From::Any, To::Same),
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
        guarded(
            Action::RequestPriorityReview,
            By::Managing,
            From::AnyOpen,
            When::ReviewPending(false),
            To::Review(true),
        ),
        guarded(
            Action::ApprovePriorityReview,
            By::Analyst,
            From::AnyOpen,
            When::ReviewPending(true),
            To::Review(false),
        ),
        guarded(
            Action::DeclinePriorityReview,
            By::Analyst,
            From::AnyOpen,
            When::ReviewPending(true),
            To::Review(false),
        ),
        // While a review is asked for, its answer is the way to another priority.
        guarded(Action::SetPriority, By::Analyst, From::AnyOpen, When::ReviewPending(false), To::Same),
        rule(Action::SetEta, By::Analyst, From::AnyOpen, To::Same),
        rule(Action::SetJiraTicket, By::Analyst, From::Any, To::Same),
        guarded(Action::Escalate, By::Managing, From::AnyOpen, When::NotEscalated, To::Escalation(Started)),
        guarded(
            Action::AcknowledgeEscalation,
            By::Analyst,
            From::AnyOpen,
            When::EscalationAt(&[Started]),
            To::Escalation(Acknowledged),
        ),
        guarded(
            Action::ProposeEscalationSolution,
            By::Analyst,
            From::AnyOpen,
            When::EscalationAt(WORKED_ON),
            To::Escalation(EscalationState::SolutionProposed),
        ),
        guarded(
            Action::AcceptEscalationSolution,
            By::Managing,
            From::AnyOpen,
            When::EscalationAt(PROPOSED),
            To::Escalation(SolutionAccepted),
        ),
        guarded(
            Action::RejectEscalationSolution,
            By::Managing,
            From::AnyOpen,
            When::EscalationAt(PROPOSED),
            To::Escalation(SolutionRejected),
        ),
        guarded(
            Action::CloseEscalation,
            By::Analyst,
            From::AnyOpen,
            When::EscalationAt(ANSWERED),
            To::Escalation(EscalationState::Closed),
        ),
        guarded(
            Action::CancelEscalation,
            By::Analyst,
            From::AnyOpen,
            When::EscalationAt(RUNNING),
            To::Escalation(EscalationState::Cancelled),
        ),
        guarded(Action::Watch, By::Colleague, From::Any, When::Watching(false), To::Same),
        guarded(Action::StopWatching, By::CustomerSide, From::Any, When::Watching(true), To::Same),
        rule(Action::AddWatchers, By::CustomerSide, From::Any, To::Same),
        rule(Action::AddWatchers, By::Analyst, From::Any, To::Same),
        rule(Action::RemoveWatchers, By::Managing, From::Any, To::Same),
        rule(Action::RemoveWatchers, By::Analyst, From::Any, To::Same),
        rule(Action::EditReference, By::Managing, From::Any, To::Same),
        rule(Action::EditAnswers, By::Managing, From::Only(Received), To::Same),
        guarded(Action::AnswerSurvey, By::Requester, From::Only(Closed), When::SurveyOpen, To::Surveyed),
    ]
};

impl Rule {
    pub(super) fn applies(&self, standing: Standing, case: CaseState) -> bool {
        let status = case.status;
        let by = match self.by {
            By::CustomerSide => standing.is_customer_side(),
            By::Colleague => standing.is_customer_side() && !standing.requester && !standing.filer,
            By::Managing => standing.manages(),
            By::Requester => standing.is_customer_side() && standing.requester,
            By::Analyst => !standing.is_customer_side(),
        };
        let from = match self.from {
            From::Any => true,
            From::AnyOpen => status.is_open(),
            From::Only(only) => status == only,
            From::OpenExcept(except) => status.is_open() && status != except,
        };
        let when = match self.when {
            When::Always => true,
            When::NotEscalated => !case.is_escalated(),
            When::EscalationAt(states) => case.escalation.is_some_and(|state| states.contains(&state)),
            When::ReviewPending(pending) => case.review_pending == pending,
            When::Watching(watching) => standing.watcher == watching,
            When::SurveyOpen => case.survey_open,
        };
        by && from && when
    }

    /// What becomes of the case; nothing where the policy forbids it.
    pub(super) fn outcome(
        &self,
        case: CaseState,
        reopening: Reopening,
        now: DateTime<Utc>,
    ) -> Option<CaseState> {
        Some(match self.to {
            To::Same => case,
            To::Status(status) => case.moved(status, now),
            To::Reopened(status) if case.can_reopen(reopening, now) => case.moved(status, now),
            To::Reopened(_) => return None,
            To::Escalation(state) => CaseState { escalation: Some(state), ..case },
            To::Review(review_pending) => CaseState { review_pending, ..case },
            To::Surveyed => CaseState { survey_open: false, ..case },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::Role;

    /// Every state a rule can tell apart.
    fn states() -> impl Iterator<Item = CaseState> {
        let escalations = EscalationState::ALL.map(Some).into_iter().chain([None]);
        escalations.flat_map(|escalation| {
            Status::ALL.into_iter().flat_map(move |status| {
                [(false, false), (false, true), (true, false), (true, true)].map(
                    move |(review_pending, survey_open)| CaseState {
                        status,
                        closed_at: None,
                        escalation,
                        review_pending,
                        survey_open,
                    },
                )
            })
        })
    }

    #[test]
    fn at_most_one_rule_speaks_of_a_combination() {
        for role in [Role::Customer, Role::Administrator, Role::Partner, Role::Analyst] {
            for bits in 0..8_u8 {
                let flag = |bit: u8| bits & bit != 0;
                let standing = Standing { role, requester: flag(1), filer: flag(2), watcher: flag(4) };
                for (action, case) in
                    Action::ALL.iter().flat_map(|action| states().map(move |s| (*action, s)))
                {
                    let speaks = |rule: &&Rule| rule.action == action && rule.applies(standing, case);
                    let count = RULES.iter().filter(speaks).count();
                    assert!(count <= 1, "{standing:?}, {action:?}, {case:?}: {count} rules");
                }
            }
        }
    }
}
