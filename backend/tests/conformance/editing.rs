//! Changing a message soon after it was sent.

use chrono::TimeDelta;
use contract::{
    Action, Entry, ProblemCode, Status,
    field::FieldCode,
    live::LiveEvent,
    thread::{Content, EDITABLE_FOR, Purpose, Revision},
};
use reqwest::{Method, header};
use serde_json::json;

use crate::harness::{Answer, Client, Draft, Portal, now, on_both};

on_both!(
    a_message_says_something_else_and_keeps_what_it_said,
    five_minutes_and_no_longer,
    only_the_author_edits,
    messages_of_every_purpose,
    what_is_no_message_cannot_be_edited,
    of_a_note_customers_notice_nothing,
    words_follow_the_text,
    two_edits_at_once,
    the_same_text_again_changes_nothing,
    texts_that_are_refused,
);

const CASE: &str = "/cases/CS-000001";

/// Tries to edit a message that was edited so often before.
async fn edit(client: &Client, entry: &Entry, times: i64, text: &str) -> Answer {
    let request = client.request(Method::PUT, &format!("{CASE}/messages/{}", entry.id));
    client.send(request.header(header::IF_MATCH, format!("\"{times}\"")).json(&json!({ "body": text }))).await
}

async fn history(client: &Client, entry: &Entry) -> Vec<String> {
    let texts: Vec<Revision> = client.get(&format!("{CASE}/messages/{}/history", entry.id)).await.ok();
    texts.into_iter().map(|text| text.source).collect()
}

fn source(entry: &Entry) -> &str {
    match &entry.content {
        Content::Message { source, .. } => source,
        other => panic!("no message: {other:?}"),
    }
}

async fn a_message_says_something_else_and_keeps_what_it_said(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("To be said better")).await;
    let entry = customer.reply("CS-000001", "It is the *cach*.").await;
    let before = customer.case("CS-000001").await;
    let mut stream = analyst.listen(None).await;
    stream.next().await;
    let later = portal.later(TimeDelta::minutes(2)).await;
    let answer = edit(&customer.at(&later.base), &entry, 0, "It is the *cache*.\r\n").await.expect(200);
    assert_eq!(answer.etag(), "\"1\"");
    let edited: Entry = answer.json();
    let Content::Message { purpose, source, edited: Some(mark), body, .. } = &edited.content else {
        panic!("{edited:?}")
    };
    assert_eq!((*purpose, source.as_str()), (Purpose::Reply, "It is the *cache*."));
    assert_eq!((mark.times, mark.at), (1, now() + TimeDelta::minutes(2)));
    assert!(format!("{body:?}").contains("cache"));
    // It stands where it stood, and the case has changed.
    assert_eq!((edited.id, edited.position, edited.at), (entry.id, entry.position, entry.at));
    assert_eq!(analyst.timeline("CS-000001").await[1], edited);
    let after = customer.case("CS-000001").await;
    assert_eq!((after.version, after.summary.status), (before.version + 1, before.summary.status));
    let LiveEvent::CaseChanged { version, .. } = stream.next().await.event else { panic!("a change") };
    assert_eq!(version, after.version);

    edit(&customer, &entry, 1, "It is the cache of the search.").await.expect(200);
    for reader in [&customer, &analyst, &portal.colleague().await] {
        let texts = ["It is the *cach*.", "It is the *cache*.", "It is the cache of the search."];
        assert_eq!(history(reader, &entry).await, texts);
    }
    let texts: Vec<Revision> = analyst.get(&format!("{CASE}/messages/{}/history", entry.id)).await.ok();
    assert_eq!((texts[0].at, texts[1].at), (now(), now() + TimeDelta::minutes(2)));
}

async fn five_minutes_and_no_longer(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Soon or never")).await;
    let entry = customer.reply("CS-000001", "At first").await;
    let last = portal.later(EDITABLE_FOR).await;
    edit(&customer.at(&last.base), &entry, 0, "In the last moment").await.expect(200);
    let over = portal.later(EDITABLE_FOR + TimeDelta::microseconds(1)).await;
    let problem =
        edit(&customer.at(&over.base), &entry, 1, "Too late").await.problem(ProblemCode::ActionNotAllowed);
    assert!(problem.detail.contains("5 minutes"), "{problem:?}");
    assert!(problem.allowed.is_some_and(|allowed| allowed.contains(&Action::Reply)));
    assert_eq!(source(&customer.timeline("CS-000001").await[1]), "In the last moment");
}

async fn only_the_author_edits(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Mine to change")).await;
    let entry = customer.reply("CS-000001", "My words").await;
    for other in [
        portal.colleague().await,
        portal.administrator().await,
        portal.partner().await,
        portal.analyst().await,
    ] {
        edit(&other, &entry, 0, "Your words").await.problem(ProblemCode::Forbidden);
    }
    let stranger = portal.stranger().await;
    edit(&stranger, &entry, 0, "Their words").await.problem(ProblemCode::NotFound);
    stranger.get(&format!("{CASE}/messages/{}/history", entry.id)).await.problem(ProblemCode::NotFound);
    edit(&portal.anonymous(), &entry, 0, "No words").await.problem(ProblemCode::SignInRequired);
    let without = customer.request(Method::PUT, &format!("{CASE}/messages/{}", entry.id));
    customer.send(without.json(&json!({ "body": "x" }))).await.problem(ProblemCode::PreconditionMissing);
    assert_eq!(customer.timeline("CS-000001").await[1], entry);
    assert_eq!(history(&customer, &entry).await, ["My words"]);
}

async fn messages_of_every_purpose(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Said in many ways")).await;
    analyst.act("CS-000001", Action::RequestInformation, Some("Which release?")).await;
    analyst.act("CS-000001", Action::ProposeSolution, Some("Update it")).await;
    customer.act("CS-000001", Action::RejectSolution, Some("Done that")).await;
    customer.act("CS-000001", Action::Close, Some("Never mind")).await;
    let mut edited = 0;
    for entry in analyst.timeline("CS-000001").await {
        let author = if entry.author.support { &analyst } else { &customer };
        if matches!(entry.content, Content::Message { .. }) {
            let changed: Entry = edit(author, &entry, 0, "Said better").await.ok();
            let purpose = |entry: &Entry| match entry.content {
                Content::Message { purpose, .. } => purpose,
                _ => panic!("{entry:?}"),
            };
            assert_eq!(purpose(&changed), purpose(&entry));
            edited += 1;
        }
    }
    assert_eq!(edited, 4);
    // Editing a message of a closed case does not open it.
    assert_eq!(customer.case("CS-000001").await.summary.status, Status::Closed);
}

async fn what_is_no_message_cannot_be_edited(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Nothing said")).await;
    let filed = customer.timeline("CS-000001").await.remove(0);
    edit(&customer, &filed, 0, "Not filed").await.problem(ProblemCode::NotFound);
    customer.get(&format!("{CASE}/messages/{}/history", filed.id)).await.problem(ProblemCode::NotFound);
    // A message of another case is not found on this one.
    customer.file(&Draft::problem("Another")).await;
    let elsewhere = customer.reply("CS-000002", "Over there").await;
    edit(&customer, &elsewhere, 0, "Over here").await.problem(ProblemCode::NotFound);
    for id in ["x", "%00", "00000000-0000-0000-0000-000000000000"] {
        let request = customer.request(Method::PUT, &format!("{CASE}/messages/{id}"));
        let request = request.header(header::IF_MATCH, "\"0\"").json(&json!({ "body": "x" }));
        customer.send(request).await.problem(ProblemCode::NotFound);
        customer.get(&format!("{CASE}/messages/{id}/history")).await.problem(ProblemCode::NotFound);
    }
}

async fn of_a_note_customers_notice_nothing(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Between ourselves")).await;
    let note: Entry = analyst.try_note("CS-000001", "A bug of ours").await.expect(201).json();
    let mut stream = customer.listen(None).await;
    stream.next().await;
    let before = (customer.get(CASE).await.face(), customer.get(&format!("{CASE}/timeline")).await.body);
    edit(&analyst, &note, 0, "A bug of theirs").await.expect(200);
    let after = (customer.get(CASE).await.face(), customer.get(&format!("{CASE}/timeline")).await.body);
    assert_eq!(before, after);
    edit(&customer, &note, 1, "Whose?").await.problem(ProblemCode::NotFound);
    customer.get(&format!("{CASE}/messages/{}/history", note.id)).await.problem(ProblemCode::NotFound);
    let second = portal.sign_in("second@support.test").await;
    assert_eq!(history(&second, &note).await, ["A bug of ours", "A bug of theirs"]);
    // The next event is of a reply: none came of the edit.
    customer.reply("CS-000001", "Any news?").await;
    let LiveEvent::CaseChanged { version, .. } = stream.next().await.event else { panic!("a change") };
    assert_eq!(version, 2);
}

async fn words_follow_the_text(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Found by its words")).await;
    let entry = customer.reply("CS-000001", "The checkout uses klarna").await;
    let note: Entry = analyst.try_note("CS-000001", "Looks like varnish").await.expect(201).json();
    edit(&customer, &entry, 0, "The checkout uses paypal").await.expect(200);
    edit(&analyst, &note, 0, "Looks like nginx").await.expect(200);
    for (search, customers, support) in [
        ("klarna", 0, 0),
        ("paypal", 1, 1),
        ("checkout", 1, 1),
        ("varnish", 0, 0),
        ("nginx", 0, 1),
        ("Found", 1, 1),
    ] {
        assert_eq!(customer.find(search).await.len(), customers, "{search}");
        assert_eq!(analyst.find(search).await.len(), support, "{search}");
    }
    // Words of before this was noted are found with those of the edit.
    portal.sql("UPDATE search_words SET entry_id = NULL", []).await;
    edit(&customer, &entry, 1, "The checkout uses stripe").await.expect(200);
    assert_eq!(customer.find("stripe").await, ["CS-000001"]);
}

async fn two_edits_at_once(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("From two windows")).await;
    let entry = customer.reply("CS-000001", "One").await;
    let (one, other) = tokio::join!(
        edit(&customer, &entry, 0, "From the left"),
        edit(&customer, &entry, 0, "From the right")
    );
    let (taken, refused) = if one.status == 200 { (one, other) } else { (other, one) };
    let taken: Entry = taken.expect(200).json();
    assert!(refused.problem(ProblemCode::ChangedMeanwhile).current.is_some());
    assert_eq!(history(&customer, &entry).await, ["One", source(&taken)]);
}

async fn the_same_text_again_changes_nothing(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("The answer got lost")).await;
    let entry = customer.reply("CS-000001", "One").await;
    edit(&customer, &entry, 0, "Two").await.expect(200);
    let version = customer.case("CS-000001").await.version;
    // Sent again because its answer did not arrive, be it after the five minutes.
    let over = portal.later(TimeDelta::minutes(6)).await;
    let again = edit(&customer.at(&over.base), &entry, 0, "Two").await.expect(200);
    assert_eq!(again.etag(), "\"1\"");
    assert_eq!(history(&customer, &entry).await, ["One", "Two"]);
    assert_eq!(customer.case("CS-000001").await.version, version);
}

async fn texts_that_are_refused(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Something to change")).await;
    let entry = customer.reply("CS-000001", "Words").await;
    for (text, code) in [(" \n ", FieldCode::Required), (&*"x".repeat(50_001), FieldCode::TooLong)] {
        let problem = edit(&customer, &entry, 0, text).await.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.error_at("/body").map(|error| error.code), Some(code));
    }
    let strange = "**".repeat(12_000) + "deep" + &"**".repeat(12_000);
    edit(&customer, &entry, 0, &strange).await.expect(200);
    assert_eq!(history(&customer, &entry).await, ["Words", &strange]);
    customer.timeline("CS-000001").await;
}
