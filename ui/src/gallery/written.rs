//! What people write.

use contract::markdown::{Block, Inline};
use leptos::prelude::*;

use super::specimen;
use crate::markdown::Markdown;

fn text(words: &str) -> Inline {
    Inline::Text { text: words.to_owned() }
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph { children: vec![text(words)] }
}

/// A message with everything in it.
pub fn view() -> AnyView {
    specimen("Message", view! { <Markdown body=message()/> }.into_any())
}

fn message() -> Vec<Block> {
    let link = Inline::Link { href: "https://example.com/".to_owned(), children: vec![text("the manual")] };
    let strong = Inline::Strong { children: vec![text("before the release")] };
    let code = Inline::Code { text: "cache:empty-all".to_owned() };
    vec![
        Block::Heading { level: 1, children: vec![text("After the upgrade")] },
        Block::Paragraph {
            children: vec![text("Run "), code, text(" "), strong, text(", as in "), link, text(".")],
        },
        Block::List { start: None, items: vec![vec![paragraph("A point")], vec![paragraph("Another")]] },
        Block::List {
            start: Some(3),
            items: vec![vec![paragraph("The third")], vec![paragraph("The fourth")]],
        },
        Block::Quote { children: vec![paragraph("It worked yesterday.")] },
        Block::Code { language: Some("sh".to_owned()), text: "console cache:empty-all --force".to_owned() },
        Block::Code { language: None, text: "2026-03-01 09:30:00 ERROR no route to host".to_owned() },
        Block::Table {
            head: vec![vec![text("Release")], vec![text("Works")]],
            rows: vec![vec![vec![text("3.1")], vec![text("yes")]], vec![vec![text("3.2")], vec![text("no")]]],
        },
        Block::Rule,
        paragraph("שלום, זה נקרא מימין לשמאל."),
    ]
}
