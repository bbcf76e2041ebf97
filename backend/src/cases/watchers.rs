//! Who follows a case beside those it belongs to.

use chrono::{DateTime, Utc};
use contract::Watcher;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::record::person;
use crate::{
    accounts::member_by_email,
    mail::unguessable,
    store::{Sql, StoreError, Transaction, id, to_micros},
};

/// Lets the owners of addresses follow a case: people of its organisation by their
/// account, others by the address alone. Whoever follows it already stays as they are.
///
/// # Errors
/// The database refused.
pub async fn add(
    transaction: &Transaction,
    case_id: &str,
    organisation: Uuid,
    addresses: &[String],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for address in addresses {
        let address = address.to_lowercase();
        let member = member_by_email(&**transaction, organisation, &address).await?;
        let email = member.is_none().then_some(address);
        add_one(transaction, case_id, member, email.as_deref(), at).await?;
    }
    Ok(())
}

/// Lets a person follow a case, or a bare address, which is in lower case.
///
/// # Errors
/// The database refused.
pub async fn add_one(
    transaction: &Transaction,
    case_id: &str,
    person: Option<Uuid>,
    email: Option<&str>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO watchers (case_id, person_id, email, added_at, token) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT DO NOTHING";
    let (person, email) = (person.map(|id| id.to_string()), email.map(str::to_owned));
    let token = unguessable();
    let values = [case_id.into(), person.into(), email.into(), to_micros(at).into(), token.into()];
    transaction.run(sql, values).await?;
    Ok(())
}

/// Lets a watcher follow a case no longer.
///
/// # Errors
/// The database refused.
pub async fn remove(transaction: &Transaction, case_id: &str, watcher: &Watcher) -> Result<(), StoreError> {
    let (column, who) = match watcher {
        Watcher::Person(person) => ("person_id", person.id.to_string()),
        Watcher::Address(address) => ("email", address.clone()),
    };
    let sql = format!("DELETE FROM watchers WHERE case_id = $1 AND {column} = $2");
    transaction.run(&sql, [case_id.into(), who.into()]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    person_id: Option<String>,
    name: Option<String>,
    support: Option<bool>,
    email: Option<String>,
}

/// Who follows a case, people first.
///
/// # Errors
/// The database refused, or a stored id is none.
pub async fn of(connection: &impl ConnectionTrait, case_id: &str) -> Result<Vec<Watcher>, StoreError> {
    let sql = "SELECT w.person_id, p.name, p.support, w.email FROM watchers w \
               LEFT JOIN people p ON p.id = w.person_id WHERE w.case_id = $1 \
               ORDER BY p.name IS NULL, p.name, w.email";
    let rows = connection.rows::<Row>(sql, [case_id.into()]).await?;
    rows.into_iter().map(watcher).collect()
}

fn watcher(row: Row) -> Result<Watcher, StoreError> {
    match (row.person_id, row.email) {
        (Some(stored), _) => {
            let name = row.name.unwrap_or_default();
            Ok(Watcher::Person(person(&stored, &name, row.support.unwrap_or_default())?))
        }
        (None, email) => Ok(Watcher::Address(email.unwrap_or_default())),
    }
}

#[derive(FromQueryResult)]
struct PersonId {
    person_id: String,
}

/// The ids of the people who follow a case.
///
/// # Errors
/// The database refused, or a stored id is none.
pub async fn people(connection: &impl ConnectionTrait, case_id: &str) -> Result<Vec<Uuid>, StoreError> {
    let sql = "SELECT person_id FROM watchers WHERE case_id = $1 AND person_id IS NOT NULL";
    let rows = connection.rows::<PersonId>(sql, [case_id.into()]).await?;
    rows.iter().map(|row| id(&row.person_id)).collect()
}
