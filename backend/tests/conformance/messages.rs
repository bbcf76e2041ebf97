//! Writing to a case, and reading what was written.

use contract::{
    Entry, Page, ProblemCode,
    field::FieldCode,
    markdown::{Block, Inline},
    thread::{Content, Purpose},
};
use serde_json::json;

use crate::harness::{Draft, Portal, now, on_both};

on_both!(
    a_message_is_kept_as_written,
    texts_that_are_refused,
    long_and_strange_texts,
    deeply_formatted_texts_can_be_read_again,
    everyone_on_the_case_may_write,
    the_timeline_in_pages,
);

fn source(entry: &Entry) -> &str {
    match &entry.content {
        Content::Message { source, .. } => source,
        other => panic!("no message: {other:?}"),
    }
}

async fn a_message_is_kept_as_written(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Something to talk about")).await;
    let entry = customer.reply("CS-000001", "Some *words*.\r\n\r\n").await;
    assert_eq!((entry.position, entry.at), (2, now()));
    assert_eq!(entry.author, customer.session().await.person);
    let text = |text: &str| Inline::Text { text: text.to_owned() };
    let body = vec![Block::Paragraph {
        children: vec![text("Some "), Inline::Emphasis { children: vec![text("words")] }, text(".")],
    }];
    let content = Content::Message {
        purpose: Purpose::Reply,
        source: "Some *words*.".to_owned(),
        body,
        edited: None,
        mailed: None,
        attachments: Vec::new(),
    };
    assert_eq!(entry.content, content);
    assert_eq!(customer.timeline("CS-000001").await[1], entry);
}

async fn texts_that_are_refused(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Something to talk about")).await;
    for (text, code) in [
        (String::new(), FieldCode::Required),
        (" \n\t\u{a0}\u{2003} ".to_owned(), FieldCode::Required),
        ("x".repeat(50_001), FieldCode::TooLong),
        ("👍".repeat(50_001), FieldCode::TooLong),
    ] {
        let problem = customer.try_reply("CS-000001", &text).await.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.error_at("/body").map(|error| error.code), Some(code));
    }
    let problem =
        customer.try_reply("CS-000001", &"x".repeat(50_123)).await.problem(ProblemCode::InvalidFields);
    assert!(problem.errors[0].message.contains("123 characters"), "{problem:?}");
    assert_eq!(customer.case("CS-000001").await.version, 1);
}

async fn long_and_strange_texts(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Something to talk about")).await;
    let texts = [
        "👍".repeat(50_000),
        "\u{1}\u{2}\u{7f}\u{feff}\u{202e}\u{2066}x\u{fffe}".to_owned(),
        "مرحبا بالعالم — שלום עולם — 你好，世界 — Zażółć gęślą jaźń — 👩🏽‍🚀".to_owned(),
        "'; DELETE FROM cases; -- \" \\ %s {} ${x} {{x}} <script>alert(1)</script>".to_owned(),
        "```\n".to_owned() + &"a log line\n".repeat(4_000) + "```",
        "a\tb\n\n\n\nc".to_owned(),
    ];
    for text in &texts {
        assert_eq!(source(&customer.reply("CS-000001", text).await), text);
    }
    let cleaned = customer.reply("CS-000001", "one\r\ntwo\rthree\0four").await;
    assert_eq!(source(&cleaned), "one\ntwo\nthree\u{fffd}four");
    let timeline = customer.timeline("CS-000001").await;
    for (entry, text) in timeline[1..].iter().zip(&texts) {
        assert_eq!(source(entry), text);
    }
}

/// Whatever is stored must be readable again: a tree of formatting too deep for
/// a reader would lock everyone out of the case.
async fn deeply_formatted_texts_can_be_read_again(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Deep down")).await;
    let nested: String = (0..2_000).map(|level| if level % 2 == 0 { "*a " } else { "**b " }).collect();
    let texts = [
        format!("{}deep{}", "**".repeat(12_000), "**".repeat(12_000)),
        format!("{}deep{}", "*".repeat(24_000), "*".repeat(24_000)),
        format!("{nested}deep{}", "***".repeat(1_000)),
        format!("{}deep{}", "~~*".repeat(5_000), "*~~".repeat(5_000)),
        format!("{}deep{}", "[".repeat(20_000), "](https://x.example)".repeat(1_000)),
        format!("{}deep{}", "![".repeat(1_000), "](https://x.example)".repeat(1_000)),
        format!("{}deep", "> ".repeat(20_000)),
        format!("{}deep", "- ".repeat(20_000)),
        format!("{}deep", "1. > ".repeat(9_000)),
    ];
    for text in &texts {
        let key = crate::harness::fresh_key();
        let first =
            customer.post_as("/cases/CS-000001/messages", &key, &json!({ "body": text })).await.expect(201);
        let again =
            customer.post_as("/cases/CS-000001/messages", &key, &json!({ "body": text })).await.expect(201);
        assert_eq!(first.body, again.body);
        assert!(first.body.contains("deep"));
        customer.timeline("CS-000001").await;
    }
    let draft = Draft::problem("Deep from the start").with("description", texts[0].as_str());
    let case = customer.file(&draft).await;
    customer.case(&case.summary.number.to_string()).await;
    // Tables grow by rows times columns; what a text can grow to is bounded.
    let table = format!("{}\n{}\n{}", "|a".repeat(8_000), "|-".repeat(8_000), "|\n".repeat(8_000));
    let answer = customer.try_reply("CS-000001", &table).await.expect(201);
    assert!(answer.body.len() < 3_000_000, "{} bytes", answer.body.len());
    customer.timeline("CS-000001").await;
}

async fn everyone_on_the_case_may_write(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Open to all of us")).await;
    for (position, client) in (2..).zip([
        portal.customer().await,
        portal.colleague().await,
        portal.administrator().await,
        portal.partner().await,
        portal.analyst().await,
        portal.sign_in("second@support.test").await,
    ]) {
        let entry = client.reply("CS-000001", "My two cents").await;
        assert_eq!((entry.position, &entry.author), (position, &client.session().await.person));
    }
    portal.stranger().await.try_reply("CS-000001", "Mine, too").await.problem(ProblemCode::NotFound);
    portal.anonymous().try_reply("CS-000001", "Mine, too").await.problem(ProblemCode::SignInRequired);
    assert_eq!(portal.customer().await.timeline("CS-000001").await.len(), 7);
}

async fn the_timeline_in_pages(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("A long talk")).await;
    for turn in 0..12 {
        customer.reply("CS-000001", &format!("Turn {turn}")).await;
        analyst.try_note("CS-000001", &format!("Note {turn}")).await.expect(201);
    }
    for (client, entries) in [(&customer, 13), (&analyst, 25)] {
        let whole = client.timeline("CS-000001").await;
        assert_eq!(whole.len(), entries);
        for limit in [1, 2, 5, 12, 13, 24, 25, 100] {
            let mut walked = Vec::new();
            let mut cursor = String::new();
            loop {
                let path = format!("/cases/CS-000001/timeline?limit={limit}{cursor}");
                let page: Page<Entry> = client.get(&path).await.ok();
                assert!(!page.items.is_empty() && page.items.len() <= limit);
                walked.extend(page.items);
                match page.next {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(walked, whole, "by {limit}");
        }
    }
    let beyond: Page<Entry> = customer.get("/cases/CS-000001/timeline?cursor=9999").await.ok();
    assert!(beyond.items.is_empty() && beyond.next.is_none());
}
