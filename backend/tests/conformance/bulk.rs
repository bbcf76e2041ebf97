//! One thing done to several cases.

use contract::{
    Action, ProblemCode, Status,
    bulk::{BulkDeed, BulkOutcome},
    limits::BULK_MAX,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Client, Draft, Portal, fresh_key, on_both};

on_both!(
    each_case_has_its_own_outcome,
    the_rules_of_each_role_hold,
    what_is_read_is_no_longer_unread,
    nothing_is_done_twice,
    a_request_that_does_not_fit_is_refused,
);

fn body(numbers: &[i64], deed: BulkDeed) -> Value {
    let numbers: Vec<_> = numbers.iter().map(|number| format!("CS-{number:06}")).collect();
    json!({ "numbers": numbers, "do": deed })
}

/// What became of each case: nothing where it is done.
async fn outcomes(client: &Client, numbers: &[i64], deed: BulkDeed) -> Vec<Option<ProblemCode>> {
    let outcomes: Vec<BulkOutcome> = client.post("/cases/bulk", &body(numbers, deed)).await.ok();
    let told: Vec<_> = outcomes.iter().map(|outcome| outcome.number.0).collect();
    assert_eq!(told, numbers, "they are told in order");
    assert!(outcomes.iter().all(|outcome| outcome.done == outcome.problem.is_none()));
    outcomes.into_iter().map(|outcome| outcome.problem).collect()
}

async fn each_case_has_its_own_outcome(portal: Portal) {
    let (customer, stranger) = (portal.customer().await, portal.stranger().await);
    for subject in ["First of Acme", "Second of Acme"] {
        customer.file(&Draft::problem(subject)).await;
    }
    stranger.file(&Draft::problem("Of Nordwerk")).await;
    let missing = Some(ProblemCode::NotFound);
    let told = outcomes(&customer, &[2, 3, 4711, 1], BulkDeed::Close).await;
    // What is somebody else's is told like what is not there.
    assert_eq!(told, [None, missing, missing, None]);
    for number in ["CS-000001", "CS-000002"] {
        assert_eq!(customer.case(number).await.summary.status, Status::Closed);
    }
    assert_eq!(stranger.case("CS-000003").await.summary.status, Status::Received);
    // What is closed cannot be closed, and stays as it is.
    let version = customer.case("CS-000001").await.version;
    let told = outcomes(&customer, &[1], BulkDeed::Close).await;
    assert_eq!(told, [Some(ProblemCode::ActionNotAllowed)]);
    assert_eq!(customer.case("CS-000001").await.version, version);
}

async fn the_rules_of_each_role_hold(portal: Portal) {
    let (customer, colleague, administrator, partner, analyst) = (
        portal.customer().await,
        portal.colleague().await,
        portal.administrator().await,
        portal.partner().await,
        portal.analyst().await,
    );
    customer.file(&Draft::problem("The customer's")).await;
    let (refused, wrong) = (Some(ProblemCode::ActionNotAllowed), Some(ProblemCode::InvalidFields));
    // Who may add followers may add themselves; support belongs to no organisation.
    for (client, watches, closes) in [
        (&colleague, None, refused),
        (&partner, None, refused),
        (&customer, None, None),
        (&administrator, None, None),
        // Support closes nothing without a word.
        (&analyst, wrong, wrong),
    ] {
        assert_eq!(outcomes(client, &[1], BulkDeed::Watch).await, [watches]);
        assert_eq!(outcomes(client, &[1], BulkDeed::MarkRead).await, [None]);
        assert_eq!(outcomes(client, &[1], BulkDeed::Close).await, [closes]);
        let status = client.case("CS-000001").await.summary.status;
        assert_eq!(status == Status::Closed, closes.is_none());
        if closes.is_none() {
            analyst_reopens(&portal, &customer).await;
        }
    }
    assert_eq!(customer.case("CS-000001").await.watchers.len(), 4);
    // Who follows it already stays as they are.
    assert_eq!(outcomes(&colleague, &[1], BulkDeed::Watch).await, [None]);
    // Where members see their own cases only, the others do not exist.
    portal.sql("UPDATE organisations SET visibility = 'own'", []).await;
    customer.file(&Draft::problem("Another of the customer's")).await;
    for deed in [BulkDeed::Watch, BulkDeed::MarkRead, BulkDeed::Close] {
        let told = outcomes(&colleague, &[2], deed).await;
        assert_eq!(told, [Some(ProblemCode::NotFound)], "{deed:?}");
    }
    assert_eq!(outcomes(&administrator, &[2], BulkDeed::Close).await, [None]);
}

/// A reply opens a case again.
async fn analyst_reopens(portal: &Portal, customer: &Client) {
    customer.reply("CS-000001", "It is not over.").await;
    let analyst = portal.analyst().await;
    analyst.act("CS-000001", Action::RequestInformation, Some("Why?")).await;
}

async fn what_is_read_is_no_longer_unread(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    for number in 1..=3 {
        customer.file(&Draft::problem(&format!("Case {number}"))).await;
        analyst.reply(&format!("CS-{number:06}"), "An answer").await;
        analyst.try_note(&format!("CS-{number:06}"), "A note").await.expect(201);
    }
    let unread = async || {
        let cases = customer.cases("unread=yes&sort=created").await.items;
        cases.iter().map(|case| case.number.0).collect::<Vec<_>>()
    };
    assert_eq!(unread().await, [1, 2, 3]);
    assert_eq!(outcomes(&customer, &[3, 1], BulkDeed::MarkRead).await, [None, None]);
    assert_eq!(unread().await, [2]);
    // The mark stays before the note, of which nobody is told.
    assert_eq!(customer.case("CS-000001").await.read_to, 2);
}

async fn nothing_is_done_twice(portal: Portal) {
    let customer = portal.customer().await;
    for subject in ["First to close", "Second to close"] {
        customer.file(&Draft::problem(subject)).await;
    }
    let (key, close) = (fresh_key(), body(&[1, 1, 2], BulkDeed::Close));
    let first = customer.post_as("/cases/bulk", &key, &close).await.expect(200);
    let told: Vec<BulkOutcome> = first.json();
    assert!(told.iter().all(|outcome| outcome.done), "a number may stand there twice: {told:?}");
    assert_eq!(customer.post_as("/cases/bulk", &key, &close).await.expect(200).body, first.body);
    for other in [body(&[1, 2], BulkDeed::Close), body(&[1, 1, 2], BulkDeed::Watch)] {
        customer.post_as("/cases/bulk", &key, &other).await.problem(ProblemCode::KeyReused);
    }
    // As if the program had ended before all was done: each case knows what was done to it.
    let lost = "DELETE FROM idempotency_keys WHERE key = $1 OR key = $2";
    portal.sql(lost, [key.clone().into(), format!("{key} CS-000002").into()]).await;
    customer.reply("CS-000002", "Open again").await;
    let entries = customer.timeline("CS-000001").await.len();
    let again: Vec<BulkOutcome> = customer.post_as("/cases/bulk", &key, &close).await.ok();
    assert_eq!(again, told);
    assert_eq!(customer.timeline("CS-000001").await.len(), entries);
    assert_eq!(customer.case("CS-000002").await.summary.status, Status::Closed);
}

async fn a_request_that_does_not_fit_is_refused(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Left alone")).await;
    for numbers in [vec![], vec![1; BULK_MAX + 1]] {
        let answer = customer.post("/cases/bulk", &body(&numbers, BulkDeed::Close)).await;
        let problem = answer.problem(ProblemCode::InvalidFields);
        assert!(problem.error_at("/numbers").is_some(), "{problem:?}");
    }
    for wrong in [
        json!({ "numbers": ["CS-000001"] }),
        json!({ "numbers": ["CS-000001"], "do": "delete" }),
        json!({ "numbers": ["1"], "do": "close" }),
        json!({ "numbers": ["CS-000001"], "do": "close", "message": "Done." }),
    ] {
        customer.post("/cases/bulk", &wrong).await.problem(ProblemCode::MalformedBody);
    }
    let fits = body(&[1], BulkDeed::Close);
    let keyless = customer.request(Method::POST, "/cases/bulk").json(&fits);
    customer.send(keyless).await.problem(ProblemCode::IdempotencyKeyMissing);
    portal.anonymous().post("/cases/bulk", &fits).await.problem(ProblemCode::SignInRequired);
    assert_eq!(customer.case("CS-000001").await.version, 1);
}
