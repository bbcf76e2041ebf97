//! What happens to a case: every message and every change of its life goes through
//! [`act`].

use chrono::{DateTime, Utc};
use contract::{
    Action, ActionDetails, Entry,
    lifecycle::{self, CaseState, Reopening, Standing},
    people::PersonRef,
    thread::{Content, Mailed, Purpose},
};

use super::{
    changes::{changes, review_after},
    etas, people,
    record::{CaseRow, micros},
    search,
    signals::announce,
    timeline,
};
use crate::{
    attachments::{Upload, attach, findable},
    store::{Sql, StoreError, Transaction, to_micros},
};

/// Something a person does to a case; that they may was checked.
pub struct Deed<'a> {
    /// Who.
    pub person: &'a PersonRef,
    /// What.
    pub action: Action,
    /// How the case stands after it.
    pub next: CaseState,
    /// The text that goes with it, checked.
    pub text: Option<&'a str>,
    /// That the text came by mail, if it did.
    pub mailed: Option<Mailed>,
    /// The files that go with it.
    pub uploads: Vec<Upload>,
    /// What else goes with it, checked.
    pub details: ActionDetails,
    /// When.
    pub at: DateTime<Utc>,
}

/// How the case stands after an action, or what the person may do instead.
///
/// # Errors
/// The allowed actions, where this one is not among them; or something stored
/// cannot be read.
pub fn next_state(
    case: &CaseRow,
    standing: Standing,
    action: Action,
    reopening: Reopening,
    now: DateTime<Utc>,
) -> Result<Result<CaseState, Vec<Action>>, StoreError> {
    let state = case.state()?;
    let next = lifecycle::next_state(action, standing, state, reopening, now);
    Ok(next.ok_or_else(|| lifecycle::allowed_actions(standing, state, reopening, now)))
}

/// Does it: the message, the events, the record, the words, and a signal. Answers
/// the message, where there is one.
///
/// # Errors
/// The database refused.
pub async fn act(
    transaction: &mut Transaction,
    case: &CaseRow,
    deed: Deed<'_>,
) -> Result<Option<Entry>, StoreError> {
    let internal = deed.action == Action::AddNote;
    let mut position = case.last_position;
    let mut message = None;
    if deed.text.is_some() || !deed.uploads.is_empty() {
        position += 1;
        message = Some(write(transaction, case, &deed, position).await?);
    }
    for content in changes(case, &deed)? {
        position += 1;
        timeline::add(transaction, &case.id, position, deed.person, false, &content, deed.at).await?;
        if let Content::EtaChanged { to } = content {
            etas::add(transaction, &case.id, position, to, deed.person, deed.at).await?;
        }
    }
    if internal {
        keep_note(transaction, case, position).await?;
    } else {
        update(transaction, case, &deed, position, message.as_ref()).await?;
    }
    announce(transaction, case, case.version + i64::from(!internal), internal, deed.at).await?;
    Ok(message)
}

async fn write(
    transaction: &Transaction,
    case: &CaseRow,
    deed: &Deed<'_>,
    position: i64,
) -> Result<Entry, StoreError> {
    let internal = deed.action == Action::AddNote;
    let attachments = deed.uploads.iter().map(Upload::file).collect::<Result<Vec<_>, _>>()?;
    let content = match deed.text {
        Some(text) => Content::Message {
            purpose: purpose(deed.action),
            source: text.to_owned(),
            body: people::parse(&**transaction, case, internal, text).await?,
            edited: None,
            mailed: deed.mailed.clone(),
            attachments,
        },
        None => Content::Attached { attachments },
    };
    let entry =
        timeline::add(transaction, &case.id, position, deed.person, internal, &content, deed.at).await?;
    attach(transaction, &case.id, entry.id, deed.person, internal, &deed.uploads, deed.at).await?;
    let words = findable(deed.text.unwrap_or_default(), entry.content.attachments());
    search::add(transaction, &case.id, Some(&entry.id.to_string()), internal, &words).await?;
    Ok(entry)
}

/// A note changes nothing that a customer could notice: neither version nor time.
async fn keep_note(transaction: &Transaction, case: &CaseRow, position: i64) -> Result<(), StoreError> {
    let sql = "UPDATE cases SET last_position = $1 WHERE id = $2";
    transaction.run(sql, [position.into(), case.id.clone().into()]).await?;
    Ok(())
}

async fn update(
    transaction: &Transaction,
    case: &CaseRow,
    deed: &Deed<'_>,
    position: i64,
    message: Option<&Entry>,
) -> Result<(), StoreError> {
    let (next, at) = (deed.next, to_micros(deed.at));
    let closes = case.closed_at.is_none() && next.closed_at.is_some();
    let opens = case.closed_at.is_some() && next.closed_at.is_none();
    let closed_by =
        if closes { Some(deed.person.id.to_string()) } else { case.closed_by_id.clone().filter(|_| !opens) };
    let accepted = (case.accepted && !opens) || deed.action == Action::AcceptSolution;
    let (escalation, escalated_at) = if next.escalation == case.state()?.escalation {
        (case.escalation.clone(), case.escalated_at)
    } else {
        (next.escalation.map(|state| state.key().to_owned()), Some(at))
    };
    let (review, reviewed_at) = match review_after(case, deed)? {
        Some(step) => (Some(step.key().to_owned()), Some(at)),
        None => (case.review.clone(), case.reviewed_at),
    };
    let priority = deed.details.priority.map_or_else(|| case.priority.clone(), |rank| rank.key().to_owned());
    let jira = if deed.action == Action::SetJiraTicket { deed.details.jira.clone() } else { case.jira() };
    let (key, url, ticket_status) =
        jira.map_or((None, None, None), |jira| (Some(jira.key), jira.url, jira.status));
    let turn_at = if next.status.turn() == case.status()?.turn() { case.turn_at } else { at };
    let sql = "UPDATE cases SET status = $1, last_position = $2, updated_at = $3, closed_at = $4, \
        escalation = $5, escalated_at = $6, review = $7, reviewed_at = $8, priority = $9, jira_key = $10, \
        jira_url = $11, jira_status = $12, solution_id = $13, closed_by_id = $14, accepted = $15, \
        turn_at = $16, version = version + 1 WHERE id = $17";
    let values = [
        next.status.key().into(),
        position.into(),
        at.into(),
        micros(next.closed_at).into(),
        escalation.into(),
        escalated_at.into(),
        review.into(),
        reviewed_at.into(),
        priority.into(),
        key.into(),
        url.into(),
        ticket_status.into(),
        solution_after(case, deed, opens, message).into(),
        closed_by.into(),
        accepted.into(),
        turn_at.into(),
        case.id.clone().into(),
    ];
    transaction.run(sql, values).await?;
    Ok(())
}

/// The entry with the solution that holds. One that was rejected, or did not last, no
/// longer does.
fn solution_after(case: &CaseRow, deed: &Deed<'_>, opens: bool, message: Option<&Entry>) -> Option<String> {
    match deed.action {
        Action::ProposeSolution => message.map(|entry| entry.id.to_string()),
        Action::RejectSolution => None,
        _ if opens => None,
        _ => case.solution_id.clone(),
    }
}

const fn purpose(action: Action) -> Purpose {
    match action {
        Action::AddNote => Purpose::Note,
        Action::RequestInformation => Purpose::InformationRequest,
        Action::ProposeSolution => Purpose::Solution,
        Action::AcceptSolution => Purpose::Acceptance,
        Action::RejectSolution => Purpose::Rejection,
        Action::Close => Purpose::ClosingNote,
        Action::RequestPriorityReview | Action::ApprovePriorityReview | Action::DeclinePriorityReview => {
            Purpose::PriorityReview
        }
        Action::Escalate
        | Action::AcknowledgeEscalation
        | Action::ProposeEscalationSolution
        | Action::AcceptEscalationSolution
        | Action::RejectEscalationSolution
        | Action::CloseEscalation
        | Action::CancelEscalation => Purpose::Escalation,
        Action::SetPriority | Action::SetEta => Purpose::Explanation,
        _ => Purpose::Reply,
    }
}
