//! Formatted text as HTML. The tree holds no HTML, and only safe addresses.

use contract::markdown::{Block, Inline, safe_href};

use super::html::{element, escaped, link, wrapped};

/// Blocks, one after the other.
pub fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { children } => format!("<p dir=\"auto\">{}</p>", inlines(children)),
        // The document has headings of its own above these.
        Block::Heading { children, .. } => {
            format!("<p dir=\"auto\" class=\"heading\">{}</p>", inlines(children))
        }
        Block::Code { text, .. } => format!("<pre>{}</pre>", element("code", text)),
        Block::Quote { children } => wrapped("blockquote", &blocks(children)),
        Block::List { start, items } => {
            let items: String = items.iter().map(|item| wrapped("li", &blocks(item))).collect();
            match start {
                Some(first) => format!("<ol start=\"{first}\">{items}</ol>"),
                None => wrapped("ul", &items),
            }
        }
        Block::Table { head, rows } => table(head, rows),
        Block::Rule => "<hr>".to_owned(),
    }
}

fn table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
    let cells =
        |tag, row: &[Vec<Inline>]| row.iter().map(|cell| wrapped(tag, &inlines(cell))).collect::<String>();
    let rows: String = rows.iter().map(|row| wrapped("tr", &cells("td", row))).collect();
    wrapped(
        "table",
        &format!("{}{}", wrapped("thead", &wrapped("tr", &cells("th", head))), wrapped("tbody", &rows)),
    )
}

fn inlines(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text { text } => escaped(text),
        Inline::Code { text } => element("code", text),
        Inline::Emphasis { children } => wrapped("em", &inlines(children)),
        Inline::Strong { children } => wrapped("strong", &inlines(children)),
        Inline::Strikethrough { children } => wrapped("s", &inlines(children)),
        Inline::Link { href, children } if safe_href(href) => link(href, &inlines(children)),
        Inline::Link { children, .. } => inlines(children),
        Inline::Mention { person } => element("strong", &format!("@{}", person.name)),
        Inline::Break => "<br>".to_owned(),
    }
}
