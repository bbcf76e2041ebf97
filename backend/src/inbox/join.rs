//! A mail becomes a message of the case it is about, written by who sent it.

use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    Action, ActionDetails, CaseNumber, Problem,
    attachment::{FILES_MAX, check},
    lifecycle::{Role, Standing},
    limits::MESSAGE_MAX,
    people::PersonRef,
    thread::{Mailed, NewMessage},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use texts::Language;
use uuid::Uuid;

use super::incoming::{Incoming, MailedFile, NotTaken};
use crate::{
    accounts::{Viewer, by_address},
    app::App,
    attachments::{Upload, abandon, claim, keep},
    cases::{CaseRow, Deed, act, next_state},
    http::{ApiError, Speech},
    mail::{Correspondent, correspondents},
    markdown,
    store::{Sql, StoreError, Transaction, to_micros},
};

/// How many mails of one sender may join one case within [`OFTEN`]. Two programs that answer
/// each other write more, and would do so for ever.
const OFTEN_MAX: i64 = 20;
/// How many characters of a message are left for naming the files that cannot come, at most
/// [`FILES_MAX`] of them.
const NAMING: usize = 10_000;
/// The time in which they are counted.
const OFTEN: TimeDelta = TimeDelta::hours(1);

/// What became of a mail that can be read.
pub enum Joined {
    /// It is a message of the case.
    Message,
    /// It is not.
    No(NotTaken),
    /// It is not, and its sender, who is on the case, is to know why.
    Returned {
        /// Why.
        why: NotTaken,
        /// Of which case.
        number: CaseNumber,
        /// Who sent it.
        to: Correspondent,
    },
}

#[derive(FromQueryResult)]
struct CaseId {
    case_id: String,
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

/// Lets a mail join its case.
///
/// # Errors
/// A store refused; it can be tried again.
pub async fn join(app: &App, mail: Incoming) -> Result<Joined, ApiError> {
    let Some((case_id, to)) = of_sender(app.store.reader(), &mail).await? else {
        return Ok(Joined::No(NotTaken::Stranger));
    };
    if is_known(app.store.reader(), &mail.digest).await? {
        return Ok(Joined::No(NotTaken::Again));
    }
    let speech = Speech::of(Language::preferred(&to.language));
    let author = by_address(&app.store, &mail.sender, app.clock.now()).await?;
    let mut uploaded = Vec::new();
    let written = write(app, &mail, &case_id, &author, speech, &mut uploaded).await;
    if !matches!(written, Ok(Ok(()))) {
        // However often it is tried, nothing is left of files that went along with nothing.
        abandon(app, author.id, &uploaded).await;
    }
    Ok(match written? {
        Ok(()) => Joined::Message,
        Err(NotTaken::Closed | NotTaken::Empty) if !may_answer(app, &mail, &case_id).await? => {
            Joined::No(NotTaken::Loop)
        }
        Err(why @ (NotTaken::Closed | NotTaken::Empty)) => {
            let number = CaseRow::by_id(app.store.reader(), &case_id).await?.number();
            Joined::Returned { why, number, to }
        }
        Err(why) => Joined::No(why),
    })
}

/// Writes the message of a mail; the ids of its files are told even where that fails.
async fn write(
    app: &App,
    mail: &Incoming,
    case_id: &str,
    author: &PersonRef,
    speech: Speech,
    uploaded: &mut Vec<Uuid>,
) -> Result<Result<(), NotTaken>, ApiError> {
    let Some(message) = message(app, author, mail, speech, uploaded).await? else {
        return Ok(Err(NotTaken::Empty));
    };
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let lock =
        format!("SELECT c.id AS case_id FROM cases c WHERE c.id = $1{}", transaction.database().lock());
    transaction.row::<CaseId>(&lock, [case_id.into()]).await?;
    if !note_arrival(&transaction, mail, case_id, now).await? {
        return Ok(Err(NotTaken::Again));
    }
    if wrote_often(&transaction, &mail.sender, case_id, now).await? {
        transaction.commit().await?;
        return Ok(Err(NotTaken::Loop));
    }
    let case = CaseRow::by_id(&*transaction, case_id).await?;
    let standing = standing(app, &case, author, now).await?;
    let Ok(next) = next_state(&case, standing, Action::Reply, app.settings.reopening, now)? else {
        return Ok(Err(NotTaken::Closed));
    };
    let uploads = claim(&transaction, author.id, &message.attachments, speech).await?;
    let deed = Deed {
        person: author,
        action: Action::Reply,
        next,
        text: (!message.body.is_empty()).then_some(message.body.as_str()),
        mailed: Some(Mailed { quoted: markdown::parse(beginning(&mail.quoted)) }),
        uploads,
        details: ActionDetails::default(),
        at: now,
    };
    act(&mut transaction, &case, deed).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// As much of a text as a message has.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(MESSAGE_MAX).map_or(text, |(end, _)| text.get(..end).unwrap_or_default())
}

/// The case of a mail's tracking ids that its sender is told of by mail.
async fn of_sender(
    connection: &impl ConnectionTrait,
    mail: &Incoming,
) -> Result<Option<(String, Correspondent)>, StoreError> {
    for tracking_id in &mail.tracking_ids {
        let sql = "SELECT case_id FROM mail_threads WHERE tracking_id = $1";
        let Some(CaseId { case_id }) = connection.row(sql, [tracking_id.clone().into()]).await? else {
            continue;
        };
        if let Some(found) = correspondents(connection, &case_id).await?.remove(&mail.sender) {
            return Ok(Some((case_id, found)));
        }
    }
    Ok(None)
}

async fn is_known(connection: &impl ConnectionTrait, digest: &str) -> Result<bool, StoreError> {
    let sql = "SELECT case_id FROM received_mails WHERE digest = $1";
    Ok(connection.row::<CaseId>(sql, [digest.into()]).await?.is_some())
}

/// Whether a mail is here for the first time; another process that takes the same one is
/// waited for.
async fn note_arrival(
    transaction: &Transaction,
    mail: &Incoming,
    case_id: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO received_mails (digest, case_id, sender, at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT DO NOTHING";
    let values =
        [mail.digest.clone().into(), case_id.into(), mail.sender.clone().into(), to_micros(now).into()];
    Ok(transaction.run(sql, values).await? == 1)
}

/// Whether the sender of a mail that did not join is to hear why: programs that answer
/// each other would hear it for ever.
async fn may_answer(app: &App, mail: &Incoming, case_id: &str) -> Result<bool, StoreError> {
    let (transaction, now) = (app.store.begin().await?, app.clock.now());
    note_arrival(&transaction, mail, case_id, now).await?;
    let often = wrote_often(&transaction, &mail.sender, case_id, now).await?;
    transaction.commit().await?;
    Ok(!often)
}

async fn wrote_often(
    transaction: &Transaction,
    sender: &str,
    case_id: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) AS count FROM received_mails WHERE case_id = $1 AND sender = $2 AND at > $3";
    let values = [case_id.into(), sender.into(), to_micros(now - OFTEN).into()];
    Ok(transaction.row::<Count>(sql, values).await?.is_some_and(|row| row.count > OFTEN_MAX))
}

/// The author's standing: that of their account where the case exists for it, else that of
/// somebody who follows the case.
async fn standing(
    app: &App,
    case: &CaseRow,
    author: &PersonRef,
    now: DateTime<Utc>,
) -> Result<Standing, StoreError> {
    let (organisation, ..) = case.parties()?;
    match Viewer::by_mail(&app.store, author.id, now).await? {
        Some(viewer) if viewer.person.support || viewer.place(organisation).is_some() => {
            case.standing(&viewer)
        }
        _ => Ok(Standing { role: Role::Customer, requester: false, filer: false, watcher: true }),
    }
}

/// The message that a mail makes, with its files uploaded; nothing where it says nothing.
/// A text that is too long for a message comes as a file, and what cannot come is named.
async fn message(
    app: &App,
    author: &PersonRef,
    mail: &Incoming,
    speech: Speech,
    uploaded: &mut Vec<Uuid>,
) -> Result<Option<NewMessage>, ApiError> {
    let mut left_out = String::new();
    let too_long = mail.written.chars().count() > MESSAGE_MAX - NAMING;
    let whole = too_long.then(|| MailedFile::text("mail.txt", &mail.written));
    let mut files = whole.iter().chain(&mail.files);
    for file in files.by_ref().take(FILES_MAX) {
        match upload(app, author, file, speech).await? {
            Ok(upload) => uploaded.push(upload),
            // Writing to a string does not fail.
            Err(reason) => drop(write!(left_out, "\n- {}: {reason}", file.name)),
        }
    }
    if files.next().is_some() {
        let _ = write!(left_out, "\n- {}", speech.speak(|| texts::attachments::too_many(FILES_MAX)));
    }
    let mut body = if too_long { String::new() } else { mail.written.trim().to_owned() };
    if !left_out.is_empty() {
        let said = speech.speak(texts::mail::left_out);
        let _ = write!(body, "\n\n{said}\n{left_out}");
    }
    let message = NewMessage { body, internal: false, attachments: uploaded.clone() };
    Ok(speech.speak(|| message.validate()).ok())
}

fn reason(problem: Problem) -> String {
    problem.errors.into_iter().next().map_or(problem.detail, |error| error.message)
}

/// Uploads a file, or says why a case takes no such file.
async fn upload(
    app: &App,
    author: &PersonRef,
    file: &MailedFile,
    speech: Speech,
) -> Result<Result<Uuid, String>, ApiError> {
    let size = file.bytes.len() as u64;
    let kind = match check(&file.name, size, &file.bytes) {
        Ok(kind) => kind,
        Err(refusal) => return Ok(Err(speech.speak(|| refusal.to_string()))),
    };
    match keep(app, author.id, &file.name, kind, file.bytes.clone(), speech).await {
        Ok(upload) => Ok(Ok(Upload::file(&upload)?.id)),
        Err(ApiError::Problem(problem)) => Ok(Err(reason(*problem))),
        Err(error) => Err(error),
    }
}
