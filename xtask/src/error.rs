//! What can go wrong in a command, each said in a sentence.

use std::path::PathBuf;

/// A command's result.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The words given make no sense.
    #[error("{0}")]
    Usage(String),
    /// A program is not there, or may not be run.
    #[error("{program} could not be started: {source}")]
    Start {
        /// The program's name.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program ran and failed.
    #[error("`{command}` failed ({status})")]
    Failed {
        /// The command line.
        command: String,
        /// How it ended.
        status: String,
    },
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{}: {detail}", path.display())]
    Content {
        /// Which one.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// Something needed is missing and could not be installed.
    #[error("{what} is missing and could not be installed; this would: {command}")]
    Missing {
        /// What is missing.
        what: String,
        /// The command that installs it.
        command: String,
    },
    /// Checks ran to the end and some did not pass.
    #[error("{0} did not pass")]
    NotPassed(String),
}

impl Error {
    /// For `map_err` on a file operation.
    pub fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}
