//! Why a request brought nothing.

use std::sync::Arc;

use contract::{Problem, ProblemCode};

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RemoteError {
    /// The backend said why.
    #[error("{}", words(.problem))]
    Problem {
        /// What it said.
        problem: Arc<Problem>,
        /// The seconds it asked to wait.
        retry_after: Option<u32>,
    },
    /// No answer came.
    #[error("{}", texts::problems::unreachable())]
    Offline,
    /// Something answered that is not our backend, such as a proxy before it.
    #[error("{}", texts::problems::not_understood(.0))]
    Unreadable(u16),
}

impl RemoteError {
    /// The problem's code, where the backend gave one.
    pub fn code(&self) -> Option<ProblemCode> {
        self.problem().map(|problem| problem.code)
    }

    /// What the backend said.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem { problem, .. } => Some(problem),
            Self::Offline | Self::Unreadable(_) => None,
        }
    }

    /// Whether the session is what is missing.
    pub fn is_signed_out(&self) -> bool {
        self.code() == Some(ProblemCode::SignInRequired)
    }

    /// Whether the same request may work a little later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Offline => true,
            Self::Unreadable(status) => *status >= 500,
            Self::Problem { problem, .. } => {
                problem.status >= 500
                    || matches!(problem.code, ProblemCode::StillRunning | ProblemCode::TooManyRequests)
            }
        }
    }

    /// Whether it means that the backend is gone rather than that it said no.
    pub fn is_unreachable(&self) -> bool {
        match self {
            Self::Offline => true,
            Self::Unreadable(status) => matches!(status, 502..=504),
            Self::Problem { .. } => false,
        }
    }

    /// The seconds the backend asked to wait.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Problem { retry_after, .. } => *retry_after,
            Self::Offline | Self::Unreadable(_) => None,
        }
    }
}

/// What a problem means and what to do, in the language spoken.
fn words(problem: &Problem) -> String {
    let words = match problem.code {
        ProblemCode::MalformedBody
        | ProblemCode::MalformedRequest
        | ProblemCode::IdempotencyKeyMissing
        | ProblemCode::MethodNotAllowed
        | ProblemCode::UnsupportedMediaType
        | ProblemCode::KeyReused
        | ProblemCode::PreconditionMissing
        | ProblemCode::TusVersionUnsupported
        | ProblemCode::RangeOutside => texts::problems::misunderstood(),
        ProblemCode::SignInRequired => texts::problems::sign_in_required(),
        ProblemCode::WrongCredentials => texts::problems::wrong_credentials(),
        ProblemCode::CodeRequired => texts::problems::code_required(),
        ProblemCode::Forbidden => texts::problems::forbidden(),
        ProblemCode::CrossSite => texts::problems::cross_site(),
        ProblemCode::NotFound => texts::problems::not_found(),
        ProblemCode::ActionNotAllowed => texts::problems::action_not_allowed(),
        ProblemCode::UploadOffsetMismatch => texts::problems::upload_offset_mismatch(),
        ProblemCode::StillRunning => texts::problems::still_running(),
        ProblemCode::ChangedMeanwhile => texts::problems::changed_meanwhile(),
        ProblemCode::BodyTooLarge => texts::problems::body_too_large(),
        ProblemCode::InvalidFields => texts::problems::invalid_fields(),
        ProblemCode::TooManyRequests => texts::problems::too_many_requests(),
        ProblemCode::Internal => return texts::problems::internal(&problem.request_id),
        ProblemCode::Unavailable => texts::problems::unavailable(),
    };
    words.to_owned()
}
