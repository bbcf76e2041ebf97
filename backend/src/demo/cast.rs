//! The people of the demo, put into the database.

use chrono::{DateTime, Duration, Utc};
use contract::people::{MembershipRole, PersonRef};
use uuid::Uuid;

use super::{DemoError, data::DemoData};
use crate::{
    accounts::{NewPerson, add_environment, add_membership, add_organisation, add_person},
    store::Transaction,
};

/// Everyone who takes part.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The customer organisations with their people.
    pub companies: Vec<Company>,
    /// The support team.
    pub support: Vec<PersonRef>,
}

/// One organisation's part of the cast.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its id in the database.
    pub id: Uuid,
    /// Its name within the files.
    pub key: String,
    /// Display name.
    pub name: String,
    /// Its environments.
    pub environments: Vec<String>,
    /// Its users and administrators.
    pub people: Vec<PersonRef>,
}

impl Cast {
    /// Adds everyone, some time before the first case.
    ///
    /// # Errors
    /// The database refused.
    pub async fn add(
        transaction: &Transaction,
        data: &DemoData,
        password: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, DemoError> {
        let since = now - Duration::days(400);
        let mut companies = Vec::new();
        for organisation in &data.organisations {
            let id = add_organisation(transaction, &organisation.name, since).await?;
            for (place, name) in (0..).zip(&organisation.environments) {
                add_environment(transaction, id, place, name).await?;
            }
            companies.push(Company {
                id,
                key: organisation.id.clone(),
                name: organisation.name.clone(),
                environments: organisation.environments.clone(),
                people: Vec::new(),
            });
        }
        let mut cast = Self { companies, support: Vec::new() };
        for person in &data.people {
            let new = NewPerson {
                email: person.email.clone(),
                name: person.name.clone(),
                password_hash: None,
                support: person.support,
            };
            let id = add_person(transaction, new.with_password(password)?, since).await?;
            let reference = PersonRef { id, name: person.name.clone(), support: person.support };
            if person.support {
                cast.support.push(reference.clone());
            }
            for membership in &person.memberships {
                let company =
                    cast.companies.iter_mut().find(|company| company.key == membership.organisation);
                if let Some(company) = company {
                    add_membership(transaction, id, company.id, membership.role, since).await?;
                    if membership.role != MembershipRole::Partner {
                        company.people.push(reference.clone());
                    }
                }
            }
        }
        Ok(cast)
    }
}
