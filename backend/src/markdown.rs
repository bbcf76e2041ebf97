//! Markdown to the tree of `contract::markdown`.

use contract::markdown::{Block, DEPTH_MAX, Inline, safe_href};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// Parses a text. Anything can be parsed; what has no place in the tree is text.
#[must_use]
pub fn parse(source: &str) -> Vec<Block> {
    let mut builder = Builder::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(source, options) {
        builder.take(event);
    }
    builder.finish()
}

/// An open node, waiting for its children.
enum Open {
    Paragraph,
    Heading(u8),
    Quote,
    List(Option<u64>),
    Item,
    Code { language: Option<String>, text: String },
    HtmlText(String),
    Table { head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>> },
    Row(Vec<Vec<Inline>>),
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Link(String),
}

/// The children gathered so far for one open node.
#[derive(Default)]
struct Children {
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    items: Vec<Vec<Block>>,
}

struct Builder {
    stack: Vec<(Option<Open>, Children)>,
    /// For each open node that can nest, whether it lies too deep and is left out.
    skipped: Vec<bool>,
}

impl Builder {
    fn new() -> Self {
        Self { stack: vec![(None, Children::default())], skipped: Vec::new() }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.push_inline(Inline::Code { text: code.into_string() }),
            Event::Html(html) | Event::InlineHtml(html) => self.text(&html),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.push_inline(Inline::Break),
            Event::Rule => self.push_block(Block::Rule),
            Event::TaskListMarker(_)
            | Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let open = match tag {
            Tag::Paragraph => Open::Paragraph,
            Tag::Heading { level, .. } => Open::Heading(level as u8),
            Tag::BlockQuote(_) => return self.start_nested(Open::Quote),
            Tag::List(start) => return self.start_nested(Open::List(start)),
            Tag::Item => return self.start_nested(Open::Item),
            Tag::CodeBlock(kind) => Open::Code { language: language(&kind), text: String::new() },
            Tag::HtmlBlock => Open::HtmlText(String::new()),
            Tag::Table(_) => Open::Table { head: Vec::new(), rows: Vec::new() },
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => Open::Cell,
            Tag::Emphasis => return self.start_styled(Open::Emphasis),
            Tag::Strong => return self.start_styled(Open::Strong),
            Tag::Strikethrough => return self.start_styled(Open::Strikethrough),
            // The parser leaves it to others that `<name@host>` leads to a mailbox.
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Open::Link(format!("mailto:{dest_url}"))
            }
            // A picture from elsewhere would tell its host who reads the case.
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => Open::Link(dest_url.into_string()),
            _ => Open::Paragraph,
        };
        self.stack.push((Some(open), Children::default()));
    }

    /// Opens a quote, list or item unless it lies too deep; then its content
    /// stays with what it lies in.
    fn start_nested(&mut self, open: Open) {
        let nested = |open: &Option<Open>| matches!(open, Some(Open::Quote | Open::List(_) | Open::Item));
        let depth = self.stack.iter().filter(|(open, _)| nested(open)).count();
        // An item of a list that is left out has no list to stand in.
        let orphan =
            matches!(open, Open::Item) && !matches!(self.stack.last(), Some((Some(Open::List(_)), _)));
        let skip = orphan || (depth + 1 >= DEPTH_MAX && !matches!(open, Open::Item));
        self.skipped.push(skip);
        if !skip {
            self.stack.push((Some(open), Children::default()));
        }
    }

    /// Opens emphasis and the like unless it lies too deep.
    fn start_styled(&mut self, open: Open) {
        let styled =
            |open: &Option<Open>| matches!(open, Some(Open::Emphasis | Open::Strong | Open::Strikethrough));
        let skip = self.stack.iter().filter(|(open, _)| styled(open)).count() >= DEPTH_MAX;
        self.skipped.push(skip);
        if !skip {
            self.stack.push((Some(open), Children::default()));
        }
    }

    fn end(&mut self, end: TagEnd) {
        let nested = matches!(end, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item);
        let styled = matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough);
        if (nested || styled) && self.skipped.pop().unwrap_or_default() {
            if nested {
                self.close_loose_text();
            }
            return;
        }
        let Some((Some(open), children)) = self.stack.pop() else { return };
        match open {
            Open::Paragraph => self.push_block(Block::Paragraph { children: children.inlines }),
            Open::Heading(level) => self.push_block(Block::Heading { level, children: children.inlines }),
            Open::Quote => self.push_block(Block::Quote { children: loose(children) }),
            Open::List(start) => self.push_block(Block::List { start, items: children.items }),
            Open::Item => self.top().items.push(loose(children)),
            Open::Code { language, text } => self.push_block(Block::Code { language, text }),
            Open::HtmlText(text) => {
                self.push_block(Block::Paragraph { children: vec![Inline::Text { text }] });
            }
            Open::Table { head, rows } => self.push_block(Block::Table { head, rows }),
            Open::Row(cells) => self.close_row(cells, matches!(end, TagEnd::TableHead)),
            Open::Cell => self.close_cell(children.inlines),
            Open::Emphasis => self.push_inline(Inline::Emphasis { children: children.inlines }),
            Open::Strong => self.push_inline(Inline::Strong { children: children.inlines }),
            Open::Strikethrough => self.push_inline(Inline::Strikethrough { children: children.inlines }),
            Open::Link(href) => self.close_link(href, children.inlines),
        }
    }

    fn close_row(&mut self, cells: Vec<Vec<Inline>>, is_head: bool) {
        if let Some((Some(Open::Table { head, rows }), _)) = self.stack.last_mut() {
            if is_head {
                *head = cells;
            } else {
                rows.push(cells);
            }
        }
    }

    fn close_cell(&mut self, inlines: Vec<Inline>) {
        if let Some((Some(Open::Row(cells)), _)) = self.stack.last_mut() {
            cells.push(inlines);
        }
    }

    /// A link; where its address is not safe or there is nothing to click on, text.
    fn close_link(&mut self, href: String, mut children: Vec<Inline>) {
        if children.is_empty() {
            children.push(Inline::Text { text: href.clone() });
        }
        // No link within a link (an image in a link): the outer one stands.
        let within = self.stack.iter().any(|(open, _)| matches!(open, Some(Open::Link(_))));
        if safe_href(&href) && !within {
            self.push_inline(Inline::Link { href, children });
        } else {
            children.into_iter().for_each(|child| self.push_inline(child));
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((Some(Open::Code { text: open, .. } | Open::HtmlText(open)), _)) = self.stack.last_mut() {
            open.push_str(text);
            return;
        }
        if let Some(Inline::Text { text: last }) = self.top().inlines.last_mut() {
            last.push_str(text);
        } else {
            self.push_inline(Inline::Text { text: text.to_owned() });
        }
    }

    fn push_inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    fn push_block(&mut self, block: Block) {
        self.close_loose_text();
        self.top().blocks.push(block);
    }

    /// Text that stands in a block directly (tight list items) becomes a paragraph.
    fn close_loose_text(&mut self) {
        let top = self.top();
        if !top.inlines.is_empty() {
            let children = std::mem::take(&mut top.inlines);
            top.blocks.push(Block::Paragraph { children });
        }
    }

    fn top(&mut self) -> &mut Children {
        if self.stack.is_empty() {
            self.stack.push((None, Children::default()));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last].1
    }

    fn finish(mut self) -> Vec<Block> {
        self.close_loose_text();
        std::mem::take(&mut self.top().blocks)
    }
}

fn loose(children: Children) -> Vec<Block> {
    let mut blocks = children.blocks;
    if !children.inlines.is_empty() {
        blocks.push(Block::Paragraph { children: children.inlines });
    }
    blocks
}

fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    info.split_whitespace().next().map(|word| word.chars().take(30).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text { text: text.to_owned() }
    }

    fn depth(blocks: &[Block]) -> usize {
        let below = |block: &Block| match block {
            Block::Quote { children } => 1 + depth(children),
            Block::List { items, .. } => 1 + items.iter().map(|item| depth(item)).max().unwrap_or_default(),
            _ => 1,
        };
        blocks.iter().map(below).max().unwrap_or_default()
    }

    #[test]
    fn html_is_text() {
        let blocks = parse("<script>alert(1)</script>\n\nHello <b onclick=x>you</b>");
        assert_eq!(blocks[0], Block::Paragraph { children: vec![text("<script>alert(1)</script>\n")] });
        assert_eq!(blocks[1], Block::Paragraph { children: vec![text("Hello <b onclick=x>you</b>")] });
    }

    #[test]
    fn unsafe_links_are_text_and_images_are_links() {
        assert_eq!(parse("[a](javascript:alert(1))"), vec![Block::Paragraph { children: vec![text("a")] }]);
        assert_eq!(
            parse("![](data:image/png;base64,AA)"),
            vec![Block::Paragraph { children: vec![text("data:image/png;base64,AA")] }]
        );
        let link = Inline::Link { href: "https://x.example/p.png".to_owned(), children: vec![text("pic")] };
        assert_eq!(parse("![pic](https://x.example/p.png)"), vec![Block::Paragraph { children: vec![link] }]);
    }

    #[test]
    fn an_address_in_angle_brackets_leads_to_the_mailbox() {
        let link =
            Inline::Link { href: "mailto:a@b.example".to_owned(), children: vec![text("a@b.example")] };
        assert_eq!(parse("<a@b.example>"), vec![Block::Paragraph { children: vec![link] }]);
    }

    #[test]
    fn lists_tables_and_code() {
        let blocks = parse("3. a\n   - b\n4. c\n\n|x|y|\n|-|-|\n|1|2|\n\n```sql stuff\nselect 1;\n```\n");
        assert!(
            matches!(&blocks[0], Block::List { start: Some(3), items } if items.len() == 2 && items[0].len() == 2)
        );
        assert!(matches!(&blocks[1], Block::Table { head, rows } if head.len() == 2 && rows.len() == 1));
        assert_eq!(
            blocks[2],
            Block::Code { language: Some("sql".to_owned()), text: "select 1;\n".to_owned() }
        );
    }

    #[test]
    fn nesting_is_bounded_and_loses_no_text() {
        for opener in ["> ", "- ", "1. "] {
            let blocks = parse(&(opener.repeat(2_000) + "deep"));
            assert!(depth(&blocks) <= DEPTH_MAX, "{opener} nests {}", depth(&blocks));
            assert!(format!("{blocks:?}").contains("deep"));
        }
        let stars = "*".repeat(5_000) + "a" + &"*".repeat(5_000);
        assert!(serde_json::to_string(&parse(&stars)).is_ok());
    }
}
