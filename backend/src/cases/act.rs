//! What happens to a case: every message and every change goes through [`act`].

use chrono::{DateTime, Utc};
use contract::{
    Action, Entry, Status,
    lifecycle::{self, Reopening, Standing},
    people::PersonRef,
    thread::{Content, Purpose},
};

use super::{
    people,
    record::{CaseRow, micros},
    search, timeline, watchers,
};
use crate::{
    live::Signal,
    store::{Sql, StoreError, Transaction, from_micros, to_micros},
};

/// Something a person does to a case; that they may was checked.
pub struct Deed<'a> {
    /// Who.
    pub person: &'a PersonRef,
    /// What.
    pub action: Action,
    /// The status after it.
    pub next: Status,
    /// The text that goes with it, checked.
    pub text: Option<&'a str>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The status after an action, or what the person may do instead.
///
/// # Errors
/// The allowed actions, where this one is not among them; or something stored
/// cannot be read.
pub fn next_status(
    case: &CaseRow,
    standing: Standing,
    action: Action,
    reopening: Reopening,
    now: DateTime<Utc>,
) -> Result<Result<Status, Vec<Action>>, StoreError> {
    let state = case.state()?;
    let next = lifecycle::next_status(action, standing, state, reopening, now);
    Ok(next.ok_or_else(|| lifecycle::allowed_actions(standing, state, reopening, now)))
}

/// Does it: the message, the event, the record, the words, and a signal. Answers
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
    if let Some(text) = deed.text {
        position += 1;
        let content = Content::Message {
            purpose: purpose(deed.action),
            source: text.to_owned(),
            body: people::parse(&**transaction, case, internal, text).await?,
            edited: None,
        };
        let entry =
            timeline::add(transaction, &case.id, position, deed.person, internal, &content, deed.at).await?;
        search::add_message(transaction, &case.id, &entry.id.to_string(), internal, text).await?;
        message = Some(entry);
    }
    let from = case.status()?;
    if from != deed.next {
        position += 1;
        let content = Content::StatusChanged { from, to: deed.next };
        timeline::add(transaction, &case.id, position, deed.person, false, &content, deed.at).await?;
    }
    update(transaction, case, &deed, position, internal).await?;
    announce(transaction, case, internal, deed.at).await?;
    Ok(message)
}

/// Tells those who may know that the case is another now.
///
/// # Errors
/// The database refused.
pub async fn announce(
    transaction: &mut Transaction,
    case: &CaseRow,
    internal: bool,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (organisation, requester, filer) = case.parties()?;
    let signal = Signal::CaseChanged {
        number: case.number(),
        version: case.version + i64::from(!internal),
        organisation,
        requester,
        filer,
        watchers: watchers::people(&**transaction, &case.id).await?,
        internal,
    };
    transaction.announce(&signal, at)
}

/// A note changes nothing that a customer could notice: neither version nor time.
async fn update(
    transaction: &Transaction,
    case: &CaseRow,
    deed: &Deed<'_>,
    position: i64,
    internal: bool,
) -> Result<(), StoreError> {
    if internal {
        let sql = "UPDATE cases SET last_position = $1 WHERE id = $2";
        transaction.run(sql, [position.into(), case.id.clone().into()]).await?;
        return Ok(());
    }
    let closed_at = match (case.closed_at, deed.next.is_open()) {
        (_, true) => None,
        (Some(closed), false) => Some(from_micros(closed)),
        (None, false) => Some(deed.at),
    };
    let sql = "UPDATE cases SET status = $1, last_position = $2, updated_at = $3, closed_at = $4, \
               version = version + 1 WHERE id = $5";
    let values = [
        deed.next.key().into(),
        position.into(),
        to_micros(deed.at).into(),
        micros(closed_at).into(),
        case.id.clone().into(),
    ];
    transaction.run(sql, values).await?;
    Ok(())
}

const fn purpose(action: Action) -> Purpose {
    match action {
        Action::AddNote => Purpose::Note,
        Action::RequestInformation => Purpose::InformationRequest,
        Action::ProposeSolution => Purpose::Solution,
        Action::AcceptSolution => Purpose::Acceptance,
        Action::RejectSolution => Purpose::Rejection,
        Action::Close => Purpose::ClosingNote,
        Action::Reply | Action::ReplyAndClose | Action::PickUp => Purpose::Reply,
    }
}
