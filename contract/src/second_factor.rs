//! A second factor: codes of an authenticator app (RFC 6238), and codes that stand in for it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{FieldError, field::FieldCode};

/// How many digits a code of an app has.
pub const DIGITS: usize = 6;
/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;

/// Where somebody stands with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactor {
    /// Since when signing in takes a code; absent where it takes none.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::moment::optional")]
    pub since: Option<DateTime<Utc>>,
    /// How many recovery codes were not used yet.
    pub recovery_codes: u32,
}

/// Proof that it is really one's own account.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmPassword {
    /// The present password.
    pub password: String,
}

/// What an authenticator app is given.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorSetup {
    /// The secret in base 32, to be typed where no picture can be taken.
    pub secret: String,
    /// The same as an address that apps understand (`otpauth://`).
    pub url: String,
    /// The address as a QR code.
    pub picture: QrCode,
}

/// A QR code: square, each row a text of `0` for light and `1` for dark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QrCode {
    /// The rows, without the light margin that belongs around them.
    pub rows: Vec<String>,
}

/// A code of the app, or a recovery code where that will do.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GiveCode {
    /// As typed; blanks and dashes do not count.
    pub code: String,
}

/// Codes that stand in for the app, each once. They are shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// The codes.
    pub codes: Vec<String>,
}

/// A code as it is compared: without blanks and dashes, in lower case.
#[must_use]
pub fn bare(code: &str) -> String {
    code.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect::<String>().to_lowercase()
}

impl GiveCode {
    /// The code as it is compared.
    ///
    /// # Errors
    /// There is none, at `/code`.
    pub fn validate(&self) -> Result<String, Vec<FieldError>> {
        let code = bare(&self.code);
        if code.is_empty() {
            let message = texts::mistakes::enter_the_code();
            return Err(vec![FieldError::new("/code", FieldCode::Required, message)]);
        }
        Ok(code)
    }
}

impl ConfirmPassword {
    /// Whether there is one; whether it is right only the backend knows.
    ///
    /// # Errors
    /// There is none, at `/password`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        if self.password.is_empty() {
            let message = texts::mistakes::enter_your_password();
            return Err(vec![FieldError::new("/password", FieldCode::Required, message)]);
        }
        Ok(())
    }
}

macro_rules! says_nothing {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            /// Leaves what is secret out, so that no log can hold it.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })+
    };
}
says_nothing!(ConfirmPassword, SecondFactorSetup, GiveCode, RecoveryCodes);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_as_people_copy_them() {
        assert_eq!(bare(" 123 456\n"), "123456");
        assert_eq!(bare("ABCD-ef23-"), "abcdef23");
        let code = |code: &str| GiveCode { code: code.to_owned() };
        assert_eq!(code("123 456").validate(), Ok("123456".to_owned()));
        assert_eq!(
            code(" - ").validate().err().map(|mistakes| mistakes[0].pointer.clone()).as_deref(),
            Some("/code")
        );
    }

    #[test]
    fn no_log_holds_a_code() {
        let said = format!(
            "{:?} {:?} {:?}",
            GiveCode { code: "123456".to_owned() },
            RecoveryCodes { codes: vec!["123456".to_owned()] },
            ConfirmPassword { password: "123456".to_owned() }
        );
        assert!(!said.contains("123456"), "{said}");
    }
}
