//! Errors on the wire: RFC 9457 problem details with stable codes.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{Action, FieldError, Status};

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error answer (RFC 9457).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Stable code; what programs and translations go by.
    pub code: ProblemCode,
    /// The HTTP status, repeated.
    pub status: u16,
    /// A short name of the problem, the same for every occurrence.
    pub title: String,
    /// What happened and what to do, for a person.
    pub detail: String,
    /// The id under which the backend logged the request.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
    /// Mistakes at single fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// With `action_not_allowed`: what the person may do instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Vec<Action>>,
    /// With `changed_meanwhile`: the present state, a [`crate::CaseRecord`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::CaseRecord>))]
    pub current: Option<Unread>,
}

impl Problem {
    /// A problem of a code, with its own title and status.
    #[must_use]
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            status: code.status(),
            title: code.title().to_owned(),
            detail: detail.into(),
            request_id: String::new(),
            errors: Vec::new(),
            allowed: None,
            current: None,
        }
    }

    /// With `changed_meanwhile`: where the case stands now.
    #[must_use]
    pub fn current_status(&self) -> Option<Status> {
        let Record { summary } = serde_json::from_str(self.current.as_ref()?.0.get()).ok()?;
        Some(summary.status)
    }

    /// The error of the field at a JSON pointer.
    #[must_use]
    pub fn error_at(&self, pointer: &str) -> Option<&FieldError> {
        self.errors.iter().find(|error| error.pointer == pointer)
    }
}

/// JSON left as it came, so that whoever reads problems need not know how to read
/// cases.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unread(pub Box<RawValue>);

impl PartialEq for Unread {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

/// Of a case's record, what a problem is asked for.
#[derive(Deserialize)]
struct Record {
    summary: Summary,
}

#[derive(Deserialize)]
struct Summary {
    status: Status,
}

/// Every problem the backend answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The body is not JSON, or not of the shape asked for.
    MalformedBody,
    /// A query parameter or header cannot be read.
    MalformedRequest,
    /// The `Idempotency-Key` header is missing.
    IdempotencyKeyMissing,
    /// Nobody is signed in, or the session ended.
    SignInRequired,
    /// The address or the password is wrong.
    WrongCredentials,
    /// Signing in takes a code of the second factor, too.
    CodeRequired,
    /// The person may not do this.
    Forbidden,
    /// The request came from another site.
    CrossSite,
    /// No such thing, for this person.
    NotFound,
    /// The path has no such method.
    MethodNotAllowed,
    /// The case's state does not allow the action.
    ActionNotAllowed,
    /// A request with this idempotency key is still running.
    StillRunning,
    /// The piece of a file does not begin where the backend has the end of it.
    UploadOffsetMismatch,
    /// The thing changed since it was read (`If-Match`).
    ChangedMeanwhile,
    /// The client does not say that it speaks the version of tus that we do.
    TusVersionUnsupported,
    /// The part of a file asked for lies outside of it.
    RangeOutside,
    /// The body is larger than allowed.
    BodyTooLarge,
    /// The body is not `application/json`.
    UnsupportedMediaType,
    /// Fields have mistakes.
    InvalidFields,
    /// The idempotency key was used with another body.
    KeyReused,
    /// The `If-Match` header is missing.
    PreconditionMissing,
    /// Too many requests.
    TooManyRequests,
    /// A fault of the backend.
    Internal,
    /// The backend cannot answer just now.
    Unavailable,
}

impl ProblemCode {
    /// All codes, for tables and tests.
    pub const ALL: [Self; 24] = [
        Self::MalformedBody,
        Self::MalformedRequest,
        Self::IdempotencyKeyMissing,
        Self::SignInRequired,
        Self::WrongCredentials,
        Self::CodeRequired,
        Self::Forbidden,
        Self::CrossSite,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::ActionNotAllowed,
        Self::StillRunning,
        Self::UploadOffsetMismatch,
        Self::ChangedMeanwhile,
        Self::TusVersionUnsupported,
        Self::RangeOutside,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::InvalidFields,
        Self::KeyReused,
        Self::PreconditionMissing,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The HTTP status the code is answered with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedBody | Self::MalformedRequest | Self::IdempotencyKeyMissing => 400,
            Self::SignInRequired | Self::WrongCredentials | Self::CodeRequired => 401,
            Self::Forbidden | Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::ActionNotAllowed | Self::StillRunning | Self::UploadOffsetMismatch => 409,
            Self::ChangedMeanwhile | Self::TusVersionUnsupported => 412,
            Self::RangeOutside => 416,
            Self::BodyTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::InvalidFields | Self::KeyReused => 422,
            Self::PreconditionMissing => 428,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The problem's short name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::MalformedBody => "The body cannot be read",
            Self::MalformedRequest => "The request cannot be read",
            Self::IdempotencyKeyMissing => "Idempotency-Key is missing",
            Self::SignInRequired => "Sign-in required",
            Self::WrongCredentials => "Wrong e-mail address or password",
            Self::CodeRequired => "A code is required",
            Self::Forbidden => "Not allowed",
            Self::CrossSite => "Cross-site request refused",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::ActionNotAllowed => "Not possible in this state",
            Self::StillRunning => "Still being worked on",
            Self::UploadOffsetMismatch => "More or less has arrived",
            Self::ChangedMeanwhile => "Changed meanwhile",
            Self::TusVersionUnsupported => "Another version of tus",
            Self::RangeOutside => "Outside of the file",
            Self::BodyTooLarge => "Too large",
            Self::UnsupportedMediaType => "Unsupported media type",
            Self::InvalidFields => "Some fields need attention",
            Self::KeyReused => "Idempotency-Key was used for something else",
            Self::PreconditionMissing => "If-Match is missing",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "Something went wrong",
            Self::Unavailable => "Not available just now",
        }
    }
}
