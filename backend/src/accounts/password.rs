//! Passwords: argon2id, off the async threads, a few at a time.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString, rand_core::OsRng},
};
use tokio::{sync::Semaphore, task};

/// A password could not be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hash function refused.
    #[error("the password cannot be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    /// The work was cut off.
    #[error("hashing was cut off")]
    CutOff,
}

/// Hashes and compares passwords. Each takes 19 MiB and tens of milliseconds, so
/// only so many run at once.
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    /// Compared with when there is no account, so that the answer takes as long.
    stand_in: Arc<str>,
}

impl Passwords {
    /// Passwords compared by at most `at_once` threads.
    ///
    /// # Errors
    /// The hash function refused.
    pub fn new(at_once: usize) -> Result<Self, PasswordError> {
        let stand_in = hash("no account has this password")?;
        Ok(Self { places: Arc::new(Semaphore::new(at_once)), stand_in: stand_in.into() })
    }

    /// Whether the password is the account's; `false`, and as slowly, without one.
    ///
    /// # Errors
    /// The work was cut off.
    pub async fn matches(&self, stored: Option<String>, password: String) -> Result<bool, PasswordError> {
        let _place = self.places.acquire().await.map_err(|_| PasswordError::CutOff)?;
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.stand_in.to_string());
        let equal = task::spawn_blocking(move || verify(&stored, &password)).await;
        Ok(equal.map_err(|_| PasswordError::CutOff)? && known)
    }
}

impl Passwords {
    /// The PHC string of a password, when its turn has come.
    ///
    /// # Errors
    /// The hash function refused, or the work was cut off.
    pub async fn hashed(&self, password: String) -> Result<String, PasswordError> {
        let _place = self.places.acquire().await.map_err(|_| PasswordError::CutOff)?;
        task::spawn_blocking(move || hash(&password)).await.map_err(|_| PasswordError::CutOff)?
    }
}

/// The PHC string of a password.
///
/// # Errors
/// The hash function refused.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(PasswordError::Hash)?;
    Ok(hash.to_string())
}

fn verify(stored: &str, password: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|stored| Argon2::default().verify_password(password.as_bytes(), &stored).is_ok())
}
