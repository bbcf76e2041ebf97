//! Formatted text as a tree.
//!
//! The backend parses Markdown into this tree; `ui` turns it into elements. No
//! HTML string exists anywhere, so there is nothing to sanitise: raw HTML is
//! text, an image is a link, and only [`safe_href`] addresses become links. A node
//! is written as its kind with its content: `{"paragraph": {"children": [...]}}`.

use serde::{Deserialize, Serialize};

use crate::people::PersonRef;

/// Deepest nesting of blocks, and of styles within a block; what lies deeper is
/// lifted to this depth, so that no reader of the tree can be made to recurse
/// without bound.
pub const DEPTH_MAX: usize = 12;

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        children: Vec<Inline>,
    },
    /// A heading within a message.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        children: Vec<Inline>,
    },
    /// A code block.
    Code {
        /// The language named behind the fence, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// The code, verbatim.
        text: String,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        children: Vec<Block>,
    },
    /// A list.
    List {
        /// The first number of an ordered list; absent for bullets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u64>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A table; every row has as many cells as the head.
    Table {
        /// The header cells.
        head: Vec<Vec<Inline>>,
        /// The rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A thematic break.
    Rule,
}

/// A run of text within a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// Code.
    Code {
        /// The code, verbatim.
        text: String,
    },
    /// Emphasised text.
    Emphasis {
        /// The text.
        children: Vec<Inline>,
    },
    /// Important text.
    Strong {
        /// The text.
        children: Vec<Inline>,
    },
    /// Text struck through.
    Strikethrough {
        /// The text.
        children: Vec<Inline>,
    },
    /// A link; its address is a [`safe_href`].
    Link {
        /// The address.
        href: String,
        /// The text.
        children: Vec<Inline>,
    },
    /// A person on the case who is spoken to, written `@Name`.
    Mention {
        /// Who.
        person: PersonRef,
    },
    /// A line break.
    Break,
}

/// The words of a text without their form, with one blank between them.
#[must_use]
pub fn words(blocks: &[Block]) -> String {
    let mut text = String::new();
    in_blocks(blocks, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_blocks(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph { children } | Block::Heading { children, .. } => write_plain(children, text),
            Block::Code { text: code, .. } => text.push_str(code),
            Block::Quote { children } => in_blocks(children, text),
            Block::List { items, .. } => items.iter().for_each(|item| in_blocks(item, text)),
            Block::Table { head, rows } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    write_plain(cell, text);
                    text.push(' ');
                }
            }
            Block::Rule => {}
        }
        text.push(' ');
    }
}

/// The text of a line without its styles.
pub(crate) fn write_plain(line: &[Inline], text: &mut String) {
    for inline in line {
        match inline {
            Inline::Text { text: run } | Inline::Code { text: run } => text.push_str(run),
            Inline::Emphasis { children }
            | Inline::Strong { children }
            | Inline::Strikethrough { children }
            | Inline::Link { children, .. } => write_plain(children, text),
            Inline::Mention { person } => {
                text.push('@');
                text.push_str(&person.name);
            }
            Inline::Break => text.push('\n'),
        }
    }
}

/// Whether an address may become a link: `http`, `https` or `mailto`, with no
/// blanks or control characters a browser might read differently.
#[must_use]
pub fn safe_href(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| matches!(scheme.as_str(), "http" | "https" | "mailto"))
        && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}
