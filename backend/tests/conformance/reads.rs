//! How far people have read.

use contract::{Action, CaseNumber, ProblemCode, live::LiveEvent};
use serde_json::json;

use crate::harness::{Draft, Portal, on_both};

on_both!(
    a_mark_never_goes_back,
    each_person_has_their_own,
    ones_own_entries_are_never_unread,
    a_mark_tells_nothing_of_notes,
    only_those_who_see_the_case_may_mark_it,
);

const CASE: &str = "CS-000001";

async fn a_mark_never_goes_back(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Read and read again")).await;
    for text in ["One", "Two", "Three"] {
        analyst.reply(CASE, text).await;
    }
    // Whoever files a case knows what they filed.
    assert_eq!(customer.case(CASE).await.read_to, 1);
    let before = customer.get(&format!("/cases/{CASE}")).await.etag().to_owned();
    for (said, kept) in [(3, 3), (2, 3), (0, 3), (-7, 3), (3, 3), (i64::MIN, 3), (4711, 4), (i64::MAX, 4)] {
        assert_eq!(customer.read_up_to(CASE, said).await, kept, "{said}");
        assert_eq!(customer.case(CASE).await.read_to, kept);
    }
    // It is no change of the case.
    let tag = customer.get(&format!("/cases/{CASE}")).await.etag().to_owned();
    assert_eq!(tag, before);
    customer.act_on(CASE, &tag, Action::Close, None).await.expect(200);
}

async fn each_person_has_their_own(portal: Portal) {
    let (customer, colleague, analyst) =
        (portal.customer().await, portal.colleague().await, portal.analyst().await);
    customer.file(&Draft::problem("Read by some")).await;
    analyst.reply(CASE, "An answer").await;
    let unread = async |client: &crate::harness::Client| client.page(CASE, "at=unread").await.unread;
    assert_eq!(unread(&customer).await, Some(2));
    // Whoever was never here has not left anything unread.
    assert_eq!(unread(&colleague).await, None);
    assert_eq!(colleague.case(CASE).await.read_to, 0);
    let mut stream = colleague.listen(None).await;
    stream.next().await;
    assert_eq!(colleague.read_up_to(CASE, 1).await, 1);
    assert_eq!((unread(&colleague).await, unread(&customer).await), (Some(2), Some(2)));
    assert_eq!(customer.read_up_to(CASE, 2).await, 2);
    assert_eq!((unread(&colleague).await, unread(&customer).await), (Some(2), None));
    // Only the reader hears of it: after one's own comes the reply.
    assert_eq!(stream.next().await.event, LiveEvent::CaseRead { number: CaseNumber(1) });
    assert_eq!(colleague.read_up_to(CASE, 1).await, 1);
    analyst.reply(CASE, "Another answer").await;
    let LiveEvent::CaseChanged { version, .. } = stream.next().await.event else { panic!("a change") };
    assert_eq!(version, 3);
    assert_eq!((unread(&colleague).await, unread(&customer).await), (Some(2), Some(3)));
    // The record in the answer to an action is the reader's own, too.
    assert_eq!(customer.act(CASE, Action::Close, None).await.read_to, 2);
}

async fn ones_own_entries_are_never_unread(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Talking to oneself")).await;
    for _ in 0..3 {
        customer.reply(CASE, "Anybody there?").await;
    }
    assert_eq!(customer.page(CASE, "at=unread").await.unread, None);
    analyst.act(CASE, Action::PickUp, None).await;
    analyst.reply(CASE, "Here I am").await;
    let (all, messages) =
        (customer.page(CASE, "at=unread").await, customer.page(CASE, "at=unread&only=messages").await);
    assert_eq!((all.unread, messages.unread), (Some(5), Some(6)));
    customer.read_up_to(CASE, 6).await;
    assert_eq!(customer.page(CASE, "at=unread").await.unread, None);
}

async fn a_mark_tells_nothing_of_notes(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Between ourselves")).await;
    analyst.reply(CASE, "An answer").await;
    analyst.try_note(CASE, "A note").await.expect(201);
    assert_eq!(customer.read_up_to(CASE, 3).await, 2);
    assert_eq!(customer.read_up_to(CASE, 4711).await, 2);
    assert_eq!(customer.page(CASE, "at=unread").await.unread, None);
    assert_eq!(analyst.read_up_to(CASE, 4711).await, 3);
    // To the rest of the team the note is unread.
    let second = portal.sign_in("second@support.test").await;
    second.read_up_to(CASE, 1).await;
    assert_eq!(second.page(CASE, "at=unread").await.unread, Some(2));
    second.read_up_to(CASE, 2).await;
    assert_eq!(second.page(CASE, "at=unread").await.unread, Some(3));
}

async fn only_those_who_see_the_case_may_mark_it(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Not for everyone")).await;
    let path = format!("/cases/{CASE}/read");
    for client in [portal.stranger().await, portal.sign_in("nobody@nowhere.test").await] {
        client.put(&path, &json!({ "position": 1 })).await.problem(ProblemCode::NotFound);
    }
    portal.anonymous().put(&path, &json!({ "position": 1 })).await.problem(ProblemCode::SignInRequired);
    for body in [json!({}), json!({ "position": "1" }), json!({ "position": 1, "person": "x" }), json!(1)] {
        customer.put(&path, &body).await.problem(ProblemCode::MalformedBody);
    }
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM reads").await, 1);
}
