//! Tokens by which programs come in place of a person. They are shown once, can do only what
//! their scopes say, and never come from a browser.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    FieldError,
    field::{FieldCode, clean_line},
    limits::TOKEN_NAME_MAX,
};

/// What every token begins with, so that one is known where it should not be.
pub const TOKEN_PREFIX: &str = "csm_";

/// What a token lets a program do, as far as its person may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read cases, their files, and the catalogue.
    ReadCases,
    /// File and change cases, and send files.
    WriteCases,
    /// Look after an organisation's people.
    ManagePeople,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 3] = [Self::ReadCases, Self::WriteCases, Self::ManagePeople];

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ReadCases => texts::tokens::read_cases(),
            Self::WriteCases => texts::tokens::write_cases(),
            Self::ManagePeople => texts::tokens::manage_people(),
        }
    }
}

/// Which scope a request needs, by its method and its path below `/api/v1`; none where no
/// token will do: accounts, sessions, tokens, and whatever is not named here.
#[must_use]
pub fn scope_of(method: &str, path: &str) -> Option<Scope> {
    let reads = matches!(method, "GET" | "HEAD");
    match path.split('/').nth(1)? {
        "catalogue" | "activities" if reads => Some(Scope::ReadCases),
        "cases" if reads => Some(Scope::ReadCases),
        "cases" => Some(Scope::WriteCases),
        "uploads" => Some(Scope::WriteCases),
        "organisations" => Some(Scope::ManagePeople),
        _ => None,
    }
}

/// A token, without what opens anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Token {
    /// Stable id.
    pub id: Uuid,
    /// What its person calls it.
    pub name: String,
    /// What it lets do.
    pub scopes: Vec<Scope>,
    /// Its last four characters, which tell it from others.
    pub ending: String,
    /// When it was made.
    #[serde(with = "crate::moment")]
    pub made_at: DateTime<Utc>,
    /// When it ends by itself.
    #[serde(with = "crate::moment")]
    pub expires_at: DateTime<Utc>,
    /// When it was used last, to the hour.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::moment::optional")]
    pub used_at: Option<DateTime<Utc>>,
}

/// A token that was just made.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MadeToken {
    /// What is kept of it.
    pub token: Token,
    /// The token itself, said this once.
    pub secret: String,
}

impl std::fmt::Debug for MadeToken {
    /// Leaves the secret out, so that no log can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeToken").field("token", &self.token).finish_non_exhaustive()
    }
}

/// How long a token lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lifetime {
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
    /// 365 days, the longest there is.
    Year,
}

impl Lifetime {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// How many days that are.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }

    /// The same as a length of time.
    #[must_use]
    pub const fn length(self) -> TimeDelta {
        TimeDelta::days(self.days())
    }
}

/// A token to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What its person calls it.
    pub name: String,
    /// What it is to let do; at least one.
    pub scopes: Vec<Scope>,
    /// How long it is to last.
    pub lifetime: Lifetime,
}

impl NewToken {
    /// As it is kept.
    ///
    /// # Errors
    /// The mistakes, at `/name` and `/scopes`.
    pub fn validate(&self) -> Result<Self, Vec<FieldError>> {
        let name = clean_line(&self.name);
        let mut mistakes = Vec::new();
        match name.chars().count() {
            0 => {
                let message = texts::mistakes::name_the_token();
                mistakes.push(FieldError::new("/name", FieldCode::Required, message));
            }
            1..=TOKEN_NAME_MAX => {}
            _ => {
                let message = texts::mistakes::name_at_most(TOKEN_NAME_MAX);
                mistakes.push(FieldError::new("/name", FieldCode::TooLong, message));
            }
        }
        if self.scopes.is_empty() {
            let message = texts::mistakes::choose_at_least_one();
            mistakes.push(FieldError::new("/scopes", FieldCode::Required, message));
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let mut scopes = self.scopes.clone();
        scopes.sort_unstable();
        scopes.dedup();
        Ok(Self { name, scopes, lifetime: self.lifetime })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_reach_cases_and_people_and_nothing_else() {
        use Scope::{ManagePeople, ReadCases, WriteCases};
        for (method, path, scope) in [
            ("GET", "/cases", Some(ReadCases)),
            ("GET", "/cases/CS-000001/export", Some(ReadCases)),
            ("POST", "/cases/CS-000001/messages", Some(WriteCases)),
            ("DELETE", "/cases/CS-000001/watchers/a@b.c", Some(WriteCases)),
            ("POST", "/uploads", Some(WriteCases)),
            ("HEAD", "/uploads/1", Some(WriteCases)),
            ("GET", "/catalogue", Some(ReadCases)),
            ("GET", "/organisations/1/members", Some(ManagePeople)),
            ("PATCH", "/organisations/1/members/2", Some(ManagePeople)),
            ("GET", "/account/sessions", None),
            ("POST", "/account/tokens", None),
            ("PUT", "/account/password", None),
            ("GET", "/session", None),
            ("GET", "/events", None),
            ("GET", "/casesandmore", None),
            ("GET", "cases", None),
            ("GET", "", None),
        ] {
            assert_eq!(scope_of(method, path), scope, "{method} {path}");
        }
    }

    #[test]
    fn a_token_has_a_name_and_something_to_do() {
        let new = |name: &str, scopes: &[Scope]| {
            let scopes = scopes.to_vec();
            NewToken { name: name.to_owned(), scopes, lifetime: Lifetime::Month }.validate()
        };
        let kept = new(" Nightly\treport ", &[Scope::WriteCases, Scope::ReadCases, Scope::WriteCases]);
        let kept = kept.map(|kept| (kept.name, kept.scopes));
        assert_eq!(kept, Ok(("Nightly report".to_owned(), vec![Scope::ReadCases, Scope::WriteCases])));
        let pointers = |wrong: Result<NewToken, Vec<FieldError>>| {
            wrong.err().unwrap_or_default().into_iter().map(|mistake| mistake.pointer).collect::<Vec<_>>()
        };
        assert_eq!(pointers(new("", &[])), ["/name", "/scopes"]);
        assert_eq!(pointers(new(&"x".repeat(TOKEN_NAME_MAX + 1), &[Scope::ReadCases])), ["/name"]);
    }
}
