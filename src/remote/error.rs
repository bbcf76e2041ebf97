//! Why a request brought nothing.

use std::sync::Arc;

use contract::{Problem, ProblemCode};

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RemoteError {
    /// The backend said why.
    #[error("{}", .problem.detail)]
    Problem {
        /// What it said.
        problem: Arc<Problem>,
        /// The seconds it asked to wait.
        retry_after: Option<u32>,
    },
    /// No answer came.
    #[error("The server cannot be reached.")]
    Offline,
    /// Something answered that is not our backend, such as a proxy before it.
    #[error("The server's answer could not be understood (status {0}).")]
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
