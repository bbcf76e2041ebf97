//! Reading a timeline, and finding in it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use contract::{
    find::Needle,
    limits::PAGE_MAX,
    markdown::{Block, Inline},
    reading::{Anchor, TimelineQuery, TimelineQueryError},
};
use proptest::prelude::*;

fn anchor() -> impl Strategy<Value = Anchor> {
    prop_oneof![
        Just(Anchor::First),
        Just(Anchor::Last),
        Just(Anchor::Unread),
        any::<u128>().prop_map(|id| Anchor::Entry(uuid::Uuid::from_u128(id))),
        any::<u32>().prop_map(Anchor::Skip),
        any::<i64>().prop_map(Anchor::After),
        any::<i64>().prop_map(Anchor::Before),
    ]
}

proptest! {
    #[test]
    fn a_query_leads_back_from_its_parameters(anchor in anchor(), only_messages in any::<bool>(), limit in 1..=PAGE_MAX) {
        let query = TimelineQuery { anchor, only_messages, limit };
        let parameters = query.parameters();
        let read = TimelineQuery::read(parameters.iter().map(|(name, value)| (*name, value.as_str())));
        prop_assert_eq!(read, Ok(query));
    }

    #[test]
    fn what_is_found_is_what_was_typed(text in "[ab \n]{0,30}", typed in "[abAB ]{0,4}") {
        let needle = Needle::new(&typed);
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let places = needle.places(&text);
        for place in &places {
            prop_assert_eq!(plain(&text[place.clone()]), plain(&typed));
        }
        // Blanks around the words do not count in what is typed; in the text they are one.
        let found = !plain(&typed).is_empty() && plain(&text).contains(&plain(&typed));
        prop_assert_eq!(!places.is_empty(), found, "{:?} in {:?}", typed, text);
    }

    #[test]
    fn places_are_parts_of_the_text(text in any::<String>(), typed in any::<String>()) {
        let mut end = 0;
        for place in Needle::new(&typed).places(&text) {
            prop_assert!(place.start >= end && place.end > place.start);
            prop_assert!(text.get(place.clone()).is_some());
            end = place.start;
        }
    }
}

#[test]
fn parameters_that_are_refused() {
    let read = |query: &[(&str, &str)]| TimelineQuery::read(query.iter().copied());
    assert_eq!(read(&[]), Ok(TimelineQuery::default()));
    assert_eq!(read(&[("cursor", "7")]).map(|query| query.anchor), Ok(Anchor::After(7)));
    for (query, error) in [
        ([("at", "middle")].as_slice(), TimelineQueryError::At("middle".to_owned())),
        (&[("cursor", "x")], TimelineQueryError::Cursor("cursor")),
        (&[("before", "")], TimelineQueryError::Cursor("before")),
        (&[("skip", "-1")], TimelineQueryError::Skip),
        (&[("at", "last"), ("before", "3")], TimelineQueryError::Anchors),
        (&[("at", "last"), ("at", "first")], TimelineQueryError::Anchors),
        (&[("only", "events")], TimelineQueryError::Only("events".to_owned())),
        (&[("limit", "0")], TimelineQueryError::Limit),
        (&[("limit", "101")], TimelineQueryError::Limit),
        (&[("q", "x")], TimelineQueryError::Unknown("q".to_owned())),
    ] {
        assert_eq!(read(query), Err(error), "{query:?}");
    }
}

#[test]
fn found_wherever_it_stands() {
    let needle = Needle::new("  Größe  der\nBilder ");
    assert_eq!(needle.places("Die GRÖSSE der Bilder").len(), 0);
    assert_eq!(needle.places("Die GRÖßE der \n Bilder, größe der bilder").len(), 2);
    assert_eq!(Needle::new("aa").places("aaaaa"), [0..2, 2..4]);
    // A letter that becomes two in lower case is found as a whole.
    assert_eq!(Needle::new("i̇stanbul").places("in İstanbul").first(), Some(&(3..12)));
    assert!(Needle::new(" \n").is_empty() && Needle::new("").places("x").is_empty());
}

#[test]
fn found_over_styles_and_not_over_blocks() {
    let text = |text: &str| Inline::Text { text: text.to_owned() };
    let paragraph = |children| Block::Paragraph { children };
    let styled =
        vec![text("the "), Inline::Strong { children: vec![text("queue")] }, Inline::Break, text("is full")];
    let cell = vec![Inline::Code { text: "worker".to_owned() }];
    let body = vec![
        Block::Quote { children: vec![paragraph(styled)] },
        Block::List {
            start: None,
            items: vec![vec![paragraph(vec![text("one")])], vec![paragraph(vec![text("two")])]],
        },
        Block::Table { head: vec![cell], rows: vec![vec![vec![text("stopped")]]] },
        Block::Code { language: Some("sh".to_owned()), text: "restart\n  all".to_owned() },
    ];
    for typed in ["The queue is full", "UE IS", "two", "work", "stopp", "restart all"] {
        assert!(Needle::new(typed).is_in(&body), "{typed}");
    }
    for typed in ["one two", "full one", "sh", "**queue**", "rule"] {
        assert!(!Needle::new(typed).is_in(&body), "{typed}");
    }
}
