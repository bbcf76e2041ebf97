//! What happens to a case, from filing to closing.

use chrono::TimeDelta;
use contract::{
    Action, CaseRecord, Entry, ProblemCode, Status,
    field::FieldCode,
    lifecycle::Reopening,
    thread::{Content, Purpose},
};
use reqwest::{Method, header};
use serde_json::json;

use crate::harness::{Draft, Portal, fresh_key, now, on_both};

on_both!(
    a_whole_life,
    a_solution_accepted_without_a_word,
    what_the_state_forbids,
    customers_do_not_act_as_support,
    a_change_needs_the_version_it_was_decided_on,
    a_change_on_an_old_version_gets_the_present_one,
    reading_again_costs_nothing,
    texts_of_actions,
    replies_and_notes_are_no_actions,
    a_reply_opens_a_closed_case_again,
    closed_stays_closed_by_policy,
    closed_opens_again_within_days,
);

fn purposes(timeline: &[Entry]) -> Vec<Purpose> {
    let purpose = |entry: &Entry| match &entry.content {
        Content::Message { purpose, .. } => Some(*purpose),
        _ => None,
    };
    timeline.iter().filter_map(purpose).collect()
}

async fn a_whole_life(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    let number = &customer.file(&Draft::problem("From filing to closing")).await.summary.number.to_string();
    let mut version = 1;
    let mut check = |case: &CaseRecord, status: Status| {
        version += 1;
        assert_eq!((case.summary.status, case.version), (status, version));
    };
    check(&analyst.act(number, Action::PickUp, None).await, Status::Diagnosis);
    let request = "Which browser is it?";
    check(&analyst.act(number, Action::RequestInformation, Some(request)).await, Status::WaitingForCustomer);
    customer.reply(number, "All of them.").await;
    check(&customer.case(number).await, Status::WaitingForSupport);
    analyst.reply(number, "Thank you, looking.").await;
    check(&analyst.case(number).await, Status::WaitingForSupport);
    check(&analyst.act(number, Action::ProposeSolution, Some("Clear it.")).await, Status::SolutionProposed);
    check(&customer.act(number, Action::RejectSolution, Some("No use.")).await, Status::WaitingForSupport);
    check(&analyst.act(number, Action::ProposeSolution, Some("Update.")).await, Status::SolutionProposed);
    let closed = customer.act(number, Action::AcceptSolution, Some("That was it!")).await;
    check(&closed, Status::Closed);
    assert_eq!(closed.closed_at, Some(now()));
    assert_eq!(closed.actions[..2], [Action::Reply, Action::ReplyAndClose]);
    assert!(!closed.actions.contains(&Action::Close) && closed.actions.contains(&Action::AnswerSurvey));
    customer.reply(number, "It is back.").await;
    let reopened = customer.case(number).await;
    check(&reopened, Status::WaitingForSupport);
    assert_eq!(reopened.closed_at, None);
    check(&analyst.act(number, Action::Close, Some("A duplicate.")).await, Status::Closed);

    let timeline = customer.timeline(number).await;
    assert_eq!(
        purposes(&timeline),
        [
            Purpose::InformationRequest,
            Purpose::Reply,
            Purpose::Reply,
            Purpose::Solution,
            Purpose::Rejection,
            Purpose::Solution,
            Purpose::Acceptance,
            Purpose::Reply,
            Purpose::ClosingNote,
        ]
    );
    // Every step of the status stands there, each from where the last one led.
    let mut status = Status::Received;
    for entry in &timeline {
        if let Content::StatusChanged { from, to } = entry.content {
            assert_eq!(from, status);
            status = to;
        }
    }
    assert_eq!(status, Status::Closed);
    let positions: Vec<_> = timeline.iter().map(|entry| entry.position).collect();
    assert_eq!(positions, (1..=i64::try_from(timeline.len()).expect("few")).collect::<Vec<_>>());
    // An action answers the record as reading does.
    assert_eq!(customer.case(number).await.version, version);
}

async fn a_solution_accepted_without_a_word(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Solved in silence")).await;
    analyst.act("CS-000001", Action::ProposeSolution, Some("Try again.")).await;
    let answer = customer.try_act("CS-000001", Action::AcceptSolution, None).await.expect(200);
    assert_eq!(answer.etag(), "\"3\"");
    assert_eq!(answer.json::<CaseRecord>(), customer.case("CS-000001").await);
    assert_eq!(purposes(&customer.timeline("CS-000001").await), [Purpose::Solution]);
}

async fn what_the_state_forbids(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Not at every time")).await;
    for (client, action) in [
        (&customer, Action::AcceptSolution),
        (&customer, Action::RejectSolution),
        (&analyst, Action::AcceptSolution),
        (&analyst, Action::ReplyAndClose),
    ] {
        let answer = client.try_act("CS-000001", action, Some("x")).await;
        let problem = answer.problem(ProblemCode::ActionNotAllowed);
        assert_eq!(problem.allowed, Some(client.case("CS-000001").await.actions), "{action:?}");
    }
    analyst.act("CS-000001", Action::PickUp, None).await;
    analyst.try_act("CS-000001", Action::PickUp, None).await.problem(ProblemCode::ActionNotAllowed);
    customer.act("CS-000001", Action::Close, None).await;
    for action in [Action::Close, Action::PickUp, Action::ProposeSolution, Action::RequestInformation] {
        analyst.try_act("CS-000001", action, Some("x")).await.problem(ProblemCode::ActionNotAllowed);
    }
    assert_eq!(customer.timeline("CS-000001").await.len(), 3);
}

async fn customers_do_not_act_as_support(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Hands off")).await;
    for client in [
        portal.customer().await,
        portal.colleague().await,
        portal.administrator().await,
        portal.partner().await,
    ] {
        for action in [Action::PickUp, Action::RequestInformation, Action::ProposeSolution, Action::AddNote] {
            let answer = client.try_act("CS-000001", action, Some("x")).await;
            let allowed = answer.problem(ProblemCode::ActionNotAllowed).allowed.expect("what is allowed");
            assert!(!allowed.contains(&action), "{allowed:?}");
        }
        client.try_note("CS-000001", "A note").await.problem(ProblemCode::ActionNotAllowed);
    }
    assert_eq!(portal.analyst().await.timeline("CS-000001").await.len(), 1);
}

async fn a_change_needs_the_version_it_was_decided_on(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Decided on what was read")).await;
    let close = json!({ "action": "close" });
    customer
        .send(customer.action_request("CS-000001", &close))
        .await
        .problem(ProblemCode::PreconditionMissing);
    for tag in ["1", "\"1", "\"\"", "\"one\"", "W/\"1\"", "*", "\"1\", \"2\"", "\"99999999999999999999\"", ""]
    {
        customer.act_on("CS-000001", tag, Action::Close, None).await.problem(ProblemCode::MalformedRequest);
    }
    assert_eq!(customer.case("CS-000001").await.version, 1);
}

async fn a_change_on_an_old_version_gets_the_present_one(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Changed behind my back")).await;
    analyst.act("CS-000001", Action::PickUp, None).await;
    for tag in ["\"1\"", "\"3\"", "\"-1\""] {
        let problem = customer
            .act_on("CS-000001", tag, Action::Close, None)
            .await
            .problem(ProblemCode::ChangedMeanwhile);
        // As the person reads it, so that their page can show it.
        let now = serde_json::to_value(customer.case("CS-000001").await).expect("it is written");
        let current: serde_json::Value =
            serde_json::from_str(problem.current.expect("the present record").0.get()).expect("JSON");
        assert_eq!(current, now);
    }
    customer.act_on("CS-000001", "\"2\"", Action::Close, None).await.expect(200);
}

async fn reading_again_costs_nothing(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Read twice")).await;
    let tag = customer.get("/cases/CS-000001").await.expect(200).etag().to_owned();
    let again = |tag: String| {
        let request = customer.request(Method::GET, "/cases/CS-000001").header(header::IF_NONE_MATCH, tag);
        customer.send(request)
    };
    let unchanged = again(tag.clone()).await.expect(304);
    assert_eq!((unchanged.etag(), unchanged.body.as_str()), (tag.as_str(), ""));
    again("\"0\"".to_owned()).await.expect(200);
    customer.reply("CS-000001", "Something new").await;
    let changed = again(tag.clone()).await.expect(200);
    assert_ne!(changed.etag(), tag);
    // A stranger learns nothing from a tag.
    let stranger = portal.stranger().await;
    let request = stranger.request(Method::GET, "/cases/CS-000001").header(header::IF_NONE_MATCH, "\"2\"");
    stranger.send(request).await.problem(ProblemCode::NotFound);
}

async fn texts_of_actions(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("With and without words")).await;
    let long = "x".repeat(50_001);
    for (action, message, code) in [
        (Action::PickUp, Some("Mine!"), FieldCode::NotAsked),
        (Action::RequestInformation, None, FieldCode::Required),
        (Action::ProposeSolution, Some("  \n "), FieldCode::Required),
        (Action::ProposeSolution, Some(long.as_str()), FieldCode::TooLong),
        (Action::Close, None, FieldCode::Required),
    ] {
        let problem = analyst.try_act("CS-000001", action, message).await.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.error_at("/message").map(|error| error.code), Some(code), "{action:?}");
    }
    // Customers need not say why they close; blanks are no words.
    customer.act("CS-000001", Action::Close, Some("   ")).await;
    let timeline = customer.timeline("CS-000001").await;
    assert_eq!(timeline.len(), 2);
    assert_eq!(timeline[1].content, Content::StatusChanged { from: Status::Received, to: Status::Closed });
}

async fn replies_and_notes_are_no_actions(portal: Portal) {
    portal.customer().await.file(&Draft::problem("One address for each thing")).await;
    let analyst = portal.analyst().await;
    for action in [Action::Reply, Action::AddNote] {
        let problem =
            analyst.try_act("CS-000001", action, Some("Hello")).await.problem(ProblemCode::InvalidFields);
        assert!(problem.error_at("/action").is_some(), "{problem:?}");
    }
    assert_eq!(analyst.timeline("CS-000001").await.len(), 1);
}

async fn a_reply_opens_a_closed_case_again(portal: Portal) {
    let customer = portal.customer().await;
    let colleague = portal.colleague().await;
    customer.file(&Draft::problem("Closed too early")).await;
    customer.act("CS-000001", Action::Close, None).await;
    // Support's words leave it closed; everyone who sees it on the customer's side opens it.
    portal.analyst().await.reply("CS-000001", "All the best!").await;
    assert_eq!(customer.case("CS-000001").await.summary.status, Status::Closed);
    colleague.reply("CS-000001", "It is back.").await;
    assert_eq!(customer.case("CS-000001").await.summary.status, Status::WaitingForSupport);
    // A reply that closes leaves a closed case closed, since when it was.
    customer.act("CS-000001", Action::Close, None).await;
    let later = portal.later(TimeDelta::days(1)).await;
    let case = customer.at(&later.base).act("CS-000001", Action::ReplyAndClose, Some("Thanks!")).await;
    assert_eq!((case.summary.status, case.closed_at), (Status::Closed, Some(now())));
    assert_eq!(case.summary.updated_at, now() + TimeDelta::days(1));
}

async fn closed_stays_closed_by_policy(portal: Portal) {
    let server = portal.with_settings(|settings| settings.reopening = Reopening::Never).await;
    let customer = portal.customer().await.at(&server.base);
    customer.file(&Draft::problem("Closed for good")).await;
    let closed = customer.act("CS-000001", Action::Close, None).await;
    assert!(closed.actions.contains(&Action::ReplyAndClose) && !closed.actions.contains(&Action::Reply));
    let problem = customer.try_reply("CS-000001", "Hello?").await.problem(ProblemCode::ActionNotAllowed);
    assert_eq!(problem.allowed, Some(closed.actions));
    assert_eq!(customer.case("CS-000001").await.version, 2);
}

async fn closed_opens_again_within_days(portal: Portal) {
    let policy = Reopening::WithinDays(30);
    let customer = portal.customer().await;
    for _ in 0..2 {
        customer.file(&Draft::problem("Closed a while ago")).await;
    }
    for number in ["CS-000001", "CS-000002"] {
        customer.act(number, Action::Close, None).await;
    }
    for (days, number, opens) in [(30, "CS-000001", true), (31, "CS-000002", false)] {
        let later = portal.later(TimeDelta::days(days)).await;
        let mut settings = later.app.settings.as_ref().clone();
        settings.reopening = policy;
        let app = casement_backend::app::App { settings: settings.into(), ..later.app.clone() };
        let server = crate::harness::Server::start(app).await;
        let customer = crate::harness::Client::anonymous(&server.base);
        let mut customer = customer;
        customer.try_sign_in("customer@acme.test", crate::harness::PASSWORD).await.expect(201);
        assert_eq!(customer.case(number).await.actions.contains(&Action::Reply), opens, "{days} days");
        let answer = customer.try_reply(number, "It is back.").await;
        assert_eq!(answer.status == 201, opens, "{days} days: {answer:?}");
    }
    // One key, one request: a refused reply can be sent again as it was.
    let key = fresh_key();
    customer.post_as("/cases/CS-000002/messages", &key, &json!({ "body": "Again" })).await.expect(201);
}
