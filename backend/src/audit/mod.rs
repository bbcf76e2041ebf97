//! The audit log: who did what to whom, when and from where. A row is written in the
//! transaction of what it tells of, and the database refuses to change it.

mod routes;

use chrono::{DateTime, Utc};
use contract::{CaseNumber, audit::Act};
use uuid::Uuid;

pub use routes::{closed_routes, done_by};

use crate::{
    accounts::Viewer,
    store::{Sql, StoreError, Transaction, to_micros},
};

/// Something that was done, to be kept.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    act: Act,
    actor: Option<Uuid>,
    origin: Option<&'a str>,
    organisation: Option<Uuid>,
    person: Option<Uuid>,
    other: Option<Uuid>,
    case: Option<CaseNumber>,
    text: Option<String>,
    count: Option<u64>,
}

impl<'a> Record<'a> {
    /// Done by somebody, from a network address where that is known.
    #[must_use]
    pub fn of(act: Act, actor: Uuid, origin: Option<&'a str>) -> Self {
        Self {
            act,
            actor: Some(actor),
            origin,
            organisation: None,
            person: None,
            other: None,
            case: None,
            text: None,
            count: None,
        }
    }

    /// Done by a viewer.
    #[must_use]
    pub fn by(viewer: &'a Viewer, act: Act) -> Self {
        Self::of(act, viewer.person.id, viewer.origin.as_deref())
    }

    /// In an organisation, whose administrators read of it.
    #[must_use]
    pub fn at(self, organisation: Uuid) -> Self {
        Self { organisation: Some(organisation), ..self }
    }

    /// To somebody.
    #[must_use]
    pub fn to(self, person: Uuid) -> Self {
        Self { person: Some(person), ..self }
    }

    /// With somebody in their place.
    #[must_use]
    pub fn for_other(self, other: Uuid) -> Self {
        Self { other: Some(other), ..self }
    }

    /// About a case.
    #[must_use]
    pub fn about(self, case: CaseNumber) -> Self {
        Self { case: Some(case), ..self }
    }

    /// Told from others of its kind by this.
    #[must_use]
    pub fn saying(self, text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..self }
    }

    /// Of so many things.
    #[must_use]
    pub fn counting(self, count: u64) -> Self {
        Self { count: Some(count), ..self }
    }

    /// Keeps it.
    ///
    /// # Errors
    /// The database refused.
    pub async fn keep(self, transaction: &Transaction, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "INSERT INTO audit (id, at, act, organisation_id, actor_id, person_id, other_id, case_number, \
                   text, count, origin) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let text = |id: Option<Uuid>| id.map(|id| id.to_string());
        let values = [
            Uuid::now_v7().to_string().into(),
            to_micros(now).into(),
            self.act.key().into(),
            text(self.organisation).into(),
            text(self.actor).into(),
            text(self.person).into(),
            text(self.other).into(),
            self.case.map(|case| case.0).into(),
            self.text.into(),
            self.count.map(|count| i64::try_from(count).unwrap_or(i64::MAX)).into(),
            self.origin.map(str::to_owned).into(),
        ];
        transaction.run(sql, values).await?;
        Ok(())
    }
}
