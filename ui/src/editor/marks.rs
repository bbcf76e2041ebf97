//! Marks around what is selected: emphasis, code, links.

use contract::markdown::safe_href;

use super::change::{Change, Passage};

/// Makes the selection strong, or plain again.
#[must_use]
pub fn bold(passage: Passage<'_>) -> Change {
    wrapped(passage.trimmed(), "**")
}

/// Makes the selection emphasised, or plain again. Within a word only an asterisk is a mark.
#[must_use]
pub fn italic(passage: Passage<'_>) -> Change {
    let passage = passage.trimmed();
    let (before, after) = (&passage.text[..passage.from], &passage.text[passage.to..]);
    let in_word = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
    wrapped(passage, if in_word || has_around(passage, "*") { "*" } else { "_" })
}

/// Makes the selection code: within a line, or a block of whole lines.
#[must_use]
pub fn code(passage: Passage<'_>) -> Change {
    if passage.selected().contains('\n') {
        return code_block(passage);
    }
    let passage = passage.trimmed();
    if has_around(passage, "`") {
        return wrapped(passage, "`");
    }
    let selected = passage.selected();
    let mark = "`".repeat(longest_run(selected) + 1);
    // A blank keeps code that begins or ends with a mark apart from its own.
    let blank = if selected.starts_with('`') || selected.ends_with('`') { " " } else { "" };
    let (open, close) = (format!("{mark}{blank}"), format!("{blank}{mark}"));
    let select = open.len()..open.len() + selected.len();
    Change::new(passage.from..passage.to, format!("{open}{selected}{close}"), select)
}

/// Makes the lines selected a block of code.
#[must_use]
pub fn code_block(passage: Passage<'_>) -> Change {
    let lines = passage.lines();
    let code = &passage.text[lines.clone()];
    let fence = "`".repeat((longest_run(code) + 1).max(3));
    let start = fence.len() + 1;
    let select = start..start + code.len();
    Change::new(lines, format!("{fence}\n{code}\n{fence}"), select)
}

/// Makes the selection a link: of an address its text is still to be written, of
/// anything else its address.
#[must_use]
pub fn link(passage: Passage<'_>) -> Change {
    let passage = passage.trimmed();
    let (replace, selected) = (passage.from..passage.to, passage.selected());
    if selected.is_empty() {
        Change::new(replace, "[]()", 1..1)
    } else if safe_href(selected) {
        Change::new(replace, format!("[]({})", destination(selected)), 1..1)
    } else {
        let caret = selected.len() + 3;
        Change::new(replace, format!("[{selected}]()"), caret..caret)
    }
}

/// What pasting an address over a selection does: the selection becomes its link. `None`
/// where it is pasted like any other text.
#[must_use]
pub fn paste_link(passage: Passage<'_>, pasted: &str) -> Option<Change> {
    let (address, text) = (pasted.trim(), passage.trimmed());
    let selected = text.selected();
    let fits = safe_href(address) && !selected.is_empty() && !selected.contains('\n') && !safe_href(selected);
    fits.then(|| Change::typed(text.from..text.to, format!("[{selected}]({})", destination(address))))
}

/// An address as the destination of a link (CommonMark 6.3): parentheses in angle brackets.
fn destination(address: &str) -> String {
    if address.contains(['(', ')']) { format!("<{address}>") } else { address.to_owned() }
}

/// Puts a mark on both sides, or takes it away where it stands already.
fn wrapped(passage: Passage<'_>, mark: &str) -> Change {
    let (Passage { from, to, .. }, selected) = (passage, passage.selected());
    let length = mark.len();
    if has_around(passage, mark) {
        return Change::new(from - length..to + length, selected, 0..selected.len());
    }
    let inner = selected.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    if let Some(inner) = inner.filter(|inner| !inner.is_empty()) {
        return Change::new(from..to, inner, 0..inner.len());
    }
    Change::new(from..to, format!("{mark}{selected}{mark}"), length..length + selected.len())
}

/// Whether the mark stands on both sides; one asterisk is none where there are two.
fn has_around(passage: Passage<'_>, mark: &str) -> bool {
    let Some(letter) = mark.chars().next() else { return false };
    let (before, after) = (&passage.text[..passage.from], &passage.text[passage.to..]);
    let before = before.chars().rev().take_while(|c| *c == letter).count();
    let after = after.chars().take_while(|c| *c == letter).count();
    match mark {
        "*" => before % 2 == 1 && after % 2 == 1,
        "`" => before == 1 && after == 1,
        _ => before >= mark.len() && after >= mark.len(),
    }
}

/// The most backticks in a row.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}
