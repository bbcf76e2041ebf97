//! What a customer changes about a case: its reference, its answers, and how it went.

use contract::{
    Action, CaseRecord, ProblemCode, SurveyState, field::FieldCode, survey::SurveyAnswer, thread::Content,
};
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Draft, Portal, now, on_both};

on_both!(
    the_reference_is_the_customers,
    a_reference_decided_on_an_old_version,
    answers_are_corrected_until_the_case_is_picked_up,
    corrected_answers_are_checked,
    how_it_went_is_said_once,
    how_it_went_is_told_to_few,
    a_survey_may_be_skipped,
    strangers_change_nothing,
);

const NUMBER: &str = "CS-000001";

async fn send(client: &Client, method: Method, below: &str, body: &Value, tag: &str) -> Answer {
    let request = client.request(method, &format!("/cases/{NUMBER}{below}")).json(body);
    client.send(request.header(header::IF_MATCH, tag)).await
}

async fn refer(client: &Client, reference: Option<&str>) -> Answer {
    let tag = client.get(&format!("/cases/{NUMBER}")).await.expect(200).etag().to_owned();
    send(client, Method::PATCH, "", &json!({ "internal_reference": reference }), &tag).await
}

async fn survey(client: &Client, body: &Value) -> Answer {
    client.send(client.request(Method::PUT, &format!("/cases/{NUMBER}/survey")).json(body)).await
}

async fn the_reference_is_the_customers(portal: Portal) {
    let customer = portal.customer().await;
    let filed = customer.file(&Draft::problem("Known to us as something else")).await;
    let case: CaseRecord = refer(&customer, Some("  PO   4711\n ")).await.expect(200).json();
    assert_eq!(case.internal_reference.as_deref(), Some("PO 4711"));
    assert_eq!((case.version, case.summary.updated_at), (2, filed.summary.updated_at));
    assert_eq!(customer.find("4711").await, [NUMBER]);
    let case: CaseRecord = refer(&portal.administrator().await, Some("PO 0815")).await.expect(200).json();
    assert_eq!(case.internal_reference.as_deref(), Some("PO 0815"));
    // Neither the old one nor anything else found it only by chance.
    assert!(customer.find("4711").await.is_empty());
    assert_eq!(customer.find("known something").await, [NUMBER]);
    for client in [portal.colleague().await, portal.partner().await, portal.analyst().await] {
        refer(&client, Some("Mine")).await.problem(ProblemCode::ActionNotAllowed);
    }
    let problem = refer(&customer, Some(&"x".repeat(501))).await.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.error_at("/internal_reference").map(|error| error.code), Some(FieldCode::TooLong));
    let case: CaseRecord = refer(&customer, Some(" ")).await.expect(200).json();
    assert_eq!(case.internal_reference, None);
}

async fn a_reference_decided_on_an_old_version(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Two at once")).await;
    refer(&portal.administrator().await, Some("Theirs")).await.expect(200);
    let mine = json!({ "internal_reference": "Mine" });
    let problem =
        send(&customer, Method::PATCH, "", &mine, "\"1\"").await.problem(ProblemCode::ChangedMeanwhile);
    assert!(problem.current.is_some());
    let request = customer.request(Method::PATCH, &format!("/cases/{NUMBER}")).json(&mine);
    customer.send(request).await.problem(ProblemCode::PreconditionMissing);
    assert_eq!(customer.case(NUMBER).await.internal_reference.as_deref(), Some("Theirs"));
}

async fn answers_are_corrected_until_the_case_is_picked_up(portal: Portal) {
    let customer = portal.customer().await;
    let draft = Draft::problem("Slow imports");
    customer.file(&draft).await;
    let corrected =
        draft.clone().with("subject", "Slow exports").with("impact", "p2").with("frequency", "once");
    let body = json!({ "answers": corrected.answers });
    let case: CaseRecord = send(&customer, Method::PUT, "/answers", &body, "\"1\"").await.expect(200).json();
    assert_eq!(case.summary.subject, "Slow exports");
    assert_eq!(case.summary.impact, Some(contract::Impact::P2));
    // Support's rank stays support's.
    assert_eq!(case.summary.priority, contract::Priority::Medium);
    let timeline = customer.timeline(NUMBER).await;
    let Content::AnswersChanged { questions } = &timeline[1].content else { panic!("{timeline:?}") };
    assert_eq!(questions.len(), 3, "{questions:?}");
    assert_eq!(customer.find("exports").await, [NUMBER]);
    // The same answers again are no correction.
    let same: CaseRecord = send(&customer, Method::PUT, "/answers", &body, "\"2\"").await.expect(200).json();
    assert_eq!(same.version, 2);
    for client in [portal.colleague().await, portal.partner().await, portal.analyst().await] {
        send(&client, Method::PUT, "/answers", &body, "\"2\"").await.problem(ProblemCode::ActionNotAllowed);
    }
    send(&customer, Method::PUT, "/answers", &body, "\"1\"").await.problem(ProblemCode::ChangedMeanwhile);
    portal.analyst().await.act(NUMBER, Action::PickUp, None).await;
    send(&customer, Method::PUT, "/answers", &body, "\"3\"").await.problem(ProblemCode::ActionNotAllowed);
}

async fn corrected_answers_are_checked(portal: Portal) {
    let customer = portal.customer().await;
    let draft = Draft::problem("Slow imports");
    customer.file(&draft).await;
    for (question, answer) in
        [("impact", json!("p9")), ("environment", json!("Mars")), ("colour", json!("red"))]
    {
        let mut answers = draft.answers.clone();
        answers.insert(question.to_owned(), answer);
        let body = json!({ "answers": answers });
        let problem = send(&customer, Method::PUT, "/answers", &body, "\"1\"")
            .await
            .problem(ProblemCode::InvalidFields);
        assert!(problem.error_at(&format!("/answers/{question}")).is_some(), "{problem:?}");
    }
    assert_eq!(customer.case(NUMBER).await.version, 1);
}

async fn how_it_went_is_said_once(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Over soon")).await;
    let answer = json!({ "answer": { "effort": 4, "satisfaction": 5, "comment": "Quick!" } });
    survey(&customer, &answer).await.problem(ProblemCode::ActionNotAllowed);
    customer.act(NUMBER, Action::Close, None).await;
    let wrong = json!({ "answer": { "effort": 0, "satisfaction": 6 } });
    let problem = survey(&customer, &wrong).await.problem(ProblemCode::InvalidFields);
    assert!(
        problem.error_at("/answer/effort").is_some() && problem.error_at("/answer/satisfaction").is_some()
    );
    let case: CaseRecord = survey(&customer, &answer).await.expect(200).json();
    let expected = SurveyAnswer { effort: 4, satisfaction: 5, comment: Some("Quick!".to_owned()) };
    assert_eq!(case.survey, SurveyState::Answered { answer: expected, at: now() });
    assert!(!case.actions.contains(&Action::AnswerSurvey));
    // Once a case, also when it is closed a second time.
    survey(&customer, &answer).await.problem(ProblemCode::ActionNotAllowed);
    customer.reply(NUMBER, "It is back.").await;
    customer.act(NUMBER, Action::Close, None).await;
    survey(&customer, &answer).await.problem(ProblemCode::ActionNotAllowed);
}

async fn how_it_went_is_told_to_few(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Between us")).await;
    customer.act(NUMBER, Action::Close, None).await;
    let answer = json!({ "answer": { "effort": 1, "satisfaction": 1 } });
    let others = [portal.administrator().await, portal.colleague().await, portal.analyst().await];
    for client in &others {
        survey(client, &answer).await.problem(ProblemCode::ActionNotAllowed);
    }
    survey(&customer, &answer).await.expect(200);
    let told = async |client: &Client| client.case(NUMBER).await.survey != SurveyState::None;
    assert!(told(&others[0]).await && told(&others[2]).await);
    assert!(!told(&others[1]).await && !told(&portal.partner().await).await);
    assert!(customer.find("quick").await.is_empty());
}

async fn a_survey_may_be_skipped(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Rather not")).await;
    customer.act(NUMBER, Action::Close, None).await;
    let case: CaseRecord = survey(&customer, &json!("skip")).await.expect(200).json();
    assert_eq!(case.survey, SurveyState::Skipped);
    survey(&customer, &json!("skip")).await.problem(ProblemCode::ActionNotAllowed);
}

async fn strangers_change_nothing(portal: Portal) {
    let customer = portal.customer().await;
    let draft = Draft::problem("Not yours");
    customer.file(&draft).await;
    let stranger = portal.stranger().await;
    let reference = json!({ "internal_reference": "Mine" });
    send(&stranger, Method::PATCH, "", &reference, "\"1\"").await.problem(ProblemCode::NotFound);
    let answers = json!({ "answers": draft.answers });
    send(&stranger, Method::PUT, "/answers", &answers, "\"1\"").await.problem(ProblemCode::NotFound);
    survey(&stranger, &json!("skip")).await.problem(ProblemCode::NotFound);
    assert_eq!(customer.case(NUMBER).await.version, 1);
}
