//! JSON bodies, read strictly.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::{StatusCode, header},
    response::IntoResponse,
};
use contract::ProblemCode;
use serde::de::DeserializeOwned;

use super::problem::ApiError;

/// Longest explanation given: a field's name is the client's, of any length.
const WORDS_MAX: usize = 300;

/// A JSON body of a known shape; unknown fields are refused by the types themselves.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !media_type.is_some_and(|value| {
            value.split(';').next().is_some_and(|kind| kind.trim() == "application/json")
        }) {
            let detail = "Send JSON with the header Content-Type: application/json.";
            return Err(ApiError::new(ProblemCode::UnsupportedMediaType, detail));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unreadable)?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| malformed(&error))
    }
}

fn unreadable(rejection: BytesRejection) -> ApiError {
    if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        let detail = format!("Send at most {} KiB.", contract::limits::BODY_MAX / 1024);
        ApiError::new(ProblemCode::BodyTooLarge, detail)
    } else {
        ApiError::new(ProblemCode::MalformedBody, "The body broke off. Send it again.")
    }
}

fn malformed(error: &serde_json::Error) -> ApiError {
    let place = format!("line {}, column {}", error.line(), error.column());
    let detail = if error.is_data() {
        let words = about_field(error).unwrap_or_else(|| format!("look at {place}"));
        format!("The body is JSON, but not of the shape this address takes: {words}.")
    } else {
        format!("The body is not JSON: look at {place}.")
    };
    ApiError::new(ProblemCode::MalformedBody, detail)
}

/// serde's words where they name a field; its others speak of our types.
fn about_field(error: &serde_json::Error) -> Option<String> {
    let words = error.to_string();
    let names_field =
        ["unknown field", "missing field", "duplicate field"].iter().any(|start| words.starts_with(start));
    (names_field && words.chars().count() <= WORDS_MAX).then_some(words)
}
