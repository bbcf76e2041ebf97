//! Demo data: organisations, people and cases, from the files of `demo/`.
//!
//! The cases are replayed through the same code that real requests use, at times
//! in the past; the same data gives the same cases.

mod cast;
mod data;
mod replay;
mod wording;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    catalogue::Catalogue,
    portal::{Contacts, DemoAccount},
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

pub use cast::Cast;
pub use data::{DemoData, DemoDataError};
pub use replay::{Plan, plans, replay};

use crate::{
    mail::forget_before,
    store::{Sql, Store, StoreError, Transaction, to_micros},
};

/// The password of every demo account.
pub const PASSWORD: &str = "casement-demo";
/// How many cases the demo has.
const CASES: usize = 300;
const LOADED: &str = "demo";
/// What people were told of lately they have not seen.
const UNSEEN: TimeDelta = TimeDelta::days(2);

/// The catalogue that the demo cases were filed with.
pub const CATALOGUE: &str = "spryker";

/// The demo data could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The files are wrong.
    #[error(transparent)]
    Data(#[from] DemoDataError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A password could not be hashed.
    #[error(transparent)]
    Password(#[from] crate::accounts::PasswordError),
}

#[derive(FromQueryResult)]
struct Fact {
    value: String,
}

/// Whether the database already holds the demo data.
///
/// # Errors
/// The database refused.
pub async fn is_loaded(store: &Store) -> Result<bool, StoreError> {
    let sql = "SELECT value FROM facts WHERE name = $1";
    Ok(store.reader().row::<Fact>(sql, [LOADED.into()]).await?.is_some_and(|fact| fact.value == "loaded"))
}

/// Loads the demo data once, all or nothing. Answers how many cases were made.
///
/// # Errors
/// The files are wrong, or the database refused.
pub async fn load(store: &Store, catalogue: &Catalogue, now: DateTime<Utc>) -> Result<usize, DemoError> {
    if is_loaded(store).await? {
        return Ok(0);
    }
    let data = DemoData::read()?;
    let mut transaction = store.begin().await?;
    let cast = Cast::add(&transaction, &data, PASSWORD, now).await?;
    let plans = plans(&data, &cast, catalogue, CASES, now)?;
    for plan in &plans {
        replay(&mut transaction, catalogue, plan).await?;
    }
    see_what_is_old(&transaction, now).await?;
    forget_before(&transaction, now - UNSEEN).await?;
    let sql = "INSERT INTO facts (name, value) VALUES ($1, 'loaded')";
    transaction.run(sql, [LOADED.into()]).await?;
    transaction.commit().await?;
    Ok(plans.len())
}

/// People have looked at what they were told of, but for the last days.
async fn see_what_is_old(transaction: &Transaction, now: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = "UPDATE notifications SET mark = $1 WHERE mark IS NULL AND created_at < $2";
    let (mark, since) = (Uuid::now_v7().to_string(), to_micros(now - UNSEEN));
    transaction.run(sql, [mark.into(), since.into()]).await?;
    Ok(())
}

/// The accounts to offer at sign-in.
///
/// # Errors
/// The files are wrong.
pub fn accounts() -> Result<Vec<DemoAccount>, DemoDataError> {
    let people = DemoData::read()?.people.into_iter();
    Ok(people
        .filter_map(|person| {
            let role = person.demo?;
            Some(DemoAccount { email: person.email, password: PASSWORD.to_owned(), name: person.name, role })
        })
        .collect())
}

/// The contacts to show in the page's foot.
#[must_use]
pub fn contacts() -> Contacts {
    let at = |address: &str| Some(address.to_owned());
    Contacts {
        sales: at("sales@support.example"),
        billing: at("billing@support.example"),
        security: at("security@support.example"),
        community: at("https://community.support.example"),
    }
}
