//! How an organisation's cases stand, for those who administer it.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Status,
    people::{OrganisationRef, PersonRef},
};

/// How many weeks are looked back on, the present one with them.
pub const WEEKS: u64 = 12;
/// The best and last grade of a survey.
pub const GRADES: usize = 5;

/// How old an open case is, since it was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Less than a day.
    Day,
    /// Less than a week.
    Week,
    /// Less than thirty days.
    Month,
    /// Older.
    Older,
}

/// How soon support first wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Within four hours.
    Hours,
    /// Within a day.
    Day,
    /// Later.
    Later,
    /// Not yet.
    NotYet,
}

/// How an organisation's cases stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// Whose.
    pub organisation: OrganisationRef,
    /// The open cases, a status each in the order of a case's life.
    pub open: Vec<OpenCases>,
    /// The cases filed in each of the last [`WEEKS`], the oldest first.
    pub filed: Vec<WeekOfCases>,
    /// How soon support first wrote in them, in the order of [`Answered::ALL`].
    pub first_answers: Vec<u64>,
    /// The minutes until then that half of those answered took at most.
    pub first_answer_median: Option<u64>,
    /// How often each grade of satisfaction was given, from 1 to [`GRADES`].
    pub satisfaction: Vec<u64>,
    /// How often each grade of effort was given, from 1 to [`GRADES`].
    pub effort: Vec<u64>,
    /// Whose cases they are, most open ones first; at most 200.
    pub people: Vec<CasesOfPerson>,
}

/// The open cases of a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenCases {
    /// The status.
    pub status: Status,
    /// How many there are of each age, in the order of [`Age::ALL`].
    pub ages: Vec<u64>,
}

/// The cases filed in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeekOfCases {
    /// Its Monday, in UTC.
    pub monday: NaiveDate,
    /// How many.
    pub cases: u64,
}

/// The cases that somebody requested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CasesOfPerson {
    /// Who.
    pub person: PersonRef,
    /// How many are open.
    pub open: u64,
    /// How many there are.
    pub all: u64,
}

impl Age {
    /// All, the youngest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Older];

    /// The age of what is so old.
    #[must_use]
    pub fn of(age: TimeDelta) -> Self {
        match age.num_days() {
            ..1 => Self::Day,
            1..7 => Self::Week,
            7..30 => Self::Month,
            _ => Self::Older,
        }
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => texts::overview::under_a_day(),
            Self::Week => texts::overview::under_a_week(),
            Self::Month => texts::overview::under_a_month(),
            Self::Older => texts::overview::older(),
        }
    }
}

impl Answered {
    /// All, the soonest first.
    pub const ALL: [Self; 4] = [Self::Hours, Self::Day, Self::Later, Self::NotYet];

    /// How soon it was.
    #[must_use]
    pub fn of(after: Option<TimeDelta>) -> Self {
        match after.map(|after| after.num_minutes()) {
            None => Self::NotYet,
            Some(..240) => Self::Hours,
            Some(240..1440) => Self::Day,
            Some(_) => Self::Later,
        }
    }

    /// The words people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Hours => texts::overview::within_four_hours(),
            Self::Day => texts::overview::within_a_day(),
            Self::Later => texts::overview::later(),
            Self::NotYet => texts::overview::not_yet(),
        }
    }
}

/// The Monday of the week in which something was, in UTC.
#[must_use]
pub fn monday_of(at: DateTime<Utc>) -> NaiveDate {
    let day = at.date_naive();
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

/// The Mondays of the last [`WEEKS`], the oldest first.
#[must_use]
pub fn mondays(now: DateTime<Utc>) -> Vec<NaiveDate> {
    let last = monday_of(now);
    (0..WEEKS).rev().filter_map(|back| last.checked_sub_days(Days::new(7 * back))).collect()
}

/// The middle of some numbers; of two in the middle the lesser.
#[must_use]
pub fn median(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_answers_have_their_bounds() {
        for (minutes, age, answered) in [
            (0, Age::Day, Answered::Hours),
            (239, Age::Day, Answered::Hours),
            (240, Age::Day, Answered::Day),
            (1439, Age::Day, Answered::Day),
            (1440, Age::Week, Answered::Later),
            (7 * 1440, Age::Month, Answered::Later),
            (30 * 1440, Age::Older, Answered::Later),
        ] {
            let after = TimeDelta::minutes(minutes);
            assert_eq!((Age::of(after), Answered::of(Some(after))), (age, answered), "{minutes}");
        }
        assert_eq!(Answered::of(None), Answered::NotYet);
    }

    #[test]
    fn weeks_begin_on_mondays() {
        let at = |text: &str| crate::moment::parse(text).unwrap();
        let day = |text: &str| crate::moment::day(text).unwrap();
        assert_eq!(monday_of(at("2026-11-22T23:59:59Z")), day("2026-11-16"));
        assert_eq!(monday_of(at("2026-11-23T00:00:00Z")), day("2026-11-23"));
        let mondays = mondays(at("2026-11-27T12:00:00Z"));
        assert_eq!((mondays.len(), mondays[0], mondays[11]), (12, day("2026-09-07"), day("2026-11-23")));
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3]), Some(3));
        assert_eq!(median(vec![9, 1, 5]), Some(5));
        assert_eq!(median(vec![9, 1, 5, 3]), Some(3));
    }
}
