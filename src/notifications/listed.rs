//! What is listed, a day and a case after the other.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{Notification, moment};
use leptos::prelude::*;
use ui::time::{self, utc_to_local};

/// What was fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The newest first.
    pub items: Vec<Notification>,
    /// Whether there are older ones.
    pub more: bool,
}

/// One of them, and what stands above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub notification: Notification,
    /// The day that begins with it.
    pub day: Option<Day>,
    /// Whether the one before is of another case or day.
    pub begins_case: bool,
}

/// A day as it is seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Day {
    Today,
    Yesterday,
    Earlier(NaiveDate),
}

impl Day {
    fn of(at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let day = local(at);
        if day == local(now) {
            Self::Today
        } else if day == local(now - TimeDelta::days(1)) {
            Self::Yesterday
        } else {
            Self::Earlier(day)
        }
    }

    pub fn view(self) -> AnyView {
        match self {
            Self::Today => texts::notifications::today().into_any(),
            Self::Yesterday => texts::notifications::yesterday().into_any(),
            Self::Earlier(day) => time::day(day),
        }
    }
}

/// The day in the reader's zone.
fn local(at: DateTime<Utc>) -> NaiveDate {
    let written = utc_to_local(&at.to_rfc3339());
    written.as_deref().and_then(|local| moment::day(local.get(..10)?)).unwrap_or_else(|| at.date_naive())
}

/// Each with what stands above it.
pub fn places(listed: Option<&Listed>, now: DateTime<Utc>) -> Vec<Place> {
    let mut places = Vec::<Place>::new();
    let mut before = None;
    for notification in listed.into_iter().flat_map(|listed| &listed.items) {
        let here = (Day::of(notification.entry.at, now), notification.number);
        let day = (before.map(|(day, _)| day) != Some(here.0)).then_some(here.0);
        places.push(Place { notification: notification.clone(), day, begins_case: before != Some(here) });
        before = Some(here);
    }
    places
}

#[cfg(test)]
mod tests {
    use contract::{CaseNumber, Entry, people::PersonRef, thread::Content};
    use uuid::Uuid;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn told(number: i64, at: DateTime<Utc>) -> Notification {
        let author = PersonRef { id: Uuid::nil(), name: "Ruth Okafor".to_owned(), support: true };
        let entry = Entry { id: Uuid::nil(), position: 1, at, author, content: Content::Filed };
        Notification {
            id: Uuid::nil(),
            number: CaseNumber(number),
            subject: "Case".to_owned(),
            entry,
            read: false,
        }
    }

    #[wasm_bindgen_test]
    fn days_and_cases_begin_where_they_change() {
        let now = moment::parse("2026-11-27T12:00:00Z").unwrap();
        let days = |days| now - TimeDelta::days(days);
        let items = vec![told(1, now), told(1, now), told(2, now), told(2, days(1)), told(2, days(3))];
        let places = places(Some(&Listed { items, more: false }), now);
        let begins: Vec<_> = places.iter().map(|place| (place.day, place.begins_case)).collect();
        let earlier = Day::Earlier(moment::day("2026-11-24").unwrap());
        assert_eq!(
            begins,
            [
                (Some(Day::Today), true),
                (None, false),
                (None, true),
                (Some(Day::Yesterday), true),
                (Some(earlier), true),
            ]
        );
    }
}
