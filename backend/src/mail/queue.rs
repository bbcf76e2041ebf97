//! Which mails a change makes, and to whom.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use contract::{
    catalogue::Receipt,
    notification::{MailPace, NotificationChoices, Topic},
    people::Preferences,
    thread::Content,
};
use rand::Rng;
use sea_orm::{ConnectionTrait, FromQueryResult};
use texts::Language;
use uuid::Uuid;

use super::{digest, kind::Kind};
use crate::store::{Sql, StoreError, Transaction, from_micros, to_micros};

/// Those of the case `$1` with an account in use and a place from which they see it: whose
/// it is, who looks after its organisation's cases, and who follows it.
const PEOPLE: &str = "SELECT p.id, p.email, p.name, p.preferences, p.choices, EXISTS (\
      SELECT 1 FROM mutes u WHERE u.person_id = p.id AND u.case_id = $1) AS muted FROM (\
      SELECT c.requester_id AS id FROM cases c WHERE c.id = $1 \
      UNION SELECT w.person_id FROM watchers w WHERE w.case_id = $1 \
      UNION SELECT m.person_id FROM cases c JOIN memberships m ON m.organisation_id = c.organisation_id \
        WHERE c.id = $1 AND m.role = 'administrator') k JOIN people p ON p.id = k.id \
    WHERE p.active AND (p.support OR EXISTS (\
      SELECT 1 FROM cases c JOIN memberships m ON m.organisation_id = c.organisation_id \
      WHERE c.id = $1 AND m.person_id = p.id)) ORDER BY p.id";

/// The addresses of the case `$1` that stand there by themselves, but for those of accounts
/// that are out of use.
const ADDRESSES: &str = "SELECT k.address, r.preferences AS requester_preferences FROM (\
      SELECT w.case_id, w.email AS address FROM watchers w WHERE w.case_id = $1 AND w.email IS NOT NULL \
      UNION SELECT c.id, LOWER(c.additional_contact) FROM cases c \
        WHERE c.id = $1 AND c.additional_contact IS NOT NULL) k \
    JOIN cases c ON c.id = k.case_id JOIN people r ON r.id = c.requester_id \
    WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.email = k.address AND NOT p.active AND NOT p.guest) \
    ORDER BY k.address";

#[derive(FromQueryResult)]
struct Happened {
    id: String,
    author_email: String,
    content: String,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct Asked {
    status: String,
    email: String,
}

#[derive(FromQueryResult)]
struct Case {
    receipt: String,
    status: String,
}

#[derive(FromQueryResult)]
struct Person {
    email: String,
    name: String,
    preferences: String,
    choices: String,
    muted: bool,
}

#[derive(FromQueryResult)]
struct Address {
    address: String,
    requester_preferences: String,
}

/// Somebody whom mails tell of a case.
#[derive(Clone, Debug)]
pub struct Correspondent {
    /// Their address, in lower case.
    pub address: String,
    /// Their name, of a person with an account.
    pub name: Option<String>,
    /// The tag of the language they read.
    pub language: String,
    /// What they chose to be told of.
    pub choices: NotificationChoices,
    /// Whether they want to be told nothing of this case.
    pub muted: bool,
}

/// Writes a mail that reminds a case's requester of where it stands since an entry, once.
/// Nothing where they want no such mails.
///
/// # Errors
/// The database refused.
pub async fn remind(
    transaction: &Transaction,
    case_id: &str,
    entry_id: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "SELECT c.status, r.email FROM cases c JOIN people r ON r.id = c.requester_id WHERE c.id = $1";
    let Some(asked) = transaction.row::<Asked>(sql, [case_id.into()]).await? else { return Ok(()) };
    let sql = "SELECT e.id, e.content, CAST($2 AS BIGINT) AS created_at, a.email AS author_email FROM entries e \
               JOIN people a ON a.id = e.author_id WHERE e.id = $1";
    let values = [entry_id.into(), to_micros(at).into()];
    let Some(entry) = transaction.row::<Happened>(sql, values).await? else { return Ok(()) };
    let content = serde_json::from_str(&entry.content)?;
    match correspondents(&**transaction, case_id).await?.get(&asked.email) {
        Some(to) if to.wants(&content) => {
            add(transaction, case_id, &entry, Kind::Reminder, &asked.status, to).await?;
            track(transaction, case_id).await
        }
        _ => Ok(()),
    }
}

impl Correspondent {
    /// Whether mails tell them of an entry.
    fn wants(&self, content: &Content) -> bool {
        !self.muted && Topic::of(content).is_none_or(|topic| self.choices.channel(topic).mail())
    }
}

/// Writes the mails that tell of what was done to a case behind a position: of each kind one
/// to each address. Of what somebody wrote they need no mail themselves; receipts are for
/// them too.
///
/// # Errors
/// The database refused.
pub async fn queue(transaction: &Transaction, case_id: &str, after: i64) -> Result<(), StoreError> {
    let happened = telling(transaction, case_id, after).await?;
    if happened.is_empty() {
        return Ok(());
    }
    let sql = "SELECT receipt, status FROM cases WHERE id = $1";
    let case = transaction.row::<Case>(sql, [case_id.into()]).await?;
    let case = case.ok_or_else(|| StoreError::Unreadable(format!("no case {case_id}")))?;
    let receipt: Receipt = serde_json::from_value(case.receipt.clone().into())?;
    let correspondents = correspondents(&**transaction, case_id).await?;
    let mut told = HashSet::new();
    for (entry, content) in &happened {
        let Some(kind) = Kind::telling(content, receipt, after == 0).filter(|kind| told.insert(*kind)) else {
            continue;
        };
        for to in correspondents.values() {
            let own = kind == Kind::Comment && to.address == entry.author_email;
            if !own && to.wants(content) {
                add(transaction, case_id, entry, kind, &case.status, to).await?;
            }
        }
    }
    if !told.is_empty() {
        track(transaction, case_id).await?;
    }
    Ok(())
}

async fn telling(
    transaction: &Transaction,
    case_id: &str,
    after: i64,
) -> Result<Vec<(Happened, Content)>, StoreError> {
    let sql = "SELECT e.id, e.content, e.created_at, a.email AS author_email FROM entries e \
               JOIN people a ON a.id = e.author_id \
               WHERE e.case_id = $1 AND e.position > $2 AND NOT e.internal ORDER BY e.position";
    let entries = transaction.rows::<Happened>(sql, [case_id.into(), after.into()]).await?;
    let read = |entry: Happened| Ok((serde_json::from_str(&entry.content)?, entry));
    entries.into_iter().map(|entry| read(entry).map(|(content, entry)| (entry, content))).collect()
}

/// Whom mails tell of a case, by their addresses.
///
/// # Errors
/// The database refused.
pub async fn correspondents(
    connection: &impl ConnectionTrait,
    case_id: &str,
) -> Result<BTreeMap<String, Correspondent>, StoreError> {
    let mut all = BTreeMap::new();
    for person in connection.rows::<Person>(PEOPLE, [case_id.into()]).await? {
        let (address, language) = (person.email, language(&person.preferences)?);
        let (name, muted) = (Some(person.name), person.muted);
        let choices = serde_json::from_str(&person.choices)?;
        all.insert(address.clone(), Correspondent { address, name, language, choices, muted });
    }
    let addresses = connection.rows::<Address>(ADDRESSES, [case_id.into()]).await?;
    for Address { address, requester_preferences } in addresses {
        // Of a bare address nothing is known; it reads what the requester reads.
        let language = language(&requester_preferences)?;
        all.entry(address.clone()).or_insert(Correspondent {
            address,
            name: None,
            language,
            choices: NotificationChoices::default(),
            muted: false,
        });
    }
    Ok(all)
}

fn language(preferences: &str) -> Result<String, StoreError> {
    let preferences: Preferences = serde_json::from_str(preferences)?;
    Ok(preferences.language.unwrap_or_else(|| Language::english().tag.to_string()))
}

async fn add(
    transaction: &Transaction,
    case_id: &str,
    entry: &Happened,
    kind: Kind,
    status: &str,
    to: &Correspondent,
) -> Result<(), StoreError> {
    let pace = if kind == Kind::Emergency { MailPace::AtOnce } else { to.choices.pace };
    let due = digest::due(pace, from_micros(entry.created_at));
    let sql = "INSERT INTO mails (id, case_id, entry_id, kind, status, address, name, language, created_at, due_at, \
               digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
               ON CONFLICT DO NOTHING";
    let values = [
        Uuid::now_v7().to_string().into(),
        case_id.into(),
        entry.id.clone().into(),
        kind.key().into(),
        status.into(),
        to.address.clone().into(),
        to.name.clone().into(),
        to.language.clone().into(),
        entry.created_at.into(),
        due.map_or(entry.created_at, to_micros).into(),
        due.map(|due| format!("{} {}", to.address, due.to_rfc3339())).into(),
    ];
    transaction.run(sql, values).await?;
    Ok(())
}

/// 128 bits from the operating system's source of chance, in hexadecimal.
#[must_use]
pub fn unguessable() -> String {
    format!("{:032x}", rand::rng().random::<u128>())
}

async fn track(transaction: &Transaction, case_id: &str) -> Result<(), StoreError> {
    let tracking_id = unguessable();
    let sql = "INSERT INTO mail_threads (case_id, tracking_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    transaction.run(sql, [case_id.into(), tracking_id.into()]).await?;
    Ok(())
}

/// Forgets mails written before a moment and not sent: of cases that only play.
///
/// # Errors
/// The database refused.
pub async fn forget_before(transaction: &Transaction, at: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = "DELETE FROM mails WHERE sent_at IS NULL AND created_at < $1";
    transaction.run(sql, [to_micros(at).into()]).await?;
    Ok(())
}
