//! What is wrong with one field, and text rules shared by all fields.

use serde::{Deserialize, Serialize};

/// One field's mistake: where, a stable code, and a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer into the request body (RFC 6901), such as `/answers/subject`.
    pub pointer: String,
    /// Stable code for programs and translations.
    pub code: FieldCode,
    /// What to do about it, for a person.
    pub message: String,
}

/// The kinds of mistakes a field can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldCode {
    /// Nothing was given.
    Required,
    /// Shorter than allowed.
    TooShort,
    /// Longer than allowed.
    TooLong,
    /// More entries than allowed.
    TooMany,
    /// Not of the form asked for.
    Malformed,
    /// Below or above the allowed range.
    OutOfRange,
    /// Not among the options offered.
    UnknownOption,
    /// Only customers may choose this; the person files as a partner.
    CustomersOnly,
    /// Only a portal administrator may choose this.
    AdministratorsOnly,
    /// Must lie in the future.
    NotInFuture,
    /// Ends before it starts.
    EndsBeforeStart,
    /// Too soon for the lead time.
    TooSoon,
    /// The question is not asked in this case.
    NotAsked,
    /// Does not go together with what there is already.
    Conflict,
}

impl FieldError {
    /// An error at `pointer`.
    #[must_use]
    pub fn new(pointer: impl Into<String>, code: FieldCode, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code, message: message.into() }
    }
}

/// Text as it is stored: line ends are LF, and NUL, which PostgreSQL cannot
/// hold, is U+FFFD (as CommonMark 2.3 replaces it).
#[must_use]
pub fn clean_text(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")
}

/// A single line as it is stored: no control characters, and single blanks.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean_text(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `text` has the form of an e-mail address: a stricter reading than
/// RFC 5322, the one the HTML standard gives `<input type=email>`, with a dot
/// demanded in the domain.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    text.len() <= crate::limits::EMAIL_MAX
        && !local.is_empty()
        && local.chars().all(|c| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c))
        && domain.contains('.')
        && is_hostname(domain)
}

/// Whether `text` is a host name (RFC 1123, 2.1): dot-separated labels of
/// letters, digits and inner hyphens.
#[must_use]
pub fn is_hostname(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 253
        && text.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
}

/// Whether `text` is an absolute `http` or `https` address without blanks.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit_once(':').map_or(authority, |(host, port)| {
            if port.chars().all(|c| c.is_ascii_digit()) { host } else { "" }
        });
        is_hostname(host) && !text.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}
