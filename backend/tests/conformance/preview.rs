//! Looking at a message before it is sent.

use contract::{
    Entry, ProblemCode,
    markdown::{Block, Inline},
    thread::Content,
};
use serde_json::json;

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(a_preview_is_what_is_stored, a_preview_keeps_nothing, whoever_does_not_see_the_case_sees_no_preview);

const PREVIEW: &str = "/cases/CS-000001/preview";

async fn preview(client: &Client, text: &str, internal: bool) -> Vec<Block> {
    client.post(PREVIEW, &json!({ "body": text, "internal": internal })).await.expect(200).json()
}

fn body(entry: Entry) -> Vec<Block> {
    match entry.content {
        Content::Message { body, .. } => body,
        other => panic!("no message: {other:?}"),
    }
}

async fn a_preview_is_what_is_stored(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("As it will look")).await;
    portal.sign_in("second@support.test").await.try_note("CS-000001", "Hm").await.expect(201);
    for text in [
        "Some *words* of @Jana Vogel and @Ivo Marek",
        "# One\r\n\r\n- two\r\n- three",
        "<b>four</b> ![five](https://x.example/5.png) [six](javascript:x)",
    ] {
        assert_eq!(preview(&customer, text, false).await, body(customer.reply("CS-000001", text).await));
        let note = analyst.try_note("CS-000001", text).await.expect(201).json();
        assert_eq!(preview(&analyst, text, true).await, body(note));
    }
    // Saying that it is a note does not make a customer one of support.
    let told = format!("{:?}", preview(&customer, "@Ivo Marek", true).await);
    assert!(!told.contains("Mention"), "{told}");
}

async fn a_preview_keeps_nothing(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Nothing said yet")).await;
    assert_eq!(preview(&customer, " \n ", false).await, []);
    let text = Inline::Text { text: "Hello".to_owned() };
    assert_eq!(preview(&customer, "Hello", false).await, [Block::Paragraph { children: vec![text] }]);
    let long = json!({ "body": "x".repeat(50_001) });
    let problem = customer.post(PREVIEW, &long).await.problem(ProblemCode::InvalidFields);
    assert!(problem.error_at("/body").is_some());
    assert_eq!(
        (customer.timeline("CS-000001").await.len(), customer.case("CS-000001").await.version),
        (1, 1)
    );
}

async fn whoever_does_not_see_the_case_sees_no_preview(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Acme's own")).await;
    let text = json!({ "body": "Hello" });
    portal.stranger().await.post(PREVIEW, &text).await.problem(ProblemCode::NotFound);
    portal.anonymous().post(PREVIEW, &text).await.problem(ProblemCode::SignInRequired);
}
