//! `@Name` becomes a person, and nothing else changes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use contract::{
    markdown::{Block, Inline},
    mention::resolve,
    people::PersonRef,
};
use proptest::prelude::*;
use uuid::Uuid;

fn person(id: u128, name: &str) -> PersonRef {
    PersonRef { id: Uuid::from_u128(id), name: name.to_owned(), support: false }
}

fn everyone() -> Vec<PersonRef> {
    vec![
        person(1, "Jana Vogel"),
        person(2, "Jana Vogel-Braun"),
        person(3, "Jana"),
        person(4, "Zoë Ångström"),
        person(5, "דנה לוי"),
        person(6, "Jana"),
    ]
}

fn paragraph(text: &str) -> Vec<Block> {
    vec![Block::Paragraph { children: vec![Inline::Text { text: text.to_owned() }] }]
}

/// Who is mentioned in a text, by id.
fn mentioned(text: &str) -> Vec<u128> {
    let [Block::Paragraph { children }] = &resolve(paragraph(text), &everyone())[..] else {
        panic!("{text}")
    };
    let ids = children.iter().filter_map(|inline| match inline {
        Inline::Mention { person } => Some(person.id.as_u128()),
        _ => None,
    });
    ids.collect()
}

#[test]
fn full_names_of_people_on_the_case_are_mentions() {
    for (text, ids) in [
        ("@Jana Vogel", vec![1]),
        ("Hello @Jana Vogel, and thanks", vec![1]),
        ("(@Jana Vogel)", vec![1]),
        ("@Jana Vogel-Braun", vec![2]),
        ("@Jana Vogel-Brauner", vec![1]),
        ("@Jana Vogels", vec![3]),
        ("@Jana", vec![3]),
        ("@Janas idea", vec![]),
        ("@jana vogel", vec![]),
        ("@ Jana Vogel", vec![]),
        ("mail@Jana Vogel", vec![]),
        ("@@Jana Vogel", vec![1]),
        ("@Zoë Ångström!", vec![4]),
        ("@דנה לוי, תודה", vec![5]),
        ("@Jana Vogel@Jana", vec![1, 3]),
        ("@Jana Vogel @Zoë Ångström", vec![1, 4]),
        ("Jana Vogel", vec![]),
        ("@", vec![]),
    ] {
        assert_eq!(mentioned(text), ids, "{text}");
    }
}

#[test]
fn code_and_links_mention_nobody() {
    let text = || vec![Inline::Text { text: "@Jana".to_owned() }];
    let untouched = vec![
        Block::Code { language: None, text: "@Jana".to_owned() },
        Block::Paragraph { children: vec![Inline::Code { text: "@Jana".to_owned() }] },
        Block::Paragraph {
            children: vec![Inline::Link { href: "https://x.example".to_owned(), children: text() }],
        },
    ];
    assert_eq!(resolve(untouched.clone(), &everyone()), untouched);
    let within = vec![Block::Quote {
        children: vec![Block::List {
            start: None,
            items: vec![vec![Block::Paragraph { children: vec![Inline::Strong { children: text() }] }]],
        }],
    }];
    assert!(format!("{:?}", resolve(within, &everyone())).contains("Mention"));
}

/// The words of a text, mentions as they are written.
fn words(blocks: &[Block]) -> String {
    let [Block::Paragraph { children }] = blocks else { panic!("{blocks:?}") };
    let words = children.iter().map(|inline| match inline {
        Inline::Text { text } => text.clone(),
        Inline::Mention { person } => format!("@{}", person.name),
        other => panic!("{other:?}"),
    });
    words.collect()
}

proptest! {
    #[test]
    fn no_word_is_lost(pieces in prop::collection::vec(
        prop_oneof![Just("@".to_owned()), Just("Jana".to_owned()), Just(" Vogel".to_owned()), "\\PC{0,3}"], 0..12)
    ) {
        let text = pieces.concat();
        prop_assume!(!text.is_empty());
        let resolved = resolve(paragraph(&text), &everyone());
        prop_assert_eq!(words(&resolved), text);
        // Once resolved, there is nothing left to resolve.
        prop_assert_eq!(resolve(resolved.clone(), &everyone()), resolved);
    }
}
