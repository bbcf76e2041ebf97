//! What time does to cases that wait.

use std::sync::Arc;

use casement_backend::{
    app::{App, Settings},
    clock::Clock,
    reminders::{self, Reminders},
};
use chrono::TimeDelta;
use contract::{
    Action, Status,
    notification::{Channel, NotificationChoices, Topic},
    thread::{Content, Purpose},
};
use serde_json::json;

use crate::harness::{Draft, Portal, PostOffice, now, on_both, postman};

on_both!(
    a_case_that_waits_is_brought_to_mind_once,
    an_answer_ends_the_waiting,
    an_unanswered_solution_closes_its_case,
    without_the_policy_solutions_wait,
    the_survey_is_asked_for_once,
);

const NUMBER: &str = "CS-000001";
const REMINDERS: &str = "SELECT COUNT(*) AS value FROM mails WHERE kind = 'reminder'";

/// What is due after so long is done, twice.
async fn pass(portal: &Portal, by: TimeDelta) {
    let app = App { clock: Clock::Fixed(now() + by), ..portal.app().clone() };
    for _ in 0..2 {
        reminders::round(&app).await.expect("a round");
    }
}

async fn a_case_that_waits_is_brought_to_mind_once(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Checkout is slow").with("watchers", json!(["bare@elsewhere.test"]))).await;
    analyst.act(NUMBER, Action::RequestInformation, Some("Which version?")).await;
    pass(&portal, TimeDelta::days(4)).await;
    assert_eq!(portal.number(REMINDERS).await, 0, "it is too early");
    pass(&portal, TimeDelta::days(5)).await;
    pass(&portal, TimeDelta::days(30)).await;
    assert_eq!(portal.number(REMINDERS).await, 1);
    let requester =
        format!("{REMINDERS} AND address = 'customer@acme.test' AND status = 'waiting_for_customer'");
    assert_eq!(portal.number(&requester).await, 1);
    // A new question is a new turn.
    customer.reply(NUMBER, "4.2").await;
    analyst.act(NUMBER, Action::RequestInformation, Some("And the browser?")).await;
    pass(&portal, TimeDelta::days(5)).await;
    assert_eq!(portal.number(REMINDERS).await, 2);
}

async fn an_answer_ends_the_waiting(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Checkout is slow")).await;
    analyst.act(NUMBER, Action::RequestInformation, Some("Which version?")).await;
    customer.reply(NUMBER, "4.2").await;
    pass(&portal, TimeDelta::days(5)).await;
    // Nor is who wants no such mails.
    customer.file(&Draft::problem("Search is slow")).await;
    analyst.act("CS-000002", Action::RequestInformation, Some("Which version?")).await;
    let silent = NotificationChoices::default().with(Topic::Status, Channel::Portal);
    customer.put("/notifications/choices", &silent).await.expect(200);
    pass(&portal, TimeDelta::days(5)).await;
    assert_eq!(portal.number(REMINDERS).await, 0);
}

async fn an_unanswered_solution_closes_its_case(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Checkout is slow")).await;
    analyst.act(NUMBER, Action::ProposeSolution, Some("Clear the cache.")).await;
    pass(&portal, TimeDelta::days(5)).await;
    assert_eq!(portal.number(REMINDERS).await, 1);
    pass(&portal, TimeDelta::days(10) - TimeDelta::seconds(1)).await;
    assert_eq!(customer.case(NUMBER).await.summary.status, Status::SolutionProposed);
    pass(&portal, TimeDelta::days(10)).await;
    assert_eq!(customer.case(NUMBER).await.summary.status, Status::Closed);
    let notes: Vec<_> = customer
        .timeline(NUMBER)
        .await
        .into_iter()
        .filter_map(|entry| match entry.content {
            Content::Message { purpose: Purpose::ClosingNote, source, .. } => Some(source),
            _ => None,
        })
        .collect();
    assert_eq!(notes, ["Closed, as nobody answered the proposed solution for 10 days."]);
}

async fn without_the_policy_solutions_wait(portal: Portal) {
    let change = |settings: &mut Settings| {
        settings.reminders = Reminders { waiting_days: 0, close_unanswered: false };
    };
    let server = portal.with_settings(change).await;
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    for number in ["CS-000001", "CS-000002"] {
        customer.file(&Draft::problem("Checkout is slow")).await;
        let (action, text) = match number {
            NUMBER => (Action::ProposeSolution, "Clear the cache."),
            _ => (Action::RequestInformation, "Which version?"),
        };
        analyst.act(number, action, Some(text)).await;
    }
    let settings = Arc::clone(&server.app.settings);
    let app = App { clock: Clock::Fixed(now() + TimeDelta::days(100)), settings, ..portal.app().clone() };
    reminders::round(&app).await.expect("a round");
    assert_eq!(portal.number(REMINDERS).await, 0);
    assert_eq!(customer.case(NUMBER).await.summary.status, Status::SolutionProposed);
}

async fn the_survey_is_asked_for_once(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    for number in ["CS-000001", "CS-000002"] {
        customer.file(&Draft::problem("Checkout is slow")).await;
        analyst.act(number, Action::Close, Some("Done.")).await;
    }
    customer.put("/cases/CS-000002/survey", &json!("skip")).await.expect(200);
    pass(&portal, TimeDelta::hours(23)).await;
    assert_eq!(portal.number(REMINDERS).await, 0);
    pass(&portal, TimeDelta::days(1)).await;
    pass(&portal, TimeDelta::days(2)).await;
    assert_eq!(portal.number(REMINDERS).await, 1, "who skipped it is not asked again");
    let (office, url) = PostOffice::open().await;
    portal.sql("DELETE FROM mails WHERE kind <> 'reminder'", []).await;
    postman(&portal, &url, TimeDelta::days(2)).round().await.expect("a round");
    let mails = office.take();
    let [mail] = mails.as_slice() else { panic!("one mail: {mails:?}") };
    assert!(
        mail.header("Subject")
            .starts_with("Case Receipt - Case ID: CS-000001 - Customer: Acme - Status: Closed.")
    );
    assert!(mail.text.contains("https://portal.test/cases/CS-000001#survey"), "{}", mail.text);
    customer.reply(NUMBER, "It is slow again.").await;
    analyst.act(NUMBER, Action::Close, Some("Done again.")).await;
    pass(&portal, TimeDelta::days(3)).await;
    assert_eq!(portal.number(REMINDERS).await, 1, "nor is anybody twice");
}
