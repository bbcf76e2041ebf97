//! What each action asks, in words.

use contract::Action;
use ui::Look;

/// The words of an action's dialog.
#[derive(Clone, Copy)]
pub struct Asking {
    /// What is done: the menu's entry and the dialog's heading.
    pub title: &'static str,
    /// What comes of it.
    pub help: Option<&'static str>,
    /// The label of its text.
    pub text: &'static str,
    /// The button that does it.
    pub confirm: &'static str,
    /// How that button looks.
    pub look: Look,
}

const fn plain(title: &'static str, text: &'static str, confirm: &'static str) -> Asking {
    Asking { title, help: None, text, confirm, look: Look::Primary }
}

impl Asking {
    const fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }

    const fn danger(self) -> Self {
        Self { look: Look::Danger, ..self }
    }
}

/// What an action asks.
pub fn asking(action: Action) -> Asking {
    use texts::actions as say;
    let (note, reason) = (texts::record::note(), texts::record::reason());
    match action {
        Action::Reply => plain(texts::composer::reply(), texts::composer::reply(), texts::composer::send()),
        Action::AcceptSolution => {
            plain(texts::record::accept_solution(), note, texts::record::accept_solution())
                .help(texts::record::accepting_closes_case())
        }
        Action::RejectSolution => {
            plain(texts::record::reject_the_solution(), reason, texts::record::reject_solution())
                .help(texts::record::rejecting_sends_back())
        }
        Action::RequestPriorityReview => plain(say::request_review(), reason, say::request_review_confirm())
            .help(say::request_review_help()),
        Action::ApprovePriorityReview => plain(say::approve_review(), note, say::approve_review_confirm()),
        Action::DeclinePriorityReview => plain(say::decline_review(), reason, say::decline_review_confirm()),
        Action::SetPriority => plain(say::set_priority(), note, say::set_priority_confirm()),
        Action::SetEta => plain(say::set_eta(), note, say::set_eta_confirm()).help(say::set_eta_help()),
        Action::SetJiraTicket => {
            plain(say::set_ticket(), "", say::set_ticket_confirm()).help(say::set_ticket_help())
        }
        Action::Escalate => {
            plain(say::escalate(), reason, say::escalate_confirm()).help(say::escalate_help()).danger()
        }
        Action::AcknowledgeEscalation => plain(say::acknowledge(), note, say::acknowledge_confirm()),
        Action::ProposeEscalationSolution => {
            plain(say::propose_end(), texts::composer::solution(), say::propose_end_confirm())
        }
        Action::AcceptEscalationSolution => plain(say::accept_end(), note, say::accept_end()),
        Action::RejectEscalationSolution => plain(say::reject_end(), reason, say::reject_end()),
        Action::CloseEscalation => {
            plain(say::close_escalation(), note, say::close_escalation()).help(say::close_escalation_help())
        }
        Action::CancelEscalation => {
            plain(say::cancel_escalation(), reason, say::cancel_escalation_confirm()).danger()
        }
        _ => plain(texts::record::close_case(), note, texts::record::close_case())
            .help(say::close_help())
            .danger(),
    }
}
