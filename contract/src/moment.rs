//! Moments on the wire: RFC 3339 in UTC, and nothing else RFC 3339 allows.
//!
//! chrono reads every form of every standard it knows; in the browser that is
//! several kilobytes of the first download for one form.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserializer, Serialize, Serializer, de::Error, de::Visitor};

/// The moment that a text such as `2026-03-31T08:30:00.25Z` names.
#[must_use]
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    let (seconds, fraction) = match text.strip_suffix('Z')?.split_once('.') {
        Some((seconds, digits)) => (seconds, nanoseconds(digits)?),
        None => (text.strip_suffix('Z')?, 0),
    };
    let (day, time) = seconds.split_once('T')?;
    let bytes = time.as_bytes();
    if bytes.len() != 8 || [2, 5].iter().any(|at| bytes.get(*at) != Some(&b':')) {
        return None;
    }
    let part = |from: usize| number(bytes.get(from..from + 2)?);
    let time = self::day(day)?.and_hms_nano_opt(part(0)?, part(3)?, part(6)?, fraction)?;
    Some(time.and_utc())
}

/// The day that a text such as `2026-03-31` names.
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || [4, 7].iter().any(|at| bytes.get(*at) != Some(&b'-')) {
        return None;
    }
    let part = |from: usize, to: usize| number(bytes.get(from..to)?);
    NaiveDate::from_ymd_opt(i32::try_from(part(0, 4)?).ok()?, part(5, 7)?, part(8, 10)?)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |sum, digit| {
        let value = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        sum.checked_mul(10)?.checked_add(value)
    })
}

/// A fraction of a second; what is finer than a nanosecond is cut off.
fn nanoseconds(digits: &str) -> Option<u32> {
    let bytes = digits.as_bytes();
    if bytes.is_empty() || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let kept = bytes.get(..9).unwrap_or(bytes);
    let missing = 9 - u32::try_from(kept.len()).ok()?;
    Some(number(kept)? * 10_u32.pow(missing))
}

/// For serde's `with`: as chrono writes it.
///
/// # Errors
/// The serializer's.
pub fn serialize<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    at.serialize(serializer)
}

/// For serde's `with`.
///
/// # Errors
/// The text is no moment in UTC.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    deserializer.deserialize_str(Text)
}

struct Text;

impl Visitor<'_> for Text {
    type Value = DateTime<Utc>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a moment in UTC such as 2026-03-31T08:30:00Z")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        parse(text).ok_or_else(|| E::custom("no moment in UTC such as 2026-03-31T08:30:00Z"))
    }
}

/// For serde's `with`, where there may be none.
pub mod optional {
    use serde::Deserialize;

    use super::{DateTime, Deserializer, Serialize, Serializer, Utc};

    #[derive(serde::Deserialize)]
    #[serde(transparent)]
    struct Moment(#[serde(with = "super")] DateTime<Utc>);

    /// As chrono writes it, or null.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(at: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
        at.serialize(serializer)
    }

    /// A moment, or null.
    ///
    /// # Errors
    /// The text is no moment in UTC.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        Option::<Moment>::deserialize(deserializer).map(|at| at.map(|Moment(at)| at))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, SecondsFormat, Utc};
    use proptest::prelude::*;

    use super::parse;

    proptest! {
        #[test]
        fn what_is_written_is_read(seconds in -62_167_219_200_i64..=253_402_300_799, nanos in 0_u32..1_000_000_000) {
            let at: DateTime<Utc> = DateTime::from_timestamp(seconds, nanos).unwrap();
            for format in [SecondsFormat::AutoSi, SecondsFormat::Nanos] {
                prop_assert_eq!(parse(&at.to_rfc3339_opts(format, true)), Some(at));
            }
        }

        #[test]
        fn what_chrono_does_not_read_is_not_read(text in "[0-9T:.Z+-]{0,32}|\\PC{0,24}") {
            if let Some(at) = parse(&text) {
                prop_assert_eq!(text.parse::<DateTime<Utc>>().ok(), Some(at));
            }
        }
    }

    #[test]
    fn other_forms_are_not_moments() {
        for text in [
            "",
            "Z",
            "2026-03-31",
            "2026-03-31T08:30:00",
            "2026-03-31T08:30:00+00:00",
            "2026-03-31 08:30:00Z",
            "2026-02-30T08:30:00Z",
            "2026-03-31T24:00:00Z",
            "2026-03-31T08:30:00.Z",
            "2026-03-31T08:30:00.2xZ",
            "+026-03-31T08:30:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
