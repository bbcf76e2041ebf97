//! Speaking to people, and of what they said.

use contract::people::PersonRef;

use super::change::Change;

/// Longest part of a name that is looked for, in characters.
const NAME_MAX: usize = 60;

/// Where the name of somebody begins that is being typed at the caret: the place of its
/// `@`. Not in an address, and not in code.
#[must_use]
pub fn mention_at(text: &str, caret: usize) -> Option<usize> {
    let line = text[..caret].rfind('\n').map_or(0, |at| at + 1);
    let at = line + text[line..caret].rfind('@')?;
    let typed = &text[at + 1..caret];
    let fits = !typed.starts_with(char::is_whitespace)
        && typed.chars().count() <= NAME_MAX
        && !text[line..at].ends_with(char::is_alphanumeric)
        && text[line..at].matches('`').count().is_multiple_of(2);
    fits.then_some(at)
}

/// The people whose name, or a word of it, begins as typed. Whoever is written out
/// already is not offered any more.
#[must_use]
pub fn named(people: &[PersonRef], typed: &str) -> Vec<PersonRef> {
    let typed = typed.to_lowercase();
    let begins = |name: &str| {
        let words = name.match_indices(char::is_whitespace).map(|(at, _)| name[at..].trim_start());
        [name].into_iter().chain(words).any(|words| words.starts_with(&typed))
    };
    let fits = |person: &&PersonRef| {
        let name = person.name.to_lowercase();
        name != typed && begins(&name)
    };
    people.iter().filter(fits).cloned().collect()
}

/// Writes a name out in place of what was typed of it, from its `@` to the caret.
#[must_use]
pub fn mention(text: &str, at: usize, caret: usize, name: &str) -> Change {
    let blank = if text[caret..].starts_with(' ') { "" } else { " " };
    Change::typed(at..caret, format!("@{name}{blank}"))
}

/// Begins to speak to somebody at the caret.
#[must_use]
pub fn begin_mention(text: &str, caret: usize) -> Change {
    let before = &text[..caret];
    let blank = if before.ends_with(|c: char| !c.is_whitespace()) { " " } else { "" };
    Change::typed(caret..caret, format!("{blank}@"))
}

/// What somebody wrote as a quotation, with words that say who, and room for an answer.
#[must_use]
pub fn quotation(who: &str, said: &str) -> String {
    let lines: Vec<String> =
        said.trim().lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    format!("{who}\n\n{}\n\n", lines.join("\n"))
}

/// Puts words at the end of a text, a line apart from what is there.
#[must_use]
pub fn append(text: &str, words: &str) -> Change {
    let kept = text.trim_end();
    let gap = if kept.is_empty() { "" } else { "\n\n" };
    Change::typed(kept.len()..text.len(), format!("{gap}{words}"))
}
