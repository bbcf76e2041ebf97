//! Questions answered with moments: entered in the reader's zone, kept in UTC.

use contract::catalogue::{Answer, Question};
use leptos::prelude::*;
use ui::{
    Control,
    input::{Line, line},
    time::{local_to_utc, utc_to_local, zone_name},
};

use super::filing::Filing;

/// One moment.
pub fn moment(filing: Filing, question: Question, tied: &Control) -> AnyView {
    let begins = match filing.answer(&question.id) {
        Some(Answer::Text(at)) => at,
        _ => String::new(),
    };
    let take = move |at: String| filing.set(&question, Answer::Text(at));
    view! {
        {moment_line(tied.id.clone(), &begins, tied, take)}
        <p class="field-help">{texts::ui::zone_hint(zone_name())}</p>
    }
    .into_any()
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
                {moment_line(from_id, &from, tied, move |at| take(|ends, at| ends.0 = at, at))}
            </label>
            <label>
                {texts::assistant::to()}
                {moment_line(to_id, &to, tied, move |at| take(|ends, at| ends.1 = at, at))}
            </label>
        </div>
        <p class="field-help">{texts::ui::zone_hint(zone_name())}</p>
    }
    .into_any()
}

fn moment_line(
    id: String,
    begins: &str,
    tied: &Control,
    take: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    let begins = utc_to_local(begins).unwrap_or_default();
    let kind = Line { mode: "text", ..Line::of("datetime-local") };
    let take = Callback::new(move |typed: String| take(local_to_utc(&typed).unwrap_or_default()));
    line(Control { id, ..tied.clone() }, kind, Signal::stored(begins), take)
}
