//! Versions as entity tags (RFC 9110, 8.8.3).

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use contract::ProblemCode;

use super::problem::ApiError;

/// The `ETag` of a version: the number in quotes.
#[must_use]
pub fn etag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether `If-None-Match` names the version: the reader already has it.
#[must_use]
pub fn none_match(headers: &HeaderMap, version: i64) -> bool {
    headers.get(header::IF_NONE_MATCH) == Some(&etag(version))
}

/// The version a change was decided on, from `If-Match`.
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            let detail = "Send an If-Match header with the ETag of the case as you read it.";
            return Err(ApiError::new(ProblemCode::PreconditionMissing, detail));
        };
        let tag = value.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        tag.map(Self).ok_or_else(|| {
            ApiError::new(ProblemCode::MalformedRequest, "Send If-Match as one ETag, such as \"7\".")
        })
    }
}
