//! Times as the databases keep them.

use chrono::{DateTime, Utc};

/// Microseconds since 1970.
#[must_use]
pub const fn to_micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

/// The moment so many microseconds after 1970; 1970 itself where it lies beyond
/// what a calendar holds, which no time of ours does.
#[must_use]
pub fn from_micros(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}
