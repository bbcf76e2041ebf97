//! `user`: accounts, and how many an organisation may have.

use std::io::{self, BufRead, IsTerminal};

use clap::Subcommand;
use contract::{
    field::is_email,
    limits::{PASSWORD_MAX, PASSWORD_MIN},
    people::MembershipRole,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{CliError, Place};
use crate::{
    accounts::{NewPerson, add_membership, add_organisation, add_person, forget, remove_second_factor},
    clock::Clock,
    config::Config,
    store::{Sql, Store, StoreError},
};

/// What to do with accounts.
#[derive(Subcommand)]
pub enum Command {
    /// Add an account; asks for its password, or reads it from standard input
    Add {
        #[command(flatten)]
        place: Place,
        /// The address to sign in with
        email: String,
        /// Display name
        #[arg(long)]
        name: String,
        /// The customer organisation; made if it does not exist
        #[arg(long, required_unless_present = "support")]
        organisation: Option<String>,
        /// user, administrator or partner
        #[arg(long, default_value = "user", value_parser = role)]
        role: MembershipRole,
        /// A member of the support team instead
        #[arg(long, conflicts_with = "organisation")]
        support: bool,
        /// One of those who lead support: reads the audit log
        #[arg(long, requires = "support")]
        lead: bool,
    },
    /// Let somebody who lost their phone sign in with the password alone
    RemoveSecondFactor {
        #[command(flatten)]
        place: Place,
        /// The address they sign in with
        email: String,
    },
    /// Delete an account: the name goes, cases stay
    Forget {
        #[command(flatten)]
        place: Place,
        /// The address they sign in with
        email: String,
    },
    /// Set how many users and administrators an organisation may have
    Seats {
        #[command(flatten)]
        place: Place,
        /// The customer organisation
        organisation: String,
        /// How many; no limit if left out
        seats: Option<u32>,
    },
}

fn role(key: &str) -> Result<MembershipRole, String> {
    MembershipRole::from_key(key)
        .ok_or_else(|| format!("use {}", MembershipRole::ALL.map(MembershipRole::key).join(", ")))
}

#[derive(FromQueryResult)]
struct Found {
    id: String,
}

/// Runs the command.
///
/// # Errors
/// The address is taken or wrong, the password too short, there is nobody or nothing of the
/// name, or the database refused.
pub async fn run(command: Command, mut config: Config) -> Result<(), CliError> {
    match command {
        Command::Add { place, email, name, organisation, role, support, lead } => {
            place.apply(&mut config);
            add(&config, New { email, name, organisation, role, support, lead }).await
        }
        Command::RemoveSecondFactor { place, email } => {
            place.apply(&mut config);
            remove_factor(&config, &email).await
        }
        Command::Forget { place, email } => {
            place.apply(&mut config);
            delete(&config, &email).await
        }
        Command::Seats { place, organisation, seats } => {
            place.apply(&mut config);
            set_seats(&config, &organisation, seats).await
        }
    }
}

/// Somebody to add.
struct New {
    email: String,
    name: String,
    organisation: Option<String>,
    role: MembershipRole,
    support: bool,
    lead: bool,
}

async fn add(config: &Config, new: New) -> Result<(), CliError> {
    let New { email, name, organisation, role, support, lead } = new;
    if !is_email(&email) {
        return Err(CliError::Usage(format!("“{email}” is no e-mail address")));
    }
    let store = config.open_store().await?;
    if exists(&store, "SELECT id FROM people WHERE email = $1 AND NOT guest", &email.to_lowercase())
        .await?
        .is_some()
    {
        return Err(CliError::Usage(format!("there is an account for {email} already")));
    }
    let password = read_password()?;
    let person =
        NewPerson { email: email.clone(), name, password_hash: None, support }.with_password(&password)?;
    let now = Clock::System.now();
    let known = match &organisation {
        Some(name) => exists(&store, "SELECT id FROM organisations WHERE name = $1", name).await?,
        None => None,
    };
    let transaction = store.begin().await?;
    let id = add_person(&transaction, person, now).await?;
    let sql = "UPDATE people SET lead = $1 WHERE id = $2";
    transaction.run(sql, [lead.into(), id.to_string().into()]).await?;
    if let Some(name) = organisation {
        let organisation = match known {
            Some(organisation) => organisation,
            None => add_organisation(&transaction, &name, now).await?,
        };
        add_membership(&transaction, id, organisation, role, now).await?;
    }
    transaction.commit().await?;
    println!("{email} can sign in.");
    Ok(())
}

async fn remove_factor(config: &Config, email: &str) -> Result<(), CliError> {
    let store = config.open_store().await?;
    let sql = "SELECT p.id FROM people p JOIN second_factors f ON f.person_id = p.id WHERE p.email = $1";
    let Some(person) = exists(&store, sql, &email.to_lowercase()).await? else {
        return Err(CliError::Usage(format!("there is no second factor of {email}")));
    };
    let transaction = store.begin().await?;
    remove_second_factor(&transaction, person).await?;
    transaction.commit().await?;
    println!("{email} signs in with the password alone.");
    Ok(())
}

async fn delete(config: &Config, email: &str) -> Result<(), CliError> {
    let (store, email) = (config.open_store().await?, email.to_lowercase());
    let Some(person) = exists(&store, "SELECT id FROM people WHERE email = $1", &email).await? else {
        return Err(CliError::Usage(format!("there is nobody with the address {email}")));
    };
    let mut transaction = store.begin().await?;
    forget(&mut transaction, person, &email, Clock::System.now()).await?;
    transaction.commit().await?;
    println!("{email} is forgotten.");
    Ok(())
}

async fn set_seats(config: &Config, organisation: &str, seats: Option<u32>) -> Result<(), CliError> {
    let store = config.open_store().await?;
    let transaction = store.begin().await?;
    let sql = "UPDATE organisations SET seats = $1 WHERE name = $2";
    let changed = transaction.run(sql, [seats.map(i64::from).into(), organisation.into()]).await?;
    if changed == 0 {
        return Err(CliError::Usage(format!("there is no organisation “{organisation}”")));
    }
    transaction.commit().await?;
    match seats {
        Some(seats) => println!("{organisation} has {seats} seats."),
        None => println!("{organisation} has seats without limit."),
    }
    Ok(())
}

async fn exists(store: &Store, sql: &str, value: &str) -> Result<Option<Uuid>, StoreError> {
    let found = store.reader().row::<Found>(sql, [value.into()]).await?;
    found.map(|found| found.id.parse().map_err(|_| StoreError::Unreadable(found.id))).transpose()
}

fn read_password() -> Result<String, CliError> {
    let password = if io::stdin().is_terminal() {
        rpassword::prompt_password("Password: ")?
    } else {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    let length = password.chars().count();
    if (PASSWORD_MIN..=PASSWORD_MAX).contains(&length) {
        return Ok(password);
    }
    Err(CliError::Usage(format!("choose a password of {PASSWORD_MIN} to {PASSWORD_MAX} characters")))
}
