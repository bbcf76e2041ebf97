//! The people of every test: two organisations, a partner of both, the support team.

use std::sync::OnceLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, SaltString},
};
use casement_backend::{
    accounts::{NewPerson, add_environment, add_membership, add_organisation, add_person},
    store::Store,
};
use contract::people::MembershipRole::{self, Administrator, Partner, User};
use uuid::Uuid;

use super::now;

/// Everyone's password.
pub const PASSWORD: &str = "correct horse battery";

/// Ids of what the tests speak of.
#[derive(Clone, Debug)]
pub struct People {
    /// The customers' organisation.
    pub acme: Uuid,
    /// Another organisation.
    pub nordwerk: Uuid,
}

/// Address, name, and where the person belongs.
type NewMember<'a> = (&'a str, &'a str, &'a [(Uuid, MembershipRole)]);

/// A hash of [`PASSWORD`] that is quick to compare: its strength is not what is tested.
pub fn quick_hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = || {
        let params = Params::new(8, 1, 1, None).expect("parameters");
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let salt = SaltString::from_b64("c2FsdHNhbHRzYWx0").expect("salt");
        argon2.hash_password(PASSWORD.as_bytes(), &salt).expect("a hash").to_string()
    };
    HASH.get_or_init(hash).clone()
}

impl People {
    /// Adds everyone.
    pub async fn add(store: &Store) -> Self {
        let transaction = store.begin().await.expect("a transaction");
        let mut organisations = Vec::new();
        for (name, environments) in
            [("Acme", ["Production", "Staging"].as_slice()), ("Nordwerk", &["Production", "Werk Süd"])]
        {
            let id = add_organisation(&transaction, name, now()).await.expect("an organisation");
            for (place, environment) in (0..).zip(environments) {
                add_environment(&transaction, id, place, environment).await.expect("an environment");
            }
            organisations.push(id);
        }
        let people = Self { acme: organisations[0], nordwerk: organisations[1] };
        let everyone: [NewMember<'_>; 8] = [
            ("customer@acme.test", "Jana Vogel", &[(people.acme, User)]),
            ("colleague@acme.test", "Emre Aydın", &[(people.acme, User)]),
            ("admin@acme.test", "Tobias Lindqvist", &[(people.acme, Administrator)]),
            ("partner@agency.test", "Mireille Castan", &[(people.acme, Partner), (people.nordwerk, Partner)]),
            ("user@nordwerk.test", "Sabine Brüggemann", &[(people.nordwerk, User)]),
            ("nobody@nowhere.test", "Nils Holm", &[]),
            ("analyst@support.test", "Ruth Okafor", &[]),
            ("second@support.test", "Ivo Marek", &[]),
        ];
        for (email, name, memberships) in everyone {
            let person = NewPerson {
                email: email.to_owned(),
                name: name.to_owned(),
                password_hash: Some(quick_hash()),
                support: email.ends_with("@support.test"),
            };
            let id = add_person(&transaction, person, now()).await.expect("a person");
            for (organisation, role) in memberships {
                add_membership(&transaction, id, *organisation, *role, now()).await.expect("a membership");
            }
        }
        transaction.commit().await.expect("a commit");
        people
    }
}
