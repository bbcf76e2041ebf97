//! Marks at the beginning of lines: lists and quotations.

use super::change::{Change, Passage};

/// What lines can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineMark {
    /// Points of a list.
    Bullet,
    /// Numbered points of a list.
    Number,
    /// A quotation.
    Quote,
}

/// Marks the lines selected, or takes the mark away where all have it.
#[must_use]
pub fn mark_lines(passage: Passage<'_>, mark: LineMark) -> Change {
    let range = passage.lines();
    let lines: Vec<&str> = passage.text[range.clone()].split('\n').collect();
    let single = lines.len() == 1;
    let counts = |line: &&&str| single || !line.trim().is_empty();
    let all = lines.iter().filter(counts).all(|line| strip(line, mark).is_some());
    let mut number = 0;
    let changed: Vec<String> = lines
        .iter()
        .map(|line| match strip(line, mark) {
            Some(rest) if all => rest.to_owned(),
            _ if all || !counts(&line) => (*line).to_owned(),
            _ => {
                number += 1;
                marked(line, mark, number)
            }
        })
        .collect();
    let changed = changed.join("\n");
    // In a single line the caret stays at its words.
    let caret = (passage.to + changed.len()).saturating_sub(range.len()).max(range.start) - range.start;
    let select = if single && passage.from == passage.to { caret..caret } else { 0..changed.len() };
    Change::new(range, changed, select)
}

fn marked(line: &str, mark: LineMark, number: usize) -> String {
    match mark {
        LineMark::Bullet => format!("- {}", without_point(line)),
        LineMark::Number => format!("{number}. {}", without_point(line)),
        LineMark::Quote => format!("> {line}"),
    }
}

/// The line as it was before it became a point of a list.
fn without_point(line: &str) -> &str {
    strip(line, LineMark::Bullet).or_else(|| strip(line, LineMark::Number)).unwrap_or(line)
}

/// The line without a mark it has.
fn strip(line: &str, mark: LineMark) -> Option<&str> {
    match mark {
        LineMark::Bullet => ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)),
        LineMark::Number => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let has_number = (1..=9).contains(&(line.len() - rest.len()));
            rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).filter(|_| has_number)
        }
        LineMark::Quote => line.strip_prefix("> ").or_else(|| line.strip_prefix('>')),
    }
}

/// What Enter does at the caret: the next point of the list or line of the quotation, or
/// its end where the line has nothing in it. `None`: a new line like any other.
#[must_use]
pub fn enter(text: &str, caret: usize) -> Option<Change> {
    let line = Passage { text, from: caret, to: caret }.lines();
    if in_code(&text[..line.start]) {
        return None;
    }
    let lead = lead(&text[line.clone()]);
    if lead.written == 0 || caret < line.start + lead.written {
        return None;
    }
    if text[line.start + lead.written..line.end].trim().is_empty() {
        return Some(Change::typed(line, ""));
    }
    Some(Change::typed(caret..caret, format!("\n{}", lead.next)))
}

/// What stands before the words of a line.
struct Lead {
    /// How long it is.
    written: usize,
    /// What stands before the words of the next one.
    next: String,
}

fn lead(line: &str) -> Lead {
    let (mut rest, mut next, mut marks) = (line, String::new(), 0);
    loop {
        let inner = rest.trim_start_matches(' ');
        next.push_str(&rest[..rest.len() - inner.len()]);
        let bullet = strip(inner, LineMark::Bullet);
        let (after, follows) = if let Some(after) = bullet {
            (after, inner[..2].to_owned())
        } else if let Some(after) = strip(inner, LineMark::Number) {
            (after, number_after(&inner[..inner.len() - after.len()]))
        } else if let Some(after) = inner.strip_prefix("> ") {
            (after, "> ".to_owned())
        } else {
            rest = inner;
            break;
        };
        next.push_str(&follows);
        (rest, marks) = (after, marks + 1);
        // Within a point only a quotation or another point could follow; one mark is enough.
        if !follows.starts_with('>') {
            break;
        }
    }
    let written = if marks == 0 { 0 } else { line.len() - rest.len() };
    Lead { written, next }
}

/// The mark of the point after one, such as `3. ` after `2. `.
fn number_after(mark: &str) -> String {
    let digits = mark.len() - 2;
    let number = mark[..digits].parse::<u32>().map_or(1, |number| number.saturating_add(1));
    format!("{number}{}", &mark[digits..])
}

/// Whether what follows a text stands in a fenced block of code.
fn in_code(before: &str) -> bool {
    let mut open: Option<&str> = None;
    for line in before.lines().map(str::trim_start) {
        let length = line.len() - line.trim_start_matches(['`', '~']).len();
        let fence = &line[..length];
        match open {
            None if length >= 3 => open = Some(fence),
            Some(known) if fence.starts_with(known) && line.trim_end().len() == length => open = None,
            _ => {}
        }
    }
    open.is_some()
}
