//! What a key or a button changes in a text. Offsets are bytes, on the borders of
//! characters; browsers count UTF-16 units instead.

use std::ops::Range;

/// A text and what is selected in it.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Where the selection begins.
    pub from: usize,
    /// Where it ends; the same place if nothing but the caret is there.
    pub to: usize,
}

impl<'a> Passage<'a> {
    /// What is selected.
    #[must_use]
    pub fn selected(self) -> &'a str {
        &self.text[self.from..self.to]
    }

    /// The lines that the selection touches, without the last one's end.
    #[must_use]
    pub fn lines(self) -> Range<usize> {
        let from = self.text[..self.from].rfind('\n').map_or(0, |at| at + 1);
        // A selection that ends where a line begins does not mean that line.
        let last =
            if self.to > self.from && self.text[..self.to].ends_with('\n') { self.to - 1 } else { self.to };
        let to = self.text[last..].find('\n').map_or(self.text.len(), |at| last + at);
        from..to
    }

    /// The selection without the blanks around it.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let selected = self.selected();
        let from = self.from + (selected.len() - selected.trim_start().len());
        Self { from, to: from + selected.trim().len(), ..self }
    }
}

/// One place where a text changes, and what is selected then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced.
    pub replace: Range<usize>,
    /// What comes in its place.
    pub insert: String,
    /// The selection in the text as it is then.
    pub select: Range<usize>,
}

impl Change {
    /// Replaces a part and selects a part of what comes in its place.
    #[must_use]
    pub fn new(replace: Range<usize>, insert: impl Into<String>, select: Range<usize>) -> Self {
        let select = replace.start + select.start..replace.start + select.end;
        Self { replace, insert: insert.into(), select }
    }

    /// Replaces a part; the caret stands behind what comes in its place.
    #[must_use]
    pub fn typed(replace: Range<usize>, insert: impl Into<String>) -> Self {
        let insert = insert.into();
        let end = insert.len();
        Self::new(replace, insert, end..end)
    }

    /// The text after it.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        format!("{}{}{}", &text[..self.replace.start], self.insert, &text[self.replace.end..])
    }
}

/// The place in UTF-16 units.
#[must_use]
pub fn to_units(text: &str, bytes: usize) -> u32 {
    let units = text.get(..bytes).unwrap_or(text).encode_utf16().count();
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// The place of so many UTF-16 units; within a character, where it begins.
#[must_use]
pub fn to_bytes(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, letter) in text.char_indices() {
        if left < letter.len_utf16() {
            return at;
        }
        left -= letter.len_utf16();
    }
    text.len()
}
