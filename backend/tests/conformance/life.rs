//! What can be done to a case beside talking: priority, escalation, ETA, ticket.

use contract::{
    Action, CaseRecord, Entry, EscalationState, Priority, ProblemCode,
    case::{EtaChange, ReviewStep},
    field::FieldCode,
    thread::{Content, Purpose},
};
use reqwest::header;
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Draft, Portal, now, on_both};

on_both!(
    another_priority_is_asked_for_and_approved,
    another_priority_is_asked_for_and_declined,
    one_wish_at_a_time,
    support_ranks_unasked,
    an_escalation_from_start_to_end,
    an_escalation_that_was_none,
    an_emergency_is_escalated_already,
    closing_ends_what_is_open,
    an_eta_and_its_history,
    a_ticket_of_the_developers,
    details_belong_to_their_actions,
    strangers_find_nothing_to_do,
);

const NUMBER: &str = "CS-000001";

/// Tries an action with details on the case as it is now.
async fn try_with(client: &Client, action: Action, message: Option<&str>, details: Value) -> Answer {
    let tag = client.get(&format!("/cases/{NUMBER}")).await.expect(200).etag().to_owned();
    let body = json!({ "action": action, "message": message, "details": details });
    client.send(client.action_request(NUMBER, &body).header(header::IF_MATCH, tag)).await
}

async fn with(client: &Client, action: Action, message: Option<&str>, details: Value) -> CaseRecord {
    try_with(client, action, message, details).await.expect(200).json()
}

/// The newest entries, without the texts of messages.
fn last(timeline: &[Entry], count: usize) -> Vec<String> {
    let name = |entry: &Entry| match &entry.content {
        Content::Message { purpose, .. } => format!("{purpose:?}"),
        Content::PriorityReview { step } => format!("{step:?}"),
        Content::EscalationChanged { to } => format!("{to:?}"),
        Content::PriorityChanged { from, to } => format!("{from:?}->{to:?}"),
        Content::StatusChanged { to, .. } => format!("{to:?}"),
        other => format!("{other:?}"),
    };
    timeline[timeline.len() - count..].iter().map(name).collect()
}

async fn another_priority_is_asked_for_and_approved(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("More pressing than it was")).await;
    let asked = customer.act(NUMBER, Action::RequestPriorityReview, Some("The sale starts on Friday.")).await;
    let review = asked.priority_review.expect("it is asked for");
    assert_eq!((review.step, review.since), (ReviewStep::Requested, now()));
    assert!(!asked.actions.contains(&Action::RequestPriorityReview));
    let granted =
        with(&analyst, Action::ApprovePriorityReview, Some("Agreed."), json!({ "priority": "high" })).await;
    assert_eq!(granted.summary.priority, Priority::High);
    assert_eq!(granted.priority_review.expect("it is kept").step, ReviewStep::Approved);
    // What the requester said stays theirs.
    assert_eq!(granted.summary.impact, customer.case(NUMBER).await.summary.impact);
    let timeline = customer.timeline(NUMBER).await;
    let expected = ["PriorityReview", "Requested", "PriorityReview", "Approved", "Medium->High"];
    assert_eq!(last(&timeline, 5), expected);
    // Another one may be asked for now.
    assert!(customer.case(NUMBER).await.actions.contains(&Action::RequestPriorityReview));
}

async fn another_priority_is_asked_for_and_declined(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Not as pressing as I think")).await;
    customer.act(NUMBER, Action::RequestPriorityReview, Some("I am in a hurry.")).await;
    let problem = analyst
        .try_act(NUMBER, Action::DeclinePriorityReview, None)
        .await
        .problem(ProblemCode::InvalidFields);
    assert_eq!(problem.error_at("/message").map(|error| error.code), Some(FieldCode::Required));
    let declined = analyst.act(NUMBER, Action::DeclinePriorityReview, Some("There is a workaround.")).await;
    assert_eq!(declined.summary.priority, Priority::Medium);
    assert_eq!(declined.priority_review.expect("it is kept").step, ReviewStep::Declined);
    assert_eq!(last(&customer.timeline(NUMBER).await, 2), ["PriorityReview", "Declined"]);
}

async fn one_wish_at_a_time(portal: Portal) {
    let (customer, administrator) = (portal.customer().await, portal.administrator().await);
    customer.file(&Draft::problem("Asked twice")).await;
    portal
        .colleague()
        .await
        .try_act(NUMBER, Action::RequestPriorityReview, Some("Please."))
        .await
        .problem(ProblemCode::ActionNotAllowed);
    administrator.act(NUMBER, Action::RequestPriorityReview, Some("Please.")).await;
    for client in [customer, administrator] {
        let answer = client.try_act(NUMBER, Action::RequestPriorityReview, Some("Now!")).await;
        answer.problem(ProblemCode::ActionNotAllowed);
    }
    // Its answer is the way to another priority, which must be another one.
    let analyst = portal.analyst().await;
    try_with(&analyst, Action::SetPriority, None, json!({ "priority": "low" }))
        .await
        .problem(ProblemCode::ActionNotAllowed);
    for (details, code) in
        [(json!({}), FieldCode::Required), (json!({ "priority": "medium" }), FieldCode::UnknownOption)]
    {
        let problem = try_with(&analyst, Action::ApprovePriorityReview, None, details)
            .await
            .problem(ProblemCode::InvalidFields);
        assert_eq!(problem.error_at("/details/priority").map(|error| error.code), Some(code));
    }
}

async fn support_ranks_unasked(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Ranked")).await;
    let ranked = with(&analyst, Action::SetPriority, None, json!({ "priority": "urgent" })).await;
    assert_eq!(ranked.summary.priority, Priority::Urgent);
    assert_eq!(ranked.priority_review, None);
    with(&analyst, Action::SetPriority, Some("It can wait."), json!({ "priority": "low" })).await;
    let timeline = customer.timeline(NUMBER).await;
    assert_eq!(last(&timeline, 3), ["Medium->Urgent", "Explanation", "Urgent->Low"]);
    for client in [customer, portal.administrator().await] {
        try_with(&client, Action::SetPriority, None, json!({ "priority": "high" }))
            .await
            .problem(ProblemCode::ActionNotAllowed);
    }
}

async fn an_escalation_from_start_to_end(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("It got worse")).await;
    let answer = portal.colleague().await.try_act(NUMBER, Action::Escalate, Some("Help!")).await;
    answer.problem(ProblemCode::ActionNotAllowed);
    let steps = [
        (&customer, Action::Escalate, Some("All orders fail."), EscalationState::Started),
        (&analyst, Action::AcknowledgeEscalation, None, EscalationState::Acknowledged),
        (&analyst, Action::ProposeEscalationSolution, Some("Roll back."), EscalationState::SolutionProposed),
        (
            &customer,
            Action::RejectEscalationSolution,
            Some("Did not help."),
            EscalationState::SolutionRejected,
        ),
        (&analyst, Action::ProposeEscalationSolution, Some("Scale up."), EscalationState::SolutionProposed),
        (&customer, Action::AcceptEscalationSolution, Some("It did."), EscalationState::SolutionAccepted),
        (&analyst, Action::CloseEscalation, None, EscalationState::Closed),
    ];
    for (client, action, text, state) in steps {
        let case = client.act(NUMBER, action, text).await;
        assert_eq!(case.escalation.expect("it is escalated").state, state);
        assert!(case.summary.status.is_open(), "{action:?}");
    }
    let timeline = customer.timeline(NUMBER).await;
    assert_eq!(last(&timeline, 3), ["Escalation", "SolutionAccepted", "Closed"]);
    let said = timeline
        .iter()
        .filter(|entry| matches!(entry.content, Content::Message { purpose: Purpose::Escalation, .. }));
    assert_eq!(said.count(), 5);
    // It may get worse again.
    assert!(customer.case(NUMBER).await.actions.contains(&Action::Escalate));
}

async fn an_escalation_that_was_none(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("In a hurry")).await;
    customer.act(NUMBER, Action::Escalate, Some("I would like it today.")).await;
    analyst.try_act(NUMBER, Action::CancelEscalation, None).await.problem(ProblemCode::InvalidFields);
    let case = analyst.act(NUMBER, Action::CancelEscalation, Some("Escalations are for outages.")).await;
    assert_eq!(case.escalation.expect("it was escalated").state, EscalationState::Cancelled);
    let answer = analyst.try_act(NUMBER, Action::AcknowledgeEscalation, None).await;
    answer.problem(ProblemCode::ActionNotAllowed);
}

async fn an_emergency_is_escalated_already(portal: Portal) {
    let customer = portal.customer().await;
    let case = customer.file(&Draft::emergency()).await;
    assert!(!case.actions.contains(&Action::Escalate));
    let case = portal.analyst().await.act(NUMBER, Action::AcknowledgeEscalation, Some("On it.")).await;
    assert_eq!(case.escalation.expect("it is escalated").state, EscalationState::Acknowledged);
}

async fn closing_ends_what_is_open(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Solved itself")).await;
    customer.act(NUMBER, Action::RequestPriorityReview, Some("Quick!")).await;
    customer.act(NUMBER, Action::Escalate, Some("Quick!")).await;
    let closed = customer.act(NUMBER, Action::Close, None).await;
    assert_eq!(closed.escalation.expect("it was escalated").state, EscalationState::Closed);
    assert_eq!(closed.priority_review.expect("it was asked for").step, ReviewStep::Withdrawn);
    let outcome = closed.outcome.expect("it is closed");
    assert_eq!((outcome.accepted, outcome.by.name.as_str()), (false, "Jana Vogel"));
    // A message of one's own kind tells "Closed" twice: the escalation, and the case.
    assert_eq!(last(&customer.timeline(NUMBER).await, 3), ["Withdrawn", "Closed", "Closed"]);
    customer.reply(NUMBER, "It is back.").await;
    let reopened = customer.case(NUMBER).await;
    assert_eq!(reopened.outcome, None);
    assert!(reopened.actions.contains(&Action::Escalate));
}

async fn an_eta_and_its_history(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("When?")).await;
    for (text, details) in [
        (None, json!({ "eta": "2026-03-09" })),
        (Some("It takes longer."), json!({ "eta": "2026-03-20" })),
        (None, json!({})),
    ] {
        with(&analyst, Action::SetEta, text, details).await;
    }
    let case = customer.case(NUMBER).await;
    let days: Vec<_> = case.etas.iter().map(|change| change.to.map(|day| day.to_string())).collect();
    assert_eq!(days, [Some("2026-03-09".to_owned()), Some("2026-03-20".to_owned()), None]);
    assert_eq!(case.eta(), None);
    let EtaChange { by, at, .. } = &case.etas[0];
    assert_eq!((by.name.as_str(), *at), ("Ruth Okafor", now()));
    let told = customer.timeline(NUMBER).await;
    let told = told.iter().filter(|entry| matches!(entry.content, Content::EtaChanged { .. })).count();
    assert_eq!(told, 3);
    for client in [customer, portal.administrator().await, portal.partner().await] {
        try_with(&client, Action::SetEta, None, json!({ "eta": "2026-03-05" }))
            .await
            .problem(ProblemCode::ActionNotAllowed);
    }
}

async fn a_ticket_of_the_developers(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("A defect")).await;
    let ticket =
        json!({ "key": "shop-12", "url": "https://jira.example/SHOP-12", "status": " In  progress " });
    let case = with(&analyst, Action::SetJiraTicket, None, json!({ "jira": ticket })).await;
    let jira = case.jira.expect("a ticket");
    assert_eq!((jira.key.as_str(), jira.status.as_deref()), ("SHOP-12", Some("In progress")));
    assert_eq!(customer.case(NUMBER).await.jira, Some(jira));
    let wrong = json!({ "key": "12", "url": "javascript:alert(1)" });
    let problem = try_with(&analyst, Action::SetJiraTicket, None, json!({ "jira": wrong }))
        .await
        .problem(ProblemCode::InvalidFields);
    assert!(problem.error_at("/details/jira/key").is_some());
    assert!(problem.error_at("/details/jira/url").is_some());
    // It may change after the case is closed, and go.
    analyst.act(NUMBER, Action::Close, Some("Done.")).await;
    assert_eq!(with(&analyst, Action::SetJiraTicket, None, json!({})).await.jira, None);
}

async fn details_belong_to_their_actions(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Too much of it")).await;
    for (client, action, details, pointer) in [
        (&analyst, Action::PickUp, json!({ "priority": "low" }), "/details/priority"),
        (&analyst, Action::SetPriority, json!({ "priority": "low", "eta": "2026-03-05" }), "/details/eta"),
        (&customer, Action::Close, json!({ "jira": { "key": "SHOP-1" } }), "/details/jira"),
    ] {
        let problem = try_with(client, action, None, details).await.problem(ProblemCode::InvalidFields);
        assert_eq!(
            problem.error_at(pointer).map(|error| error.code),
            Some(FieldCode::NotAsked),
            "{action:?}"
        );
    }
    for details in [json!({ "colour": "red" }), json!({ "priority": "Urgent" }), json!({ "eta": "soon" })] {
        try_with(&analyst, Action::SetPriority, None, details).await.problem(ProblemCode::MalformedBody);
    }
    assert_eq!(analyst.case(NUMBER).await.version, 1);
}

async fn strangers_find_nothing_to_do(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Not yours")).await;
    let stranger = portal.stranger().await;
    for action in Action::ALL.iter().filter(|action| action.is_taken()) {
        let request = stranger.action_request(NUMBER, &json!({ "action": action, "message": "x" }));
        stranger.send(request.header(header::IF_MATCH, "\"1\"")).await.problem(ProblemCode::NotFound);
    }
}
