//! Questions answered with moments: entered in the reader's zone, kept in UTC.

use contract::catalogue::{Answer, Question};
use leptos::prelude::*;
use ui::{
    Control, date_time,
    input::{Line, line},
    time::{local_to_utc, utc_to_local, zone_name},
};

use super::filing::Filing;

/// One moment.
pub fn moment(filing: Filing, question: Question, tied: Control) -> AnyView {
    let begins = match filing.answer(&question.id) {
        Some(Answer::Text(at)) => at,
        _ => String::new(),
    };
    let take = Callback::new(move |at| filing.set(&question, Answer::Text(at)));
    date_time::moment(tied, &begins, take)
}

/// From one moment to another.
pub fn range(filing: Filing, question: Question, tied: &Control) -> AnyView {
    let (from, to) = match filing.answer(&question.id) {
        Some(Answer::Range { from, to }) => (from, to),
        _ => Default::default(),
    };
    let ends = StoredValue::new((from.clone(), to.clone()));
    let question = StoredValue::new(question);
    let take = move |change: fn(&mut (String, String), String), at: String| {
        ends.update_value(|ends| change(ends, at));
        let (from, to) = ends.get_value();
        question.with_value(|question| filing.set(question, Answer::Range { from, to }));
    };
    let (from_id, to_id) = (format!("{}-from", tied.id), format!("{}-to", tied.id));
    view! {
        <div class="range">
            <label>
                {texts::assistant::from()}
                {end(from_id, &from, tied, move |at| take(|ends, at| ends.0 = at, at))}
            </label>
            <label>
                {texts::assistant::to()}
                {end(to_id, &to, tied, move |at| take(|ends, at| ends.1 = at, at))}
            </label>
        </div>
        <p class="field-help">{texts::ui::zone_hint(zone_name())}</p>
    }
    .into_any()
}

/// One end of a range. Unlike `date_time::moment` it does not name the zone: both ends
/// share one line that does, and it must not become part of their labels.
fn end(id: String, begins: &str, tied: &Control, take: impl Fn(String) + Send + Sync + 'static) -> AnyView {
    let begins = utc_to_local(begins).unwrap_or_default();
    let kind = Line { mode: "text", ..Line::of("datetime-local") };
    let take = Callback::new(move |typed: String| take(local_to_utc(&typed).unwrap_or_default()));
    line(Control { id, ..tied.clone() }, kind, Signal::stored(begins), take)
}
