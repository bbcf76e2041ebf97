//! Asking for the same thing twice.

use std::collections::BTreeSet;

use contract::{Action, CaseRecord, ProblemCode};
use futures_util::future::join_all;
use reqwest::{Method, header};
use serde_json::json;

use crate::harness::{Answer, Draft, Portal, fresh_key, on_both};

on_both!(
    the_same_request_gets_the_same_answer,
    messages_and_actions_happen_once,
    a_key_stands_for_one_request,
    keys_that_are_none,
    twenty_at_once_make_one_case,
    twenty_at_once_over_two_servers_make_one_case,
    keys_are_each_persons_own,
    a_refused_request_leaves_its_key_free,
    a_kept_answer_is_not_for_those_who_may_no_longer_see,
);

async fn the_same_request_gets_the_same_answer(portal: Portal) {
    let client = portal.customer().await;
    let (key, draft) = (fresh_key(), Draft::problem("Submitted twice"));
    let first = client.post_as("/cases", &key, &draft).await.expect(201);
    // Even when the case has moved on since, and whatever the order of the fields.
    client.reply("CS-000001", "Meanwhile").await;
    let text = serde_json::to_string_pretty(&draft).expect("JSON");
    let request = client.request(Method::POST, "/cases").header("idempotency-key", &key);
    let spaced = client.send(request.header(header::CONTENT_TYPE, "application/json").body(text)).await;
    for again in [client.post_as("/cases", &key, &draft).await, spaced] {
        assert_eq!(again.face(), first.face());
        assert_eq!(again.body, first.body, "byte by byte");
        assert_eq!((again.etag(), again.header("location")), (first.etag(), first.header("location")));
    }
    assert_eq!(client.counts("").await.total, 1);
    client.file(&draft).await;
    assert_eq!(client.counts("").await.total, 2);
}

async fn messages_and_actions_happen_once(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Said once")).await;
    let (key, body) = (fresh_key(), json!({ "body": "Only once, please." }));
    let first = client.post_as("/cases/CS-000001/messages", &key, &body).await.expect(201);
    let again = client.post_as("/cases/CS-000001/messages", &key, &body).await;
    assert_eq!((first.face(), client.timeline("CS-000001").await.len()), (again.face(), 2));

    let (key, body) = (fresh_key(), json!({ "action": "close" }));
    let act = || {
        let request =
            client.request(Method::POST, "/cases/CS-000001/actions").header("idempotency-key", &key);
        client.send(request.header(header::IF_MATCH, "\"2\"").json(&body))
    };
    let first = act().await.expect(200);
    // The version is another by now, and closing is no longer possible: the answer is the same.
    assert_eq!(act().await.face(), first.face());
    assert_eq!(client.case("CS-000001").await.version, 3);
}

async fn a_key_stands_for_one_request(portal: Portal) {
    let client = portal.customer().await;
    let key = fresh_key();
    client.post_as("/cases", &key, &Draft::problem("The first")).await.expect(201);
    client.post_as("/cases", &key, &Draft::problem("The second")).await.problem(ProblemCode::KeyReused);
    // Not for another operation or another case either.
    let body = json!({ "body": "Hello" });
    client.post_as("/cases/CS-000001/messages", &key, &body).await.problem(ProblemCode::KeyReused);
    client.file(&Draft::problem("Another case")).await;
    let key = fresh_key();
    client.post_as("/cases/CS-000001/messages", &key, &body).await.expect(201);
    client.post_as("/cases/CS-000002/messages", &key, &body).await.problem(ProblemCode::KeyReused);
    assert_eq!(client.counts("").await.total, 2);
    assert_eq!(client.timeline("CS-000002").await.len(), 1);
}

async fn keys_that_are_none(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Something to act on")).await;
    for path in ["/cases", "/cases/CS-000001/messages", "/cases/CS-000001/actions"] {
        for key in
            [None, Some(""), Some("with blank"), Some("tab\there"), Some(&"k".repeat(101)), Some("schlüssel")]
        {
            let mut request =
                client.request(Method::POST, path).header(header::IF_MATCH, "\"1\"").json(&json!({}));
            if let Some(key) = key {
                request = request.header("idempotency-key", key);
            }
            let problem = client.send(request).await.problem(ProblemCode::IdempotencyKeyMissing);
            assert!(problem.detail.contains("Idempotency-Key"), "{problem:?}");
        }
    }
    let key = format!("{}!~\"'", "k".repeat(96));
    client.post_as("/cases", &key, &Draft::problem("With the longest key")).await.expect(201);
}

async fn check_one_case(portal: &Portal, answers: Vec<Answer>) {
    let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    let bodies: BTreeSet<_> = made.iter().map(|answer| &answer.body).collect();
    assert_eq!(bodies.len(), 1, "one answer for all: {bodies:?}");
    for answer in refused {
        answer.problem(ProblemCode::StillRunning);
    }
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM cases").await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM entries").await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM stream").await, 1);
}

async fn twenty_at_once_make_one_case(portal: Portal) {
    let client = portal.customer().await;
    let (key, draft) = (fresh_key(), Draft::problem("Clicked twenty times"));
    let answers = join_all((0..20).map(|_| client.post_as("/cases", &key, &draft))).await;
    check_one_case(&portal, answers).await;
}

async fn twenty_at_once_over_two_servers_make_one_case(portal: Portal) {
    let other = portal.second_process().await;
    let here = portal.customer().await;
    let there = here.at(&other.base);
    let (key, draft) = (fresh_key(), Draft::problem("Clicked in two places"));
    let one = |turn: usize| if turn.is_multiple_of(2) { &here } else { &there };
    let answers = join_all((0..20).map(|turn| one(turn).post_as("/cases", &key, &draft))).await;
    check_one_case(&portal, answers).await;
}

async fn keys_are_each_persons_own(portal: Portal) {
    let key = fresh_key();
    let draft = Draft::problem("The same by chance");
    let first: CaseRecord = portal.customer().await.post_as("/cases", &key, &draft).await.expect(201).json();
    let second: CaseRecord =
        portal.colleague().await.post_as("/cases", &key, &draft).await.expect(201).json();
    assert_ne!(first.summary.number, second.summary.number);
    assert_ne!(first.summary.requester, second.summary.requester);
}

async fn a_refused_request_leaves_its_key_free(portal: Portal) {
    let client = portal.customer().await;
    let key = fresh_key();
    let wrong = Draft::problem("");
    client.post_as("/cases", &key, &wrong).await.problem(ProblemCode::InvalidFields);
    client.post_as("/cases", &key, &wrong).await.problem(ProblemCode::InvalidFields);
    client.post_as("/cases", &key, &Draft::problem("Corrected")).await.expect(201);
    let key = fresh_key();
    let path = "/cases/CS-000001/actions";
    let propose = |tag: &str| {
        let request = client.request(Method::POST, path).header("idempotency-key", &key);
        client.send(request.header(header::IF_MATCH, tag).json(&json!({ "action": "close" })))
    };
    propose("\"7\"").await.problem(ProblemCode::ChangedMeanwhile);
    propose("\"1\"").await.expect(200);
}

async fn a_kept_answer_is_not_for_those_who_may_no_longer_see(portal: Portal) {
    let partner = portal.partner().await;
    let number = partner.file(&Draft::problem("Before we left").of(portal.people.acme)).await.summary.number;
    let (key, body) = (fresh_key(), json!({ "body": "Our last words" }));
    let path = format!("/cases/{number}/messages");
    partner.post_as(&path, &key, &body).await.expect(201);
    let leave = "DELETE FROM memberships WHERE role = 'partner' AND organisation_id = $1";
    portal.sql(leave, [portal.people.acme.to_string().into()]).await;
    partner.post_as(&path, &key, &body).await.problem(ProblemCode::NotFound);
    let closing = partner.act_on(&number.to_string(), "\"2\"", Action::Close, None).await;
    closing.problem(ProblemCode::NotFound);
}
