//! Mistakes of TOML.

use std::collections::BTreeSet;

use contract::catalogue::{Mistake, Place};
use toml::de::Error;

use super::{Found, line_at};

/// What is wrong with the syntax, and how far the rest can be believed.
pub(super) struct Syntax<'a> {
    lines: Vec<&'a str>,
    broken: BTreeSet<usize>,
    pub(super) mistakes: Vec<Found>,
    /// Whether a table's head, a key or a bracket's end is lost: what follows would be
    /// taken for something it is not.
    pub(super) hides_the_rest: bool,
}

impl<'a> Syntax<'a> {
    /// One mistake a line: the others on it follow from it.
    pub(super) fn of(text: &'a str, errors: &[Error]) -> Self {
        let mut errors: Vec<_> =
            errors.iter().map(|error| (error.span().unwrap_or_default(), error)).collect();
        errors.sort_by_key(|(span, _)| span.start);
        let mut syntax = Self {
            lines: text.lines().collect(),
            broken: BTreeSet::new(),
            mistakes: vec![],
            hides_the_rest: false,
        };
        for (span, error) in &errors {
            let line = line_at(text, span.start);
            if syntax.broken.insert(line) {
                let (message, hint) = words(text.get(span.clone()).unwrap_or_default(), error.message());
                syntax.mistakes.push(Found { line, mistake: Mistake { place: Place::top(), message, hint } });
            }
        }
        let head = syntax.broken.iter().copied().find(|line| syntax.line(*line).starts_with('['));
        let says = |start: &str| errors.iter().any(|(_, error)| error.message().starts_with(start));
        if says("unclosed array,") || says("unclosed inline table,") {
            let lost = errors.iter().find(|(_, error)| is_lost_in_brackets(error.message()));
            let lost = lost.map(|(span, _)| line_at(text, span.start));
            syntax.end_at_bracket(lost.into_iter().chain(head).min().unwrap_or(usize::MAX));
        }
        syntax.hides_the_rest |= head.is_some() || says("key with no value");
        syntax
    }

    /// Everything after an open bracket is read as if it stood inside.
    fn end_at_bracket(&mut self, line: usize) {
        self.mistakes.retain(|found| found.line <= line);
        if let Some(Found { mistake, .. }) = self.mistakes.last_mut() {
            "a bracket that is opened is not closed".clone_into(&mut mistake.message);
            "close each [ with ] and each { with }".clone_into(&mut mistake.hint);
        }
        self.hides_the_rest = true;
    }

    /// Whether the line cannot be read: what is found there follows from that.
    pub(super) fn is_broken(&self, line: usize) -> bool {
        self.broken.contains(&line)
    }

    /// Whether a key of the table that begins on a line is there, but cannot be read.
    pub(super) fn has_lost(&self, table: usize, key: &str) -> bool {
        let own =
            (table + 1..).take_while(|line| *line <= self.lines.len() && !self.line(*line).starts_with('['));
        own.chain([table]).any(|line| self.is_broken(line) && self.line(line).starts_with(key))
    }

    fn line(&self, line: usize) -> &'a str {
        self.lines.get(line - 1).copied().unwrap_or_default().trim_start()
    }
}

/// Whether the parser takes what it finds for a part of a list or of a table in braces.
fn is_lost_in_brackets(message: &str) -> bool {
    ["missing comma", "unexpected", "missing key for inline table", "extra", "unclosed"]
        .iter()
        .any(|start| message.starts_with(start))
}

/// The parser's message in our words, and what to do.
fn words(at: &str, message: &str) -> (String, String) {
    let bare = !at.is_empty() && at.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    let is_value = ["string values must be quoted", "invalid boolean", "invalid float", "invalid integer"]
        .iter()
        .any(|start| message.starts_with(start));
    if is_value && bare {
        let hint = format!("write \"{at}\", or true, false or a number without quotes");
        return (format!("“{at}” is not in quotes"), hint);
    }
    if is_value && at.is_empty() {
        return ("there is nothing after the =".to_owned(), "write a value, a text in quotes".to_owned());
    }
    let hint = match message {
        _ if message.starts_with("unclosed") => "close the bracket",
        _ if message.starts_with("missing comma") => {
            "put a comma between entries, and close each bracket that was opened"
        }
        _ if message.starts_with("duplicate key") => "take one of the two away",
        _ if message.starts_with("key with no value") => "write key = \"value\"",
        _ if message.contains("string") => "write the text in \"quotes\", on one line",
        _ => "correct it as TOML wants it: https://toml.io/en/",
    };
    (message.to_owned(), hint.to_owned())
}
