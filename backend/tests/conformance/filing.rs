//! Filing a case.

use chrono::NaiveDate;
use contract::{
    Action, CaseRecord, Impact, Priority, ProblemCode, Status,
    catalogue::{Answer, Kind, Receipt},
    field::FieldCode,
    markdown::Block,
    thread::Content,
};
use serde_json::{Value, json};

use crate::harness::{Client, Draft, Portal, now, on_both};

on_both!(
    a_case_is_filed,
    the_record_equals_what_was_asked,
    every_mistake_is_named_at_its_field,
    types_that_cannot_be_filed,
    for_one_of_ones_own_organisations,
    partners_choose_the_organisation,
    some_things_are_for_customers_only,
    support_files_no_cases,
    people_of_no_organisation_file_nothing,
    text_is_cleaned_and_kept,
    days_at_the_end_of_time,
    numbers_count_up,
);

async fn refusal(client: &Client, draft: &Draft, pointer: &str) -> FieldCode {
    let problem = client.post("/cases", draft).await.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.errors.len(), 1, "{problem:?}");
    let error = problem.error_at(pointer).unwrap_or_else(|| panic!("nothing at {pointer}: {problem:?}"));
    error.code
}

async fn a_case_is_filed(portal: Portal) {
    let client = portal.customer().await;
    let answer = client.post("/cases", &Draft::problem("Imports stay in the queue")).await.expect(201);
    assert_eq!(answer.header("location"), Some("/api/v1/cases/CS-000001"));
    assert_eq!(answer.etag(), "\"1\"");
    let case: CaseRecord = answer.json();
    let me = client.session().await.person;
    assert_eq!(case.summary.number.to_string(), "CS-000001");
    assert_eq!(case.summary.subject, "Imports stay in the queue");
    assert_eq!(case.summary.status, Status::Received);
    assert_eq!(case.summary.type_id, "problem");
    assert_eq!(case.summary.type_title, "Report a problem or incident");
    assert_eq!(case.summary.impact, Some(Impact::P3));
    assert_eq!(case.summary.priority, Priority::Medium);
    assert_eq!(case.summary.environment.as_deref(), Some("Production"));
    assert_eq!(case.summary.organisation.id, portal.people.acme);
    assert_eq!((&case.summary.requester, &case.filer), (&me, &me));
    assert_eq!((case.summary.created_at, case.summary.updated_at), (now(), now()));
    assert_eq!((case.version, case.closed_at, case.receipt), (1, None, Receipt::Case));
    assert!(case.actions.starts_with(&[Action::Reply, Action::ReplyAndClose, Action::Close]));
    // What was answered is what stands there.
    assert_eq!(client.case("CS-000001").await, case);
    let timeline = client.timeline("CS-000001").await;
    let [filed] = timeline.as_slice() else { panic!("{timeline:?}") };
    assert_eq!((&filed.content, filed.position, filed.at, &filed.author), (&Content::Filed, 1, now(), &me));
}

async fn the_record_equals_what_was_asked(portal: Portal) {
    let client = portal.customer().await;
    let draft = Draft::problem("  A   subject\twith gaps ")
        .with("error-message", "```\nBoom\n```\n")
        .with("changed", true)
        .with("change-details", "A **deployment**.")
        .with("first-seen", "2026-03-01T08:30:00+01:00")
        .with("desired-date", "2026-03-20")
        .with("internal-reference", "INC-77")
        .with("additional-contact", " team@acme.test ")
        .with("impact", "p1");
    let case = client.file(&draft).await;
    let answer = |id: &str| case.submission.iter().find(|asked| asked.question == id);
    let text = |id: &str| answer(id).map(|asked| asked.answer.clone());
    let said = |text: &str| Some(Answer::Text(text.to_owned()));
    assert_eq!(case.summary.subject, "A subject with gaps");
    assert_eq!(text("subject"), said("A subject with gaps"));
    assert_eq!(text("first-seen"), said("2026-03-01T07:30:00Z"));
    assert_eq!(text("changed"), Some(Answer::Flag(true)));
    assert_eq!(case.summary.priority, Priority::Urgent);
    assert_eq!(case.desired_date, NaiveDate::from_ymd_opt(2026, 3, 20));
    assert_eq!(case.internal_reference.as_deref(), Some("INC-77"));
    assert_eq!(case.additional_contact.as_deref(), Some("team@acme.test"));
    let component = answer("component").expect("the component");
    assert_eq!((component.kind, component.label.as_str()), (Kind::Choice, "Which part is affected?"));
    assert_eq!(component.words, ["Queues and scheduled jobs"]);
    assert_eq!(answer("changed").expect("it").words, ["Yes"]);
    let log = answer("error-message").expect("the log");
    assert_eq!(log.body, [Block::Code { language: None, text: "Boom\n".to_owned() }]);
    // In the order asked.
    let order: Vec<_> = case.submission.iter().map(|asked| asked.question.as_str()).collect();
    assert_eq!(order[..4], ["area", "hosting", "environment", "subject"]);
    assert_eq!(order[order.len() - 3..], ["desired-date", "additional-contact", "internal-reference"]);
}

async fn every_mistake_is_named_at_its_field(portal: Portal) {
    let client = portal.customer().await;
    let good = || Draft::problem("A good report");
    let long = |length: usize| "x".repeat(length);
    for (draft, pointer, code) in [
        (good().without("subject"), "/answers/subject", FieldCode::Required),
        (good().with("subject", "   "), "/answers/subject", FieldCode::Required),
        (good().with("subject", "Help"), "/answers/subject", FieldCode::TooShort),
        (good().with("subject", long(201)), "/answers/subject", FieldCode::TooLong),
        (good().with("description", long(50_001)), "/answers/description", FieldCode::TooLong),
        (good().with("affected-urls", long(5_001)), "/answers/affected-urls", FieldCode::TooLong),
        (good().with("internal-reference", long(101)), "/answers/internal-reference", FieldCode::TooLong),
        (good().with("component", "coffee"), "/answers/component", FieldCode::UnknownOption),
        (good().with("environment", "Werk Süd"), "/answers/environment", FieldCode::UnknownOption),
        (good().with("subject", 5), "/answers/subject", FieldCode::Malformed),
        (good().with("subject", json!(["a", "b"])), "/answers/subject", FieldCode::Malformed),
        (good().with("changed", "perhaps"), "/answers/changed", FieldCode::Malformed),
        (good().with("changed", true), "/answers/change-details", FieldCode::Required),
        (good().with("first-seen", "yesterday"), "/answers/first-seen", FieldCode::Malformed),
        (good().with("first-seen", "2026-02-30T00:00:00Z"), "/answers/first-seen", FieldCode::Malformed),
        (good().with("desired-date", "2026-03-01"), "/answers/desired-date", FieldCode::NotInFuture),
        (good().with("desired-date", "31.3.2026"), "/answers/desired-date", FieldCode::Malformed),
        (good().with("additional-contact", "team"), "/answers/additional-contact", FieldCode::Malformed),
        // Not asked unless it happens often or rarely.
        (good().with("pattern", "Every Monday"), "/answers/pattern", FieldCode::NotAsked),
        (good().with("colour", "green"), "/answers/colour", FieldCode::NotAsked),
        (good().with("a/b~c", "green"), "/answers/a~1b~0c", FieldCode::NotAsked),
    ] {
        assert_eq!(refusal(&client, &draft, pointer).await, code, "{pointer}");
    }
    // All at once, where there are many.
    let empty = Draft { answers: serde_json::Map::new(), ..good() };
    let problem = client.post("/cases", &empty).await.problem(ProblemCode::InvalidFields);
    assert!(problem.errors.len() > 5, "{problem:?}");
    assert!(problem.detail.contains(&problem.errors.len().to_string()), "{problem:?}");
    // The limits themselves are allowed, and nothing refused was filed.
    let brim = good().with("subject", long(200)).with("description", "ü".repeat(50_000));
    assert_eq!(client.file(&brim).await.summary.number.to_string(), "CS-000001");
    client.file(&good().with("desired-date", "2026-03-02")).await;
}

async fn types_that_cannot_be_filed(portal: Portal) {
    let client = portal.customer().await;
    for type_id in ["nothing", "", "Problem", "problem\0", "question"] {
        let draft = Draft { type_id: type_id.to_owned(), ..Draft::problem("Of no type") };
        let code = refusal(&client, &draft, "/type").await;
        assert_eq!(code, FieldCode::UnknownOption, "{type_id}");
    }
}

async fn for_one_of_ones_own_organisations(portal: Portal) {
    let client = portal.customer().await;
    let draft = || Draft::problem("For whom it may concern");
    assert_eq!(
        client.file(&draft().of(portal.people.acme)).await.summary.organisation.id,
        portal.people.acme
    );
    let theirs = client.post("/cases", &draft().of(portal.people.nordwerk)).await;
    let nobodys = client.post("/cases", &draft().of(uuid::Uuid::now_v7())).await;
    assert_eq!(theirs.face(), nobodys.face());
    let problem = theirs.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.error_at("/organisation").map(|error| error.code), Some(FieldCode::UnknownOption));
    client.post("/cases", &draft().of("acme")).await.problem(ProblemCode::MalformedBody);
}

async fn partners_choose_the_organisation(portal: Portal) {
    let partner = portal.partner().await;
    let draft = || Draft::problem("Filed by the agency");
    assert_eq!(refusal(&partner, &draft(), "/organisation").await, FieldCode::Required);
    let case = partner.file(&draft().of(portal.people.nordwerk)).await;
    assert_eq!(case.summary.organisation.id, portal.people.nordwerk);
    assert!(case.actions.starts_with(&[Action::Reply, Action::ReplyAndClose, Action::Close]));
    // Environments are the chosen organisation's.
    let staging = draft().with("environment", "Staging");
    partner.file(&staging.clone().of(portal.people.acme)).await;
    let code = refusal(&partner, &staging.of(portal.people.nordwerk), "/answers/environment").await;
    assert_eq!(code, FieldCode::UnknownOption);
}

async fn some_things_are_for_customers_only(portal: Portal) {
    let (customer, partner) = (portal.customer().await, portal.partner().await);
    let monitoring = || Draft::change("monitoring").of(portal.people.acme);
    let partners = partner.post("/cases", &monitoring()).await.problem(ProblemCode::InvalidFields);
    let error = partners.error_at("/answers/change").expect("an error at the change");
    assert_eq!(error.code, FieldCode::CustomersOnly);
    assert!(error.message.contains("contract reasons"), "{error:?}");
    let customers = customer.post("/cases", &monitoring()).await.problem(ProblemCode::InvalidFields);
    assert_eq!(customers.error_at("/answers/change"), None, "{customers:?}");
}

async fn support_files_no_cases(portal: Portal) {
    let analyst = portal.analyst().await;
    for draft in [Draft::problem("By support"), Draft::problem("By support").of(portal.people.acme)] {
        analyst.post("/cases", &draft).await.problem(ProblemCode::Forbidden);
    }
    assert_eq!(analyst.counts("").await.total, 0);
}

async fn people_of_no_organisation_file_nothing(portal: Portal) {
    let outsider = portal.sign_in("nobody@nowhere.test").await;
    assert_eq!(
        refusal(&outsider, &Draft::problem("From nowhere"), "/organisation").await,
        FieldCode::Required
    );
    let draft = Draft::problem("From nowhere").of(portal.people.acme);
    assert_eq!(refusal(&outsider, &draft, "/organisation").await, FieldCode::UnknownOption);
    assert!(outsider.cases("").await.items.is_empty());
    assert_eq!(outsider.counts("").await.total, 0);
}

async fn text_is_cleaned_and_kept(portal: Portal) {
    let client = portal.customer().await;
    let kept =
        "👩‍👩‍👧‍👦 שלום עולם \u{202e}reversed\u{202c} مرحبا Zürich e\u{301} ’; DROP TABLE cases; -- <b>x</b> \u{1}";
    let draft = Draft::problem(kept)
        .with("description", format!("{kept}\r\nsecond line\rthird\0 line\n\n  \n"))
        .with("internal-reference", "A\0B\r\nC");
    let number = client.file(&draft).await.summary.number.to_string();
    let case = client.case(&number).await;
    assert_eq!(case.summary.subject, kept);
    let description = case.submission.iter().find(|asked| asked.question == "description").expect("it");
    let cleaned = format!("{kept}\nsecond line\nthird\u{fffd} line");
    assert_eq!(description.answer, Answer::Text(cleaned));
    assert_eq!(case.internal_reference.as_deref(), Some("A\u{fffd}B C"));
    assert_eq!(client.cases("").await.items[0].subject, kept);
}

async fn days_at_the_end_of_time(portal: Portal) {
    let client = portal.customer().await;
    for day in ["+262142-12-31", "-262143-01-01", "9999-12-31", "0000-01-01", "+999999-01-01"] {
        let draft = Draft::problem("Wanted some day").with("desired-date", day);
        let answer = client.post("/cases", &draft).await;
        if answer.status == 201 {
            let case: CaseRecord = answer.json();
            client.case(&case.summary.number.to_string()).await;
        } else {
            answer.problem(ProblemCode::InvalidFields);
        }
    }
    for moment in ["0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2016-12-31T23:59:60Z"] {
        let draft = Draft::problem("Seen at some time").with("first-seen", moment);
        let answer = client.post("/cases", &draft).await;
        assert!([201, 422].contains(&answer.status), "{moment}: {answer:?}");
    }
    let values: [Value; 3] = [json!(1e308), json!(-0.0), json!(i64::MAX)];
    for value in values {
        let draft = Draft::problem("A number for a word").with("subject", value);
        assert_eq!(refusal(&client, &draft, "/answers/subject").await, FieldCode::Malformed);
    }
}

async fn numbers_count_up(portal: Portal) {
    let client = portal.customer().await;
    for expected in ["CS-000001", "CS-000002"] {
        assert_eq!(
            client.file(&Draft::problem("One after the other")).await.summary.number.to_string(),
            expected
        );
        client.post("/cases", &Draft::problem("")).await.problem(ProblemCode::InvalidFields);
    }
    portal.sql("UPDATE counters SET value = 999999 WHERE name = 'case'", []).await;
    let number = client.file(&Draft::problem("The millionth")).await.summary.number.to_string();
    assert_eq!(number, "CS-1000000");
    assert_eq!(client.case(&number).await.summary.subject, "The millionth");
    assert_eq!(client.find("1000000").await, [number]);
}
