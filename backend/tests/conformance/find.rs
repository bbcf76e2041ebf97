//! Finding a text in a case's messages.

use contract::{ProblemCode, reading::Found};

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(
    messages_that_hold_a_text,
    notes_are_found_by_support_only,
    signs_of_query_languages_are_letters,
    only_where_the_case_exists,
);

const CASE: &str = "CS-000001";

async fn found(client: &Client, text: &str) -> Found {
    let request = client.request(reqwest::Method::GET, &format!("/cases/{CASE}/timeline/found"));
    client.send(request.query(&[("q", text)])).await.ok()
}

async fn positions(client: &Client, text: &str) -> Vec<i64> {
    let found = found(client, text).await;
    assert!(!found.more);
    found.hits.iter().map(|hit| hit.position).collect()
}

async fn messages_that_hold_a_text(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Queues in the subject are not in the conversation")).await;
    let texts = [
        "The **queue workers** are\nstopped",
        "Größe der Warteschlange: 4 711",
        "```sh\nqueue:worker:start\n```",
        "Nothing of the kind",
        "Queued again, and again queued",
    ];
    let mut ids = Vec::new();
    for text in texts {
        ids.push(customer.reply(CASE, text).await.id);
    }
    for (text, expected) in [
        ("queue", [2, 4, 6].as_slice()),
        ("QUEUE W", &[2]),
        ("  workers   are stopped ", &[2]),
        ("grösse", &[]),
        ("GRÖSSE", &[]),
        ("GRÖßE", &[3]),
        ("4711", &[]),
        ("worker:start", &[4]),
        ("ueue", &[2, 4, 6]),
        ("**queue", &[]),
        ("in the subject", &[]),
        ("filed", &[]),
        ("paragraph", &[]),
        ("", &[]),
        ("  ", &[]),
    ] {
        assert_eq!(positions(&customer, text).await, expected, "{text:?}");
    }
    assert_eq!(found(&customer, "queued").await.hits[0].id, ids[4]);
    let long = "x".repeat(201);
    let refused = customer.get(&format!("/cases/{CASE}/timeline/found?q={long}")).await;
    refused.problem(ProblemCode::MalformedRequest);
    customer
        .get(&format!("/cases/{CASE}/timeline/found?query=x"))
        .await
        .problem(ProblemCode::MalformedRequest);
}

async fn notes_are_found_by_support_only(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Who finds what")).await;
    analyst.try_note(CASE, "A word between ourselves").await.expect(201);
    analyst.reply(CASE, "A word for everyone").await;
    assert_eq!(positions(&analyst, "word").await, [2, 3]);
    for client in [customer, portal.colleague().await, portal.administrator().await, portal.partner().await] {
        assert_eq!(positions(&client, "word").await, [3]);
        assert_eq!(positions(&client, "between ourselves").await, Vec::<i64>::new());
    }
}

async fn signs_of_query_languages_are_letters(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Strange signs")).await;
    let text = r#"100 % of "all" _files_ under C:\tmp\x (a|b) 'x' -- \u0041 🙂"#;
    customer.reply(CASE, text).await;
    customer.reply(CASE, "Nothing").await;
    for part in
        ["100 %", "% of", "\"all\"", "c:\\tmp\\x", "(a|b)", "'x' --", "\\u0041", "🙂", "\u{0}", "%%", "A|B)"]
    {
        let expected: &[i64] = if text.to_lowercase().contains(&part.to_lowercase()) { &[2] } else { &[] };
        assert_eq!(positions(&customer, part).await, expected, "{part:?}");
    }
}

async fn only_where_the_case_exists(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Not for everyone")).await;
    customer.reply(CASE, "A secret word").await;
    let path = format!("/cases/{CASE}/timeline/found?q=word");
    for client in [portal.stranger().await, portal.sign_in("nobody@nowhere.test").await] {
        client.get(&path).await.problem(ProblemCode::NotFound);
    }
    portal.anonymous().get(&path).await.problem(ProblemCode::SignInRequired);
}
