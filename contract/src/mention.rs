//! Who is spoken to in a text: `@` with the full name of a person on the case.

use crate::{
    markdown::{Block, Inline},
    people::PersonRef,
};

/// What begins a mention.
const SIGN: char = '@';

/// Makes the mentions in a text nodes of its tree. The longest name that fits counts,
/// letter by letter, if no letter or digit stands right before the sign or right after
/// the name, so that an address is no mention. Code and links stay as they are.
#[must_use]
pub fn resolve(blocks: Vec<Block>, people: &[PersonRef]) -> Vec<Block> {
    if people.is_empty() {
        return blocks;
    }
    blocks.into_iter().map(|block| in_block(block, people)).collect()
}

fn in_block(block: Block, people: &[PersonRef]) -> Block {
    match block {
        Block::Paragraph { children } => Block::Paragraph { children: in_inlines(children, people) },
        Block::Heading { level, children } => {
            Block::Heading { level, children: in_inlines(children, people) }
        }
        Block::Quote { children } => Block::Quote { children: resolve(children, people) },
        Block::List { start, items } => {
            Block::List { start, items: items.into_iter().map(|item| resolve(item, people)).collect() }
        }
        Block::Table { head, rows } => {
            let in_row =
                |row: Vec<Vec<Inline>>| row.into_iter().map(|cell| in_inlines(cell, people)).collect();
            Block::Table { head: in_row(head), rows: rows.into_iter().map(in_row).collect() }
        }
        Block::Code { .. } | Block::Rule => block,
    }
}

fn in_inlines(inlines: Vec<Inline>, people: &[PersonRef]) -> Vec<Inline> {
    let mut resolved = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text { text } => in_text(&text, people, &mut resolved),
            Inline::Emphasis { children } => {
                resolved.push(Inline::Emphasis { children: in_inlines(children, people) });
            }
            Inline::Strong { children } => {
                resolved.push(Inline::Strong { children: in_inlines(children, people) });
            }
            Inline::Strikethrough { children } => {
                resolved.push(Inline::Strikethrough { children: in_inlines(children, people) });
            }
            other => resolved.push(other),
        }
    }
    resolved
}

fn in_text(text: &str, people: &[PersonRef], resolved: &mut Vec<Inline>) {
    let mut rest = text;
    while let Some((at, person)) = first(rest, people) {
        if at > 0 {
            resolved.push(Inline::Text { text: rest[..at].to_owned() });
        }
        resolved.push(Inline::Mention { person: person.clone() });
        rest = &rest[at + SIGN.len_utf8() + person.name.len()..];
    }
    if !rest.is_empty() {
        resolved.push(Inline::Text { text: rest.to_owned() });
    }
}

/// The first mention in a text: where its sign stands, and who is meant.
fn first<'a>(text: &str, people: &'a [PersonRef]) -> Option<(usize, &'a PersonRef)> {
    let signs = text.match_indices(SIGN).map(|(at, _)| at);
    signs.filter(|at| !text[..*at].ends_with(char::is_alphanumeric)).find_map(|at| {
        let after = &text[at + SIGN.len_utf8()..];
        let meant = |person: &&PersonRef| {
            let rest = after.strip_prefix(person.name.as_str());
            !person.name.is_empty() && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        // Of two people of one name the first is meant.
        let found = people.iter().rev().filter(meant).max_by_key(|person| person.name.len())?;
        Some((at, found))
    })
}
