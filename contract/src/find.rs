//! Finding a text in a text, as people expect of "find": wherever it stands, in upper
//! or lower case, whatever the white space between its words.

use std::ops::Range;

use crate::markdown::{Block, Inline, write_plain};

/// A character as texts are compared, and where in the text it comes from.
type Folded = (char, Range<usize>);

/// A text as it is compared: in lower case, each run of white space one blank. The
/// ranges are bytes of the text.
fn folded(text: &str) -> Vec<Folded> {
    let mut all: Vec<Folded> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        match all.last_mut() {
            Some((' ', before)) if c.is_whitespace() => before.end = range.end,
            _ if c.is_whitespace() => all.push((' ', range)),
            _ => all.extend(c.to_lowercase().map(|lower| (lower, range.clone()))),
        }
    }
    all
}

/// A text to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle(Vec<char>);

impl Needle {
    /// What somebody typed; white space around it does not count.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(folded(typed.trim()).into_iter().map(|(c, _)| c).collect())
    }

    /// Whether there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where it stands in a text, in bytes; places do not overlap.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let (text, mut at, mut found) = (folded(text), 0, Vec::new());
        while let Some(window) = text.get(at..at + self.0.len()).filter(|window| !window.is_empty()) {
            if window.iter().map(|(c, _)| c).eq(&self.0) {
                let ends = window.first().zip(window.last());
                found.extend(ends.map(|((_, first), (_, last))| first.start..last.end));
                at += self.0.len();
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether it stands in a formatted text. It may go over styles, not over blocks.
    #[must_use]
    pub fn is_in(&self, body: &[Block]) -> bool {
        body.iter().any(|block| self.is_in_block(block))
    }

    fn is_in_block(&self, block: &Block) -> bool {
        match block {
            Block::Paragraph { children } | Block::Heading { children, .. } => self.is_in_line(children),
            Block::Code { text, .. } => !self.places(text).is_empty(),
            Block::Quote { children } => self.is_in(children),
            Block::List { items, .. } => items.iter().any(|item| self.is_in(item)),
            Block::Table { head, rows } => {
                head.iter().chain(rows.iter().flatten()).any(|cell| self.is_in_line(cell))
            }
            Block::Rule => false,
        }
    }

    fn is_in_line(&self, line: &[Inline]) -> bool {
        let mut text = String::new();
        write_plain(line, &mut text);
        !self.places(&text).is_empty()
    }
}
