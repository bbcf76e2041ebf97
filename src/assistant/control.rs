//! Questions answered in one control. A control keeps its own text once it stands,
//! so that half a date or a blank line is never taken from under the hand.

use contract::catalogue::{Answer, Kind, Question};
use leptos::prelude::*;
use ui::{
    Control, Entry, date_time,
    input::{Line, area, line},
    select,
};

use super::{colleagues::addresses_of, filing::Filing, times};

/// The control for a question.
pub fn control(filing: Filing, question: Question, tied: Control) -> AnyView {
    match question.kind {
        Kind::LongText => many_lines(filing, question, tied, "5", |text| Answer::Text(text.to_owned())),
        Kind::Emails => addresses_of(filing, question, tied),
        Kind::CidrList => many_lines(filing, question, tied, "3", lines),
        Kind::Environment => environment(filing, question, tied),
        Kind::DateTime => times::moment(filing, question, tied),
        Kind::Email => one_line(filing, question, tied, Line::of("email")),
        Kind::Url => one_line(filing, question, tied, Line::of("url")),
        Kind::Phone => one_line(filing, question, tied, Line::of("tel")),
        Kind::Number => one_line(filing, question, tied, Line { mode: "decimal", ..Line::of("text") }),
        Kind::Date => day(filing, question, tied),
        _ => one_line(filing, question, tied, Line::of("text")),
    }
}

fn lines(text: &str) -> Answer {
    Answer::List(text.split('\n').map(str::to_owned).collect())
}

/// What a control begins with.
fn written(answer: Option<Answer>) -> String {
    match answer {
        Some(Answer::Text(text)) => text,
        Some(Answer::Number(number)) => number.to_string(),
        Some(Answer::List(entries)) => entries.join("\n"),
        _ => String::new(),
    }
}

fn one_line(filing: Filing, question: Question, tied: Control, kind: Line) -> AnyView {
    let begins = written(filing.answer(&question.id));
    let take = Callback::new(move |typed| filing.set(&question, Answer::Text(typed)));
    line(tied, kind, Signal::stored(begins), take)
}

fn day(filing: Filing, question: Question, tied: Control) -> AnyView {
    let begins = written(filing.answer(&question.id));
    let take = Callback::new(move |typed| filing.set(&question, Answer::Text(typed)));
    date_time::day(tied, begins, take)
}

fn many_lines(
    filing: Filing,
    question: Question,
    tied: Control,
    rows: &'static str,
    read: fn(&str) -> Answer,
) -> AnyView {
    let begins = written(filing.answer(&question.id));
    let take = Callback::new(move |typed: String| filing.set(&question, read(&typed)));
    area(tied, rows, Signal::stored(begins), take)
}

fn environment(filing: Filing, question: Question, tied: Control) -> AnyView {
    let names = filing.membership().map(|m| m.environments).unwrap_or_default();
    let entries: Vec<_> = names.into_iter().map(|name| Entry::new(name.clone(), name)).collect();
    let chosen = written(filing.answer(&question.id));
    let take = Callback::new(move |name| filing.set(&question, Answer::Text(name)));
    select(tied, Signal::stored(entries), Some(texts::ui::choose()), Signal::stored(chosen), take)
}
