//! For whom a case is filed, who follows it, what it takes up, and what it is like.

use contract::{
    Action, CaseNumber, CaseRecord, CaseSummary, EscalationState, Priority, ProblemCode, Watcher,
    field::FieldCode,
    people::{Colleague, MembershipRole},
    thread::Content,
};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Client, Draft, Portal, now, on_both};

on_both!(
    members_find_each_other,
    administrators_file_for_colleagues,
    nobody_else_files_for_others,
    watchers_are_people_or_addresses,
    a_watcher_sees_the_case,
    an_emergency_is_escalated,
    a_closed_case_is_taken_up,
    similar_cases_are_ones_own,
);

async fn colleagues(client: &Client, organisation: Uuid, search: &str) -> Vec<Colleague> {
    client.get(&format!("/organisations/{organisation}/people?q={search}")).await.expect(200).json()
}

async fn id_of(client: &Client, organisation: Uuid, search: &str) -> Uuid {
    let found = colleagues(client, organisation, search).await;
    let [only] = found.as_slice() else { panic!("{search}: {found:?}") };
    only.person.id
}

/// The draft with more beside its answers.
fn also(draft: &Draft, more: &Value) -> Value {
    let mut body = serde_json::to_value(draft).expect("a draft");
    body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    body
}

async fn refusal(client: &Client, body: &Value, pointer: &str) -> FieldCode {
    let problem = client.post("/cases", body).await.problem(ProblemCode::InvalidFields);
    problem.error_at(pointer).unwrap_or_else(|| panic!("nothing at {pointer}: {problem:?}")).code
}

async fn members_find_each_other(portal: Portal) {
    let acme = portal.people.acme;
    let customer = portal.customer().await;
    let found = colleagues(&customer, acme, "").await;
    let names: Vec<_> = found.iter().map(|colleague| colleague.person.name.as_str()).collect();
    assert_eq!(names, ["Emre Aydın", "Jana Vogel", "Mireille Castan", "Tobias Lindqvist"]);
    assert_eq!(found[3].role, MembershipRole::Administrator);
    assert_eq!(found[0].email, "colleague@acme.test");
    let found = colleagues(&customer, acme, "TOB").await;
    assert_eq!(found.iter().map(|c| c.person.name.as_str()).collect::<Vec<_>>(), ["Tobias Lindqvist"]);
    assert_eq!(colleagues(&customer, acme, "colleague@").await.len(), 1);
    assert_eq!(colleagues(&customer, acme, "nordwerk").await, []);
    // Another organisation does not exist, nor does anything that is none.
    for path in
        [format!("/organisations/{}/people", portal.people.nordwerk), "/organisations/x/people".into()]
    {
        customer.get(&path).await.problem(ProblemCode::NotFound);
    }
    portal
        .partner()
        .await
        .get(&format!("/organisations/{}/people", portal.people.nordwerk))
        .await
        .expect(200);
    portal.analyst().await.get(&format!("/organisations/{acme}/people")).await.problem(ProblemCode::NotFound);
    customer
        .get(&format!("/organisations/{acme}/people?name=x"))
        .await
        .problem(ProblemCode::MalformedRequest);
}

async fn administrators_file_for_colleagues(portal: Portal) {
    let admin = portal.administrator().await;
    let customer = portal.customer().await;
    let jana = id_of(&admin, portal.people.acme, "jana").await;
    let body = also(&Draft::problem("Filed for Jana"), &json!({ "requester": jana }));
    let case: CaseRecord = admin.post("/cases", &body).await.expect(201).json();
    assert_eq!(case.summary.requester.name, "Jana Vogel");
    assert_eq!(case.filer.name, "Tobias Lindqvist");
    let timeline = admin.timeline("CS-000001").await;
    assert_eq!(timeline[0].author.name, "Tobias Lindqvist");
    // It is hers: she may do with it what requesters may.
    assert!(customer.case("CS-000001").await.actions.contains(&Action::Close));
    // Naming oneself is nothing special.
    let me = admin.session().await.person.id;
    let own: CaseRecord = admin
        .post("/cases", &also(&Draft::problem("My own"), &json!({ "requester": me })))
        .await
        .expect(201)
        .json();
    assert_eq!(own.filer, own.summary.requester);
}

async fn nobody_else_files_for_others(portal: Portal) {
    let (acme, nordwerk) = (portal.people.acme, portal.people.nordwerk);
    let admin = portal.administrator().await;
    let emre = id_of(&admin, acme, "emre").await;
    let mireille = id_of(&admin, acme, "mireille").await;
    let sabine = id_of(&portal.partner().await, nordwerk, "sabine").await;
    let draft = Draft::problem("For somebody else");
    let for_emre = also(&draft, &json!({ "requester": emre }));
    assert_eq!(
        refusal(&portal.customer().await, &for_emre, "/requester").await,
        FieldCode::AdministratorsOnly
    );
    let partner = also(&draft.clone().of(acme), &json!({ "requester": emre }));
    assert_eq!(refusal(&portal.partner().await, &partner, "/requester").await, FieldCode::AdministratorsOnly);
    // A partner's own cases are filed by the partner; strangers do not exist.
    for stranger in [mireille, sabine, Uuid::now_v7()] {
        let body = also(&draft, &json!({ "requester": stranger }));
        assert_eq!(refusal(&admin, &body, "/requester").await, FieldCode::UnknownOption);
    }
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM cases").await, 0);
}

async fn watchers_are_people_or_addresses(portal: Portal) {
    let client = portal.customer().await;
    let draft = Draft::problem("Followed by some").with(
        "watchers",
        json!(["Colleague@acme.test", "ops@elsewhere.test", "user@nordwerk.test", "OPS@elsewhere.test"]),
    );
    let case = client.file(&draft).await;
    let watchers: Vec<_> = case.watchers.iter().map(Watcher::label).collect();
    // Who is a stranger to the organisation is an address, account or not.
    assert_eq!(watchers, ["Emre Aydın", "ops@elsewhere.test", "user@nordwerk.test"]);
    assert!(matches!(&case.watchers[0], Watcher::Person(person) if !person.support));
    assert_eq!(client.case("CS-000001").await.watchers, case.watchers);
    assert_eq!(
        refusal(&client, &also(&draft.with("watchers", json!(["ops"])), &json!({})), "/answers/watchers")
            .await,
        FieldCode::Malformed
    );
}

async fn a_watcher_sees_the_case(portal: Portal) {
    portal.sql("UPDATE organisations SET visibility = 'own'", []).await;
    let customer = portal.customer().await;
    let colleague = portal.colleague().await;
    customer.file(&Draft::problem("Not to be seen")).await;
    customer.file(&Draft::problem("To be seen").with("watchers", json!(["colleague@acme.test"]))).await;
    colleague.get("/cases/CS-000001").await.problem(ProblemCode::NotFound);
    assert_eq!(colleague.case("CS-000002").await.summary.subject, "To be seen");
    assert_eq!(colleague.cases("").await.items.len(), 1);
    let mut events = colleague.listen(None).await;
    events.next().await;
    customer.reply("CS-000001", "Nobody hears this").await;
    customer.reply("CS-000002", "The watcher hears this").await;
    assert_eq!(events.next().await.number(), "CS-000002");
}

async fn an_emergency_is_escalated(portal: Portal) {
    let client = portal.customer().await;
    let case = client.file(&Draft::emergency()).await;
    let escalation = case.escalation.clone().expect("an escalation");
    assert_eq!((escalation.state, escalation.since), (EscalationState::Started, now()));
    assert_eq!((case.summary.priority, case.desired_date), (Priority::Urgent, None));
    let happened: Vec<_> =
        client.timeline("CS-000001").await.into_iter().map(|entry| entry.content).collect();
    assert_eq!(happened, [Content::Filed, Content::EscalationChanged { to: EscalationState::Started }]);
    assert_eq!(client.case("CS-000001").await, case);
    // What follows goes behind it, and closing the case leaves the escalation alone.
    client.reply("CS-000001", "It is getting worse").await;
    assert_eq!(client.timeline("CS-000001").await[2].position, 3);
    assert_eq!(client.file(&Draft::problem("No hurry")).await.escalation, None);
    assert_eq!(
        refusal(
            &client,
            &also(&Draft::emergency().with("acknowledged", false), &json!({})),
            "/answers/acknowledged"
        )
        .await,
        FieldCode::Required
    );
}

async fn a_closed_case_is_taken_up(portal: Portal) {
    let client = portal.customer().await;
    let follow_up = |number: &str| also(&Draft::problem("It came back"), &json!({ "follows": number }));
    client.file(&Draft::problem("The first time")).await;
    assert_eq!(refusal(&client, &follow_up("CS-000001"), "/follows").await, FieldCode::UnknownOption);
    client.act("CS-000001", Action::Close, None).await;
    let later: CaseRecord = client.post("/cases", &follow_up("CS-000001")).await.expect(201).json();
    let follows = later.follows.expect("the earlier case");
    assert_eq!((follows.number, follows.subject.as_str()), (CaseNumber(1), "The first time"));
    let earlier = client.case("CS-000001").await;
    assert_eq!(earlier.followed_by.iter().map(|case| case.number).collect::<Vec<_>>(), [CaseNumber(2)]);
    assert_eq!(earlier.follows, None);
    // One of another organisation, or none at all, does not exist.
    let partner = portal.partner().await;
    let body =
        also(&Draft::problem("Elsewhere").of(portal.people.nordwerk), &json!({ "follows": "CS-000001" }));
    assert_eq!(refusal(&partner, &body, "/follows").await, FieldCode::UnknownOption);
    assert_eq!(refusal(&client, &follow_up("CS-000777"), "/follows").await, FieldCode::UnknownOption);
    // Who sees but one of the two is not told of the other.
    portal.sql("UPDATE organisations SET visibility = 'own'", []).await;
    let emre = "(SELECT id FROM people WHERE email = 'colleague@acme.test')";
    let sql = format!("UPDATE cases SET requester_id = {emre}, filer_id = {emre} WHERE number = 2");
    portal.sql(&sql, []).await;
    assert_eq!(client.case("CS-000001").await.followed_by, []);
    assert_eq!(portal.colleague().await.case("CS-000002").await.follows, None);
}

async fn similar_cases_are_ones_own(portal: Portal) {
    let client = portal.customer().await;
    for subject in
        ["Imports stay in the queue", "Checkout answers with an error", "Imports of prices are slow"]
    {
        client.file(&Draft::problem(subject)).await;
    }
    let like = async |client: &Client, subject: &str| -> Vec<String> {
        let request = client.request(Method::GET, "/cases/similar").query(&[("q", subject)]);
        let found: Vec<CaseSummary> = client.send(request).await.expect(200).json();
        found.into_iter().map(|case| case.subject).collect()
    };
    assert_eq!(like(&client, "checkout error").await, ["Checkout answers with an error"]);
    // Two words must be shared; short ones tell nothing.
    assert_eq!(like(&client, "checkout zeppelin").await, Vec::<String>::new());
    assert_eq!(like(&client, "slow imports of prices").await, ["Imports of prices are slow"]);
    assert_eq!(like(&client, "in the an of").await, Vec::<String>::new());
    assert_eq!(like(&client, "\"quotes\" OR 'x':* & | !").await, Vec::<String>::new());
    assert_eq!(like(&portal.stranger().await, "checkout error").await, Vec::<String>::new());
    // Notes are support's own.
    portal.analyst().await.try_note("CS-000001", "Looks like zeppelin trouble").await.expect(201);
    assert_eq!(like(&client, "zeppelin").await, Vec::<String>::new());
    client.get("/cases/similar").await.problem(ProblemCode::MalformedRequest);
    client.get(&format!("/cases/similar?q={}", "x".repeat(201))).await.problem(ProblemCode::MalformedRequest);
}
