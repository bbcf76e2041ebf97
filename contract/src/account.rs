//! Getting into one's account, and keeping it one's own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    FieldError,
    field::{FieldCode, is_email},
    limits::{PASSWORD_MAX, PASSWORD_MIN},
};

/// A wish for a link by which a forgotten password is replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetRequest {
    /// The account's e-mail address, in any case.
    pub email: String,
}

impl ResetRequest {
    /// What is wrong with the form of the address; nothing about the account.
    ///
    /// # Errors
    /// The mistake, at `/email`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let refused = |code, message: &str| Err(vec![FieldError::new("/email", code, message)]);
        match self.email.trim() {
            "" => refused(FieldCode::Required, texts::mistakes::enter_your_email()),
            email if is_email(email) => Ok(()),
            _ => refused(FieldCode::Malformed, texts::mistakes::email_such_as()),
        }
    }
}

/// Whose password a link sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountLink {
    /// The address that the account signs in with.
    pub email: String,
    /// Its person's name.
    pub name: String,
}

/// A password that is chosen by a link.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The password.
    pub password: String,
}

/// A password in place of another.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The present password.
    pub current: String,
    /// The new one.
    pub password: String,
}

/// The mistake in a password that is to be set, if there is one: at least [`PASSWORD_MIN`]
/// characters, of whatever kind (NIST SP 800-63B, 5.1.1).
pub(crate) fn mistake(password: &str, pointer: &str) -> Option<FieldError> {
    let (code, message) = match password.chars().count() {
        0 => (FieldCode::Required, texts::mistakes::choose_a_password().to_owned()),
        count if count < PASSWORD_MIN => {
            (FieldCode::TooShort, texts::mistakes::password_at_least(PASSWORD_MIN))
        }
        count if count > PASSWORD_MAX => {
            (FieldCode::TooLong, texts::mistakes::password_at_most(PASSWORD_MAX))
        }
        _ => return None,
    };
    Some(FieldError::new(pointer, code, message))
}

impl NewPassword {
    /// What is wrong with it.
    ///
    /// # Errors
    /// The mistake, at `/password`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        mistake(&self.password, "/password").map_or(Ok(()), |mistake| Err(vec![mistake]))
    }
}

impl PasswordChange {
    /// What is wrong with it; whether the present one is right only the backend knows.
    ///
    /// # Errors
    /// The mistakes, at `/current` and `/password`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let missing =
            || FieldError::new("/current", FieldCode::Required, texts::mistakes::enter_your_password());
        let current = self.current.is_empty().then(missing);
        let mistakes: Vec<_> = current.into_iter().chain(mistake(&self.password, "/password")).collect();
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }
}

impl std::fmt::Debug for NewPassword {
    /// Leaves the password out, so that no log can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPassword").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for PasswordChange {
    /// Leaves the passwords out, so that no log can hold them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordChange").finish_non_exhaustive()
    }
}

/// A browser in which one is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Names the session, and opens nothing.
    pub id: String,
    /// When one signed in.
    #[serde(with = "crate::moment")]
    pub since: DateTime<Utc>,
    /// When it was used last, to the hour.
    #[serde(with = "crate::moment")]
    pub used: DateTime<Utc>,
    /// What the browser says of itself (`User-Agent`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Whether it is this one.
    pub this: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_enough_and_whatever_else_they_like() {
        let wrong = |password: &str| {
            let change = PasswordChange { current: "x".to_owned(), password: password.to_owned() };
            let code = change.validate().err().map(|mistakes| mistakes[0].code);
            assert_eq!(
                code,
                NewPassword { password: password.to_owned() }.validate().err().map(|m| m[0].code)
            );
            code
        };
        assert_eq!(wrong(""), Some(FieldCode::Required));
        assert_eq!(wrong("1234567"), Some(FieldCode::TooShort));
        assert_eq!(wrong("äöüß€漢字!"), None);
        assert_eq!(wrong(&"x".repeat(PASSWORD_MAX)), None);
        assert_eq!(wrong(&"x".repeat(PASSWORD_MAX + 1)), Some(FieldCode::TooLong));
    }

    #[test]
    fn no_log_holds_a_password() {
        let change = PasswordChange { current: "old-secret".to_owned(), password: "new-secret".to_owned() };
        let new = NewPassword { password: "new-secret".to_owned() };
        assert!(!format!("{change:?} {new:?}").contains("secret"));
    }
}
