//! What people write.

use contract::{
    markdown::{Block, Inline},
    people::PersonRef,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::specimen;
use crate::{
    editor::{Editor, People, Preview, editor},
    field::labelled,
    markdown::{Markdown, Reader},
};

fn text(words: &str) -> Inline {
    Inline::Text { text: words.to_owned() }
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph { children: vec![text(words)] }
}

fn person(id: u128, name: &str) -> PersonRef {
    PersonRef { id: Uuid::from_u128(id), name: name.to_owned(), support: id == 2 }
}

/// A message with everything in it, and where one is written.
pub fn view() -> AnyView {
    provide_context(Reader(Uuid::from_u128(1)));
    view! {
        {specimen("Message", view! { <Markdown body=message()/> }.into_any())}
        {specimen("Editor", writing())}
    }
    .into_any()
}

/// An editor whose preview shows the message above, whatever is written.
fn writing() -> AnyView {
    let text = RwSignal::new("Run `cache:empty-all` **before the release**.".to_owned());
    let preview = Preview {
        ask: Callback::new(|_| {}),
        body: Signal::stored(Some(message())),
        pending: Signal::stored(false),
        error: Signal::stored(None),
    };
    let people = People {
        known: Signal::stored(vec![person(1, "Jana Vogel"), person(2, "Ruth Okafor")]),
        pending: Signal::stored(false),
        wanted: Callback::new(|()| {}),
    };
    let writing = Editor::of(text).previewed(preview).naming(people);
    labelled("gallery-editor", "Reply".to_owned(), None, false, Signal::stored(None), move |tied| {
        editor(tied, "4", writing)
    })
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
        Block::Paragraph {
            children: vec![
                Inline::Mention { person: person(1, "Jana Vogel") },
                text(" and "),
                Inline::Mention { person: person(2, "Ruth Okafor") },
                text(" know."),
            ],
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
