//! Sending the mails that were written.

use std::time::Duration;

use chrono::TimeDelta;
use contract::{CaseNumber, Status, thread::Content};
use rand::Rng;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::{
    delivery::{Delivery, DeliveryError},
    digest::Digest,
    kind::Kind,
    letter::{Letter, LetterError, Sender},
    queue::correspondents,
};
use crate::{
    clock::Clock,
    store::{Parameters, Sql, Store, StoreError, Transaction, from_micros, id, to_micros},
};

/// How often to look for mails whose time has come; new ones are sent at once.
const EVERY: Duration = Duration::from_secs(10);
/// Mails taken at once.
const BATCH: u32 = 20;
/// For how long a mail is left to the process that took it. One that ends meanwhile has
/// sent it or not; it is then sent once more, under the same Message-ID.
pub(super) const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How long to wait before the second attempt; twice as long before each further one.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);
/// The longest pause.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(4);
/// Attempts before a mail is given up, after about two days.
const ATTEMPTS_MAX: i64 = 20;

/// Sends mails.
#[derive(Clone)]
pub struct Postman {
    /// Where they are written.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Whom they come from.
    pub sender: Sender,
    /// Where they go.
    pub delivery: Delivery,
}

/// What letters are made of.
const SELECT: &str = "SELECT m.id, c.number, c.subject, o.name AS customer, m.status, m.kind, \
    m.entry_id, e.content, a.name AS author, t.tracking_id, m.address, m.name, m.language, m.created_at, m.attempts, \
    m.case_id, (SELECT w.token FROM watchers w LEFT JOIN people p ON p.id = w.person_id \
      WHERE w.case_id = m.case_id AND COALESCE(w.email, p.email) = m.address) AS token \
    FROM mails m JOIN cases c ON c.id = m.case_id JOIN organisations o ON o.id = c.organisation_id \
    JOIN entries e ON e.id = m.entry_id JOIN people a ON a.id = e.author_id \
    JOIN mail_threads t ON t.case_id = m.case_id";

#[derive(FromQueryResult)]
struct Key {
    digest: String,
}

#[derive(FromQueryResult)]
struct Taken {
    id: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    number: i64,
    subject: String,
    customer: String,
    status: String,
    kind: String,
    entry_id: String,
    content: String,
    author: String,
    tracking_id: String,
    address: String,
    name: Option<String>,
    language: String,
    created_at: i64,
    attempts: i64,
    case_id: String,
    token: Option<String>,
}

/// A mail was not sent.
#[derive(Debug, thiserror::Error)]
enum Unsent {
    #[error("its recipient is on the case no longer, or wants to hear nothing of it")]
    Unwanted,
    #[error(transparent)]
    Letter(#[from] LetterError),
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
}

impl Unsent {
    fn is_permanent(&self) -> bool {
        match self {
            Self::Unwanted | Self::Letter(_) => true,
            Self::Delivery(error) => error.is_permanent(),
        }
    }
}

impl Row {
    fn letter(&self) -> Result<Letter, StoreError> {
        let unreadable = |what: &str| StoreError::Unreadable(format!("the {what} of the mail {}", self.id));
        Ok(Letter {
            id: id(&self.id)?,
            number: CaseNumber(self.number),
            subject: self.subject.clone(),
            customer: self.customer.clone(),
            status: Status::from_key(&self.status).ok_or_else(|| unreadable("status"))?,
            kind: Kind::from_key(&self.kind).ok_or_else(|| unreadable("kind"))?,
            entry_id: id(&self.entry_id)?,
            content: serde_json::from_str::<Content>(&self.content)?,
            author: self.author.clone(),
            tracking_id: self.tracking_id.clone(),
            address: self.address.clone(),
            name: self.name.clone(),
            language: self.language.clone(),
            at: from_micros(self.created_at),
            token: self.token.clone(),
        })
    }
}

impl Postman {
    /// Sends mails as they are written, for as long as the program runs.
    pub async fn work(self) {
        let mut commits = self.store.commits();
        loop {
            commits.mark_unchanged();
            match self.round().await {
                Ok(0) => {
                    // Whichever comes first; with the store gone the pause alone counts.
                    let _ = tokio::time::timeout(EVERY, commits.changed()).await;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "mails will be tried again");
                    tokio::time::sleep(EVERY).await;
                }
            }
        }
    }

    /// Tries the mails whose time has come, the oldest first and not more than a batch;
    /// how many those were.
    ///
    /// # Errors
    /// The database refused.
    pub async fn round(&self) -> Result<usize, StoreError> {
        let taken = self.take().await?;
        for row in &taken {
            let sent = self.send(row).await?;
            self.settle(&[row], sent).await?;
        }
        let digest = self.take_digest().await?;
        if let Some(rows) = &digest {
            self.send_digest(rows).await?;
        }
        let accounts = self.mail_accounts().await?;
        Ok(taken.len() + digest.map_or(0, |rows| rows.len()) + accounts)
    }

    /// The newest mails, sent or not.
    pub(super) async fn newest(&self, limit: u32) -> Result<Vec<Letter>, StoreError> {
        let sql = format!("{SELECT} ORDER BY m.created_at DESC, m.id DESC LIMIT {limit}");
        self.store.reader().rows::<Row>(&sql, []).await?.iter().map(Row::letter).collect()
    }

    /// A mail, where there is one of that id.
    pub(super) async fn letter(&self, id: Uuid) -> Result<Option<Letter>, StoreError> {
        let sql = format!("{SELECT} WHERE m.id = $1");
        let row = self.store.reader().row::<Row>(&sql, [id.to_string().into()]).await?;
        row.as_ref().map(Row::letter).transpose()
    }

    async fn take(&self) -> Result<Vec<Row>, StoreError> {
        let transaction = self.store.begin().await?;
        let now = self.clock.now();
        let lock = transaction.database().skip_locked("m");
        let sql = format!(
            "UPDATE mails SET attempts = attempts + 1, due_at = $1 WHERE id IN (SELECT m.id FROM mails m \
             WHERE m.sent_at IS NULL AND m.refusal IS NULL AND m.due_at <= $2 AND m.digest IS NULL \
             ORDER BY m.due_at, m.id LIMIT {BATCH}{lock}) RETURNING id"
        );
        let values = [to_micros(now + LEASE).into(), to_micros(now).into()];
        let taken = transaction.rows::<Taken>(&sql, values).await?;
        let rows = rows(&transaction, taken, "m.created_at, m.id").await?;
        transaction.commit().await?;
        Ok(rows)
    }

    /// All that is due of one digest. Where another process takes the same one, it is waited
    /// for, and nothing is left.
    async fn take_digest(&self) -> Result<Option<Vec<Row>>, StoreError> {
        let transaction = self.store.begin().await?;
        let now = self.clock.now();
        let due = "sent_at IS NULL AND refusal IS NULL AND due_at <= $1";
        let sql = format!(
            "SELECT digest FROM mails WHERE digest IS NOT NULL AND {due} ORDER BY due_at, id LIMIT 1"
        );
        let Some(Key { digest }) = transaction.row(&sql, [to_micros(now).into()]).await? else {
            return Ok(None);
        };
        let sql = format!(
            "UPDATE mails SET attempts = attempts + 1, due_at = $2 WHERE digest = $3 AND {due} RETURNING id"
        );
        let values = [to_micros(now).into(), to_micros(now + LEASE).into(), digest.into()];
        let taken = transaction.rows::<Taken>(&sql, values).await?;
        let rows = rows(&transaction, taken, "c.number, m.created_at, m.id").await?;
        transaction.commit().await?;
        Ok(Some(rows))
    }

    async fn send_digest(&self, rows: &[Row]) -> Result<(), StoreError> {
        let (mut wanted, mut letters) = (Vec::new(), Vec::new());
        for row in rows {
            match self.is_wanted(row).await? {
                true => {
                    wanted.push(row);
                    letters.push(row.letter()?);
                }
                false => self.settle(&[row], Err(Unsent::Unwanted)).await?,
            }
        }
        let Some(first) = letters.first() else { return Ok(()) };
        let digest = Digest { letters: &letters };
        let sent = match digest.write(&self.sender) {
            Ok(mail) => self.delivery.deliver(first.id, mail).await.map_err(Unsent::from),
            Err(error) => Err(error.into()),
        };
        self.settle(&wanted, sent).await
    }

    /// Whether a mail's recipient may still know, and wants to.
    async fn is_wanted(&self, row: &Row) -> Result<bool, StoreError> {
        let known = correspondents(self.store.reader(), &row.case_id).await?;
        Ok(known.get(&row.address).is_some_and(|to| !to.muted))
    }

    async fn send(&self, row: &Row) -> Result<Result<(), Unsent>, StoreError> {
        if !self.is_wanted(row).await? {
            return Ok(Err(Unsent::Unwanted));
        }
        let letter = row.letter()?;
        Ok(match letter.write(&self.sender) {
            Ok(mail) => self.delivery.deliver(letter.id, mail).await.map_err(Unsent::from),
            Err(error) => Err(error.into()),
        })
    }

    /// Notes what became of mails that were sent as one.
    async fn settle(&self, rows: &[&Row], sent: Result<(), Unsent>) -> Result<(), StoreError> {
        let (now, attempts) =
            (self.clock.now(), rows.iter().map(|row| row.attempts).max().unwrap_or_default());
        let mails: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
        let (set, value) = match sent {
            Ok(()) => ("sent_at", to_micros(now).into()),
            Err(Unsent::Unwanted) => ("refusal", Unsent::Unwanted.to_string().into()),
            Err(error) if error.is_permanent() || attempts >= ATTEMPTS_MAX => {
                tracing::warn!(?mails, %error, "a mail is given up");
                ("refusal", error.to_string().into())
            }
            Err(error) => {
                tracing::info!(?mails, %error, "a mail will be tried again");
                ("due_at", to_micros(now + pause(attempts)).into())
            }
        };
        let mut parameters = Parameters::default();
        let value: Value = value;
        let value = parameters.add(value);
        let ids = parameters.add_all(mails);
        let transaction = self.store.begin().await?;
        transaction
            .run(&format!("UPDATE mails SET {set} = {value} WHERE id IN ({ids})"), parameters.0)
            .await?;
        transaction.commit().await
    }
}

async fn rows(transaction: &Transaction, taken: Vec<Taken>, order: &str) -> Result<Vec<Row>, StoreError> {
    if taken.is_empty() {
        return Ok(Vec::new());
    }
    let mut parameters = Parameters::default();
    let ids = parameters.add_all(taken.into_iter().map(|taken| taken.id));
    let sql = format!("{SELECT} WHERE m.id IN ({ids}) ORDER BY {order}");
    transaction.rows::<Row>(&sql, parameters.0).await
}

/// How long to wait after so many attempts: longer each time, and never for all mails alike,
/// so that a server that comes back is not stormed.
pub(super) fn pause(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or_default().min(16);
    let longest = (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE);
    let spread = longest.num_milliseconds() / 4;
    longest - TimeDelta::milliseconds(rand::rng().random_range(0..=spread))
}
