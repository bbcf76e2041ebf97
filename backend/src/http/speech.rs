//! The language a request asks for.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use texts::Language;

/// The language of `Accept-Language` (RFC 9110, 12.5.4), of those there are.
#[derive(Clone, Copy)]
pub struct Speech(&'static Language);

impl Speech {
    /// A certain language.
    #[must_use]
    pub const fn of(language: &'static Language) -> Self {
        Self(language)
    }

    /// Speaks it while something runs.
    pub fn speak<T>(self, run: impl FnOnce() -> T) -> T {
        texts::speaking(self.0, run)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Speech {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let wanted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(Self(Language::preferred(wanted.unwrap_or_default())))
    }
}
