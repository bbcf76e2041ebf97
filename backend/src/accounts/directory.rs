//! Organisations and people in the database.

use chrono::{DateTime, Utc};
use contract::people::{Membership, MembershipRole, PersonRef, Preferences};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{PasswordError, Viewer, password};
use crate::store::{Sql, Store, StoreError, Transaction, id, to_micros};

#[derive(FromQueryResult)]
struct Named {
    id: String,
    name: String,
    support: bool,
}

/// A person to add.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// The address to sign in with; kept in lower case.
    pub email: String,
    /// Display name.
    pub name: String,
    /// The password's hash; `None` for people who cannot sign in.
    pub password_hash: Option<String>,
    /// Whether they belong to the support team.
    pub support: bool,
}

impl NewPerson {
    /// With a password.
    ///
    /// # Errors
    /// The hash function refused.
    pub fn with_password(self, password: &str) -> Result<Self, PasswordError> {
        Ok(Self { password_hash: Some(password::hash(password)?), ..self })
    }
}

/// Adds an organisation.
///
/// # Errors
/// The database refused, for instance because the name is taken.
pub async fn add_organisation(
    transaction: &Transaction,
    name: &str,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    let sql = "INSERT INTO organisations (id, name, created_at) VALUES ($1, $2, $3)";
    transaction.run(sql, [id.to_string().into(), name.into(), to_micros(now).into()]).await?;
    Ok(id)
}

/// Adds an environment at a place in the organisation's own order.
///
/// # Errors
/// The database refused.
pub async fn add_environment(
    transaction: &Transaction,
    organisation: Uuid,
    place: i64,
    name: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO environments (organisation_id, place, name) VALUES ($1, $2, $3)";
    transaction.run(sql, [organisation.to_string().into(), place.into(), name.into()]).await?;
    Ok(())
}

/// Adds a person. A guest of that address has the account from now on.
///
/// # Errors
/// The database refused, for instance because the address is taken.
pub async fn add_person(
    transaction: &Transaction,
    person: NewPerson,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let sql = "INSERT INTO people (id, email, name, password, support, active, created_at) \
               VALUES ($1, $2, $3, $4, $5, TRUE, $6) ON CONFLICT (email) DO UPDATE SET name = excluded.name, \
               password = excluded.password, support = excluded.support, active = TRUE, guest = FALSE \
               WHERE people.guest RETURNING id, name, support";
    let email = person.email.trim().to_lowercase();
    let values = [
        Uuid::now_v7().to_string().into(),
        email.clone().into(),
        person.name.into(),
        person.password_hash.into(),
        person.support.into(),
        to_micros(now).into(),
    ];
    let row = transaction.row::<Named>(sql, values).await?;
    id(&row.ok_or_else(|| StoreError::Unreadable(format!("{email} has an account already")))?.id)
}

/// Who has an address: an account, or a guest who writes by mail and cannot sign in. A
/// guest is called by the address, as any other name would be only what a mail says.
///
/// # Errors
/// The database refused.
pub async fn by_address(store: &Store, address: &str, now: DateTime<Utc>) -> Result<PersonRef, StoreError> {
    let transaction = store.begin().await?;
    let sql = "INSERT INTO people (id, email, name, support, active, guest, created_at) \
               VALUES ($1, $2, $2, FALSE, FALSE, TRUE, $3) ON CONFLICT DO NOTHING";
    let values = [Uuid::now_v7().to_string().into(), address.into(), to_micros(now).into()];
    transaction.run(sql, values).await?;
    let sql = "SELECT id, name, support FROM people WHERE email = $1";
    let row = transaction.row::<Named>(sql, [address.into()]).await?;
    transaction.commit().await?;
    let row = row.ok_or_else(|| StoreError::Unreadable(format!("nobody has the address {address}")))?;
    Ok(PersonRef { id: id(&row.id)?, name: row.name, support: row.support })
}

/// Gives an address an account that signs in with a password: a new one, or in place of a
/// guest's, or of one that was deactivated.
///
/// # Errors
/// The database refused.
pub async fn open_account(
    transaction: &Transaction,
    email: &str,
    name: String,
    password_hash: String,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let sql = "INSERT INTO people (id, email, name, password, support, active, created_at) \
               VALUES ($1, $2, $3, $4, FALSE, TRUE, $5) ON CONFLICT (email) DO UPDATE SET name = excluded.name, \
               password = excluded.password, active = TRUE, guest = FALSE RETURNING id, name, support";
    let values = [
        Uuid::now_v7().to_string().into(),
        email.into(),
        name.into(),
        password_hash.into(),
        to_micros(now).into(),
    ];
    let row = transaction.row::<Named>(sql, values).await?;
    id(&row.ok_or_else(|| StoreError::Unreadable(format!("no account for {email}")))?.id)
}

/// Makes a person a member of an organisation; whoever is one stays what they are.
///
/// # Errors
/// The database refused.
pub async fn add_membership(
    transaction: &Transaction,
    person: Uuid,
    organisation: Uuid,
    role: MembershipRole,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (person, organisation) = (person.to_string(), organisation.to_string());
    let sql = "DELETE FROM former_members WHERE person_id = $1 AND organisation_id = $2";
    transaction.run(sql, [person.clone().into(), organisation.clone().into()]).await?;
    let sql = "INSERT INTO memberships (person_id, organisation_id, role, since) VALUES ($1, $2, $3, $4) \
               ON CONFLICT DO NOTHING";
    let values = [person.into(), organisation.into(), role.key().into(), to_micros(now).into()];
    transaction.run(sql, values).await?;
    Ok(())
}

/// Gives a person another password.
///
/// # Errors
/// The database refused.
pub async fn set_password(transaction: &Transaction, person: &str, hash: String) -> Result<(), StoreError> {
    transaction.run("UPDATE people SET password = $1 WHERE id = $2", [hash.into(), person.into()]).await?;
    Ok(())
}

/// The tag of the language that somebody chose, in what they set for themselves.
///
/// # Errors
/// It cannot be read.
pub fn chosen_language(preferences: &str) -> Result<Option<String>, StoreError> {
    Ok(serde_json::from_str::<Preferences>(preferences)?.language)
}

/// Keeps what a person set for themselves.
///
/// # Errors
/// The database refused.
pub async fn set_preferences(
    store: &Store,
    person: Uuid,
    preferences: &Preferences,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(preferences)
        .map_err(|error| StoreError::Unreadable(format!("the preferences: {error}")))?;
    let transaction = store.begin().await?;
    let sql = "UPDATE people SET preferences = $1 WHERE id = $2";
    transaction.run(sql, [text.into(), person.to_string().into()]).await?;
    transaction.commit().await
}

#[derive(FromQueryResult)]
struct Environment {
    name: String,
}

/// The viewer's memberships with their environments.
///
/// # Errors
/// The database refused.
pub async fn memberships(store: &Store, viewer: &Viewer) -> Result<Vec<Membership>, StoreError> {
    let mut memberships = Vec::new();
    for place in &viewer.places {
        let organisation = place.organisation.clone();
        let environments = environments(store.reader(), organisation.id).await?;
        memberships.push(Membership { organisation, role: place.role, environments });
    }
    Ok(memberships)
}

/// An organisation's environments, in its own order.
///
/// # Errors
/// The database refused.
pub async fn environments(
    connection: &impl ConnectionTrait,
    organisation: Uuid,
) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT name FROM environments WHERE organisation_id = $1 ORDER BY place";
    let rows = connection.rows::<Environment>(sql, [organisation.to_string().into()]).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}
