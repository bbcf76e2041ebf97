//! Any text becomes a tree that is safe to read.

use casement_backend::markdown::parse;
use contract::markdown::{Block, DEPTH_MAX, Inline, safe_href};
use proptest::prelude::*;

/// What a tree must keep to, whatever it was made of.
fn check(source: &str) {
    let blocks = parse(source);
    check_blocks(&blocks, 1);
    // Stored as JSON and read again, it is the same.
    let text = serde_json::to_string(&blocks).expect("it can be written");
    let again: Vec<Block> = serde_json::from_str(&text).expect("it can be read");
    assert_eq!(again, blocks);
}

fn check_blocks(blocks: &[Block], depth: usize) {
    assert!(blocks.is_empty() || depth <= DEPTH_MAX, "blocks nest {depth} deep");
    for block in blocks {
        match block {
            Block::Paragraph { children } => check_inlines(children, 1, false),
            Block::Heading { level, children } => {
                assert!((1..=6).contains(level));
                check_inlines(children, 1, false);
            }
            Block::Quote { children } => check_blocks(children, depth + 1),
            Block::List { items, .. } => items.iter().for_each(|item| check_blocks(item, depth + 1)),
            Block::Table { head, rows } => {
                for row in rows.iter().chain([head]) {
                    assert_eq!(row.len(), head.len(), "every row has as many cells as the head");
                    row.iter().for_each(|cell| check_inlines(cell, 1, false));
                }
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn check_inlines(inlines: &[Inline], depth: usize, within_link: bool) {
    assert!(inlines.is_empty() || depth <= DEPTH_MAX + 1, "inlines nest {depth} deep");
    for inline in inlines {
        match inline {
            Inline::Emphasis { children }
            | Inline::Strong { children }
            | Inline::Strikethrough { children } => {
                check_inlines(children, depth + 1, within_link);
            }
            Inline::Link { href, children } => {
                assert!(safe_href(href), "{href:?} is no safe address");
                assert!(!within_link, "a link within a link");
                check_inlines(children, depth + 1, true);
            }
            Inline::Text { .. } | Inline::Code { .. } | Inline::Mention { .. } | Inline::Break => {}
        }
    }
}

/// Texts made of what Markdown is made of.
fn marked() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("*"),
        Just("**"),
        Just("_"),
        Just("~~"),
        Just("`"),
        Just("```\n"),
        Just("> "),
        Just("- "),
        Just("1. "),
        Just("# "),
        Just("\n"),
        Just("\n\n"),
        Just("    "),
        Just("\t"),
        Just("["),
        Just("]("),
        Just("![x"),
        Just(")"),
        Just("|"),
        Just("|-|-|\n"),
        Just("<b>"),
        Just("<!--"),
        Just("<https://x.example>"),
        Just("javascript:x"),
        Just("https://x.example"),
        Just("data:x"),
        Just("[x]: "),
        Just("\\"),
        Just("&lt;"),
        Just("&#0;"),
        Just("a"),
        Just("שלום"),
        Just("👍"),
        Just("\0"),
        Just("\r"),
        Just("---\n"),
        Just("- [ ] "),
        Just("[^1]"),
        Just("$$"),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_a_tree(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_markdown_becomes_a_tree(text in marked()) {
        check(&text);
    }
}

#[test]
fn depth_is_bounded_however_it_is_made() {
    for opener in
        ["> ", "- ", "1. ", "> - ", "- 1. > ", "*a **b ", "~~*", "[", "![", "[*", "_**", "> *a **b ~~"]
    {
        for count in [1, 10, 11, 12, 13, 14, 100, 5_000] {
            let closer: String = opener.chars().rev().filter(|c| "*~_".contains(*c)).collect();
            check(&format!("{}deep{}", opener.repeat(count), closer.repeat(count)));
            check(&format!("{}deep{}", opener.repeat(count), "](https://x.example)".repeat(count.min(200))));
        }
    }
}

#[test]
fn addresses_that_run_code_are_text() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x0A;script:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "/api/v1/session",
        "https:x y",
        "\\\\evil.example",
        "blob:https://x.example/1",
    ] {
        for text in [
            format!("[x](<{address}>)"),
            format!("[x]({address})"),
            format!("![x](<{address}>)"),
            format!("<{address}>"),
            format!("[x]\n\n[x]: <{address}>"),
            format!("<a href=\"{address}\">x</a>"),
        ] {
            check(&text);
            let shown = format!("{:?}", parse(&text));
            assert!(!shown.contains("Link"), "{text} became {shown}");
        }
    }
    assert!(format!("{:?}", parse("<https://x.example>")).contains("Link"));
    assert!(format!("{:?}", parse("[x](mailto:a@b.example)")).contains("Link"));
}
