//! Errors as answers.

use std::time::Duration;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contract::{
    Action, CaseRecord, FieldError, Problem, ProblemCode,
    problem::{MEDIA_TYPE, Unread},
};
use serde::Serialize;
use tower_http::request_id::RequestId;

use crate::{accounts::PasswordError, attachments::StorageError, store::StoreError};

/// Why a request is not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The person gets this problem.
    #[error("{}", .0.detail)]
    Problem(Box<Problem>),
    /// Too many requests; to be tried again after a while.
    #[error("too many requests")]
    TooManyRequests(Duration),
    /// The database failed; logged, and told without its words.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store of files failed; logged, and told without its words.
    #[error(transparent)]
    Files(#[from] StorageError),
}

impl From<PasswordError> for ApiError {
    /// Logged, and told without its words.
    fn from(error: PasswordError) -> Self {
        tracing::error!(%error, "a password could be neither compared nor hashed");
        let detail = "Passwords cannot be looked at just now. Try again in a moment.";
        Self::new(ProblemCode::Unavailable, detail)
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl ApiError {
    /// A problem of a code.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Problem::new(code, detail).into()
    }

    /// No such thing, for this person: the one answer for what is not there and
    /// for what is not theirs.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ProblemCode::NotFound, "There is nothing here, or it is not yours to see.")
    }

    /// Nobody is signed in.
    #[must_use]
    pub fn sign_in_required() -> Self {
        Self::new(ProblemCode::SignInRequired, "Sign in to go on.")
    }

    /// Fields have mistakes.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.len() {
            1 => "Correct the marked field and send again.".to_owned(),
            count => format!("Correct the {count} marked fields and send again."),
        };
        Problem { errors, ..Problem::new(ProblemCode::InvalidFields, detail) }.into()
    }

    /// The case's state does not allow the action.
    #[must_use]
    pub fn action_not_allowed(allowed: Vec<Action>) -> Self {
        let detail = "The case does not allow this in its present state. Look at it again.";
        Problem { allowed: Some(allowed), ..Problem::new(ProblemCode::ActionNotAllowed, detail) }.into()
    }

    /// The case changed since it was read.
    #[must_use]
    pub fn changed_meanwhile(current: &CaseRecord) -> Self {
        Self::changed(
            current,
            "The case changed since you opened it. Look at its present state and try again.",
        )
    }

    /// Something changed since it was read; this is how it is now.
    #[must_use]
    pub fn changed(current: &impl Serialize, detail: &str) -> Self {
        let current = serde_json::value::to_raw_value(current).ok().map(Unread);
        Problem { current, ..Problem::new(ProblemCode::ChangedMeanwhile, detail) }.into()
    }

    fn into_problem(self) -> (Problem, Option<Duration>) {
        match self {
            Self::Problem(problem) => (*problem, None),
            Self::TooManyRequests(wait) => {
                let detail = format!("Too many tries. Wait {} seconds, then try again.", seconds(wait));
                (Problem::new(ProblemCode::TooManyRequests, detail), Some(wait))
            }
            Self::Store(error) => {
                tracing::error!(%error, "the store failed");
                (store_problem(&error), None)
            }
            Self::Files(error) => {
                tracing::error!(%error, "the store of files failed");
                let detail = "The files cannot be reached just now. Try again in a moment.";
                (Problem::new(ProblemCode::Unavailable, detail), None)
            }
        }
    }
}

fn store_problem(error: &StoreError) -> Problem {
    use sea_orm::DbErr;
    let unreachable = matches!(
        error,
        StoreError::Connect(_) | StoreError::Statement(DbErr::Conn(_) | DbErr::ConnectionAcquire(_))
    );
    if unreachable {
        let detail = "The database cannot be reached just now. Try again in a moment.";
        Problem::new(ProblemCode::Unavailable, detail)
    } else {
        let detail =
            "This is our fault, and it was logged. Try again; if it stays, tell support the request id.";
        Problem::new(ProblemCode::Internal, detail)
    }
}

/// Whole seconds, rounded up: a client that waits as told must not be early.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

impl IntoResponse for ApiError {
    /// An answer whose problem [`finish`] writes out, with the request's id.
    fn into_response(self) -> Response {
        let (problem, wait) = self.into_problem();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds(wait)));
        }
        response.extensions_mut().insert(problem);
        response
    }
}

/// Writes every error answer as a problem, also those the framework makes.
pub async fn finish(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    let problem =
        response.extensions_mut().remove::<Problem>().or_else(|| framework_problem(response.status()));
    let Some(mut problem) = problem else { return response };
    if let Some(id) = id.as_ref().and_then(|id| id.header_value().to_str().ok()) {
        id.clone_into(&mut problem.request_id);
    }
    match serde_json::to_vec(&problem) {
        Ok(body) => {
            let length = HeaderValue::from(body.len());
            *response.body_mut() = Body::from(body);
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
            headers.insert(header::CONTENT_LENGTH, length);
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        Err(error) => tracing::error!(%error, "a problem could not be written"),
    }
    response
}

fn framework_problem(status: StatusCode) -> Option<Problem> {
    let (code, detail) = match status {
        StatusCode::NOT_FOUND => (ProblemCode::NotFound, "There is nothing at this address."),
        StatusCode::METHOD_NOT_ALLOWED => {
            (ProblemCode::MethodNotAllowed, "This address exists, but not with this method. See Allow.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            (ProblemCode::BodyTooLarge, "Send less: the body is larger than this address takes.")
        }
        StatusCode::FORBIDDEN => {
            (ProblemCode::CrossSite, "This change came from another site and was refused.")
        }
        status if status.is_client_error() => (ProblemCode::MalformedRequest, "The request cannot be read."),
        status if status.is_server_error() => {
            (ProblemCode::Internal, "This is our fault. Try again; if it stays, tell support the request id.")
        }
        _ => return None,
    };
    Some(Problem::new(code, detail))
}

/// The header that carries the request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
