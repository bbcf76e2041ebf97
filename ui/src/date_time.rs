//! Days and moments, in the browser's own controls.
//!
//! They keep their own text once they stand, so that half a date is never taken from
//! under the hand: `begins` is only what they start with.

use leptos::prelude::*;

use crate::{
    field::Control,
    input::{Line, line},
    time::{local_to_utc, utc_to_local, zone_name},
};

/// A day, as `2026-03-31`.
pub fn day(tied: Control, begins: String, take: Callback<String>) -> AnyView {
    line(tied, Line { mode: "text", ..Line::of("date") }, Signal::stored(begins), take)
}

/// A moment: entered in the reader's zone, which is named below; given and taken as
/// RFC 3339 in UTC. Half a moment is taken as the empty text.
pub fn moment(tied: Control, begins: &str, take: Callback<String>) -> AnyView {
    let hint = format!("{}-zone", tied.id);
    let described = hint.clone();
    let before = tied.describedby;
    let describedby = Signal::derive(move || match before.get() {
        Some(others) => Some(format!("{others} {described}")),
        None => Some(described.clone()),
    });
    let begins = utc_to_local(begins).unwrap_or_default();
    let take = Callback::new(move |typed: String| take.run(local_to_utc(&typed).unwrap_or_default()));
    let kind = Line { mode: "text", ..Line::of("datetime-local") };
    view! {
        {line(Control { describedby, ..tied }, kind, Signal::stored(begins), take)}
        <p class="field-help" id=hint>{texts::ui::zone_hint(zone_name())}</p>
    }
    .into_any()
}
