//! The present moment, which tests can fix.

use chrono::{DateTime, SubsecRound, Utc};

/// Where the time comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this moment: for tests that look at times.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The present moment, in the microseconds the databases keep.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Fixed(at) => at,
        }
    }
}
