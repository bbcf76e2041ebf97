//! Moments in words, in the reader's zone, through `Intl`.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use js_sys::{
    Array, Date, Intl, Object, Reflect,
    wasm_bindgen::{JsCast, JsValue},
};
use leptos::prelude::*;

// Made when first used: by then it is known what language the page speaks, and a page
// never speaks another.
thread_local! {
    static EXACT: Intl::DateTimeFormat =
        format(&[("dateStyle", "long"), ("timeStyle", "short")]);
    static DAY: Intl::DateTimeFormat =
        format(&[("day", "numeric"), ("month", "short"), ("year", "numeric")]);
    static CALENDAR_DAY: Intl::DateTimeFormat =
        format(&[("dateStyle", "long"), ("timeZone", "UTC")]);
    static ZONE: Intl::DateTimeFormat = format(&[("hour", "numeric"), ("timeZoneName", "short")]);
    static RELATIVE: Intl::RelativeTimeFormat =
        Intl::RelativeTimeFormat::new(&locales(), &options(&[("numeric", "auto")]));
}

/// The words' language; in English the day comes before the month.
fn locales() -> Array {
    let tag = texts::spoken().tag.as_str();
    Array::of1(&if tag == "en" { "en-GB" } else { tag }.into())
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // A fresh plain object takes any property.
        let _set = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}

fn format(pairs: &[(&str, &str)]) -> Intl::DateTimeFormat {
    Intl::DateTimeFormat::new(&locales(), &options(pairs))
}

fn words(format: &Intl::DateTimeFormat, at: DateTime<Utc>) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of any date fit")]
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    let said = format.format().call1(&JsValue::UNDEFINED, &date);
    said.ok().and_then(|said| said.as_string()).unwrap_or_default()
}

/// The moment to the minute, with its zone.
#[must_use]
pub fn exact(at: DateTime<Utc>) -> String {
    let zone = ZONE.with(|format| zone_of(format, at));
    format!("{} {zone}", EXACT.with(|format| words(format, at))).trim_end().to_owned()
}

fn zone_of(format: &Intl::DateTimeFormat, at: DateTime<Utc>) -> String {
    let said = words(format, at);
    said.rsplit_once(' ').map(|(_, zone)| zone.to_owned()).unwrap_or_default()
}

/// A day without a time, the same in every zone.
#[must_use]
pub fn calendar_day(day: NaiveDate) -> String {
    day.and_hms_opt(12, 0, 0)
        .map(|noon| CALENDAR_DAY.with(|format| words(format, noon.and_utc())))
        .unwrap_or_default()
}

/// A day as the reader writes it, and as a machine does.
#[must_use]
pub fn day(day: NaiveDate) -> AnyView {
    view! { <time datetime=day.to_string()>{calendar_day(day)}</time> }.into_any()
}

/// The moment as seen from `now`: "3 minutes ago", "yesterday", or the day.
#[must_use]
pub fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (at - now).num_seconds();
    let (amount, unit) = match seconds.abs() {
        0..45 => return texts::ui::just_now().to_owned(),
        45..3_600 => (seconds.abs().max(60) / 60, "minute"),
        3_600..86_400 => (seconds.abs() / 3_600, "hour"),
        86_400..604_800 => (seconds.abs() / 86_400, "day"),
        _ => return DAY.with(|format| words(format, at)),
    };
    let amount = i32::try_from(amount * seconds.signum()).unwrap_or_default();
    RELATIVE.with(|format| String::from(format.format(f64::from(amount), unit)))
}

/// The present minute, shared by everything on the page that shows a time.
#[derive(Clone, Copy)]
pub struct Clock(RwSignal<DateTime<Utc>>);

impl Clock {
    /// A clock that ticks each minute until its owner goes.
    #[must_use]
    pub fn start() -> Self {
        let now = RwSignal::new(Utc::now());
        let tick = set_interval_with_handle(move || now.set(Utc::now()), Duration::from_secs(60));
        on_cleanup(move || {
            if let Ok(tick) = tick {
                tick.clear();
            }
        });
        Self(now)
    }

    /// The present moment; tracked.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        self.0.get().max(Utc::now())
    }
}

/// A moment: relative words, the exact time and zone on hover and to programs.
#[component]
pub fn Moment(
    /// The moment.
    at: DateTime<Utc>,
) -> impl IntoView {
    let clock = use_context::<Clock>();
    let said = move || relative(at, clock.map_or_else(Utc::now, Clock::now));
    view! {
        <time datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true) title=exact(at)>
            {said}
        </time>
    }
    .into_any()
}

/// The moment that a `datetime-local` control names, in the reader's zone, as RFC 3339 in UTC.
#[must_use]
pub fn local_to_utc(local: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(local));
    if date.get_time().is_nan() {
        return None;
    }
    let stamp = String::from(date.to_iso_string());
    stamp.split_once('.').map(|(seconds, _)| format!("{seconds}Z"))
}

/// A moment in UTC as a `datetime-local` control shows it, in the reader's zone.
#[must_use]
pub fn utc_to_local(utc: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(utc));
    if date.get_time().is_nan() {
        return None;
    }
    let offset = date.get_timezone_offset() * 60_000.0;
    let shifted = Date::new(&JsValue::from_f64(date.get_time() - offset));
    String::from(shifted.to_iso_string()).get(..16).map(str::to_owned)
}

/// A moment in UTC, in words; the text itself where it is none.
#[must_use]
pub fn exact_words(utc: &str) -> String {
    DateTime::parse_from_rfc3339(utc).map_or_else(|_| utc.to_owned(), |at| exact(at.with_timezone(&Utc)))
}

/// The name of the reader's zone, such as `Europe/Berlin`.
#[must_use]
pub fn zone_name() -> String {
    let resolved = EXACT.with(Intl::DateTimeFormat::resolved_options);
    let zone = Reflect::get(resolved.unchecked_ref(), &"timeZone".into());
    zone.ok().and_then(|zone| zone.as_string()).unwrap_or_else(|| texts::ui::local_time().to_owned())
}
