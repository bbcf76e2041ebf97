//! What is kept of a person: taken away by them, and forgotten.

use contract::{
    Action, FieldError, Page, ProblemCode,
    audit::{Act, AuditEntry},
    field::FieldCode,
    personal_data::{FORGOTTEN_NAME, PersonalData},
    thread::Content,
};
use serde_json::json;

use crate::harness::{Client, Draft, PASSWORD, Portal, on_both};

on_both!(
    somebody_takes_away_what_is_kept_of_them,
    a_deleted_account_leaves_no_name,
    an_account_is_deleted_by_who_knows_its_password,
    the_last_administrator_stays,
);

async fn somebody_takes_away_what_is_kept_of_them(portal: Portal) {
    let customer = portal.customer().await;
    let case = customer.file(&Draft::problem("A case of mine")).await.summary.number;
    customer.reply(&case.to_string(), "Words of *mine*").await;
    portal.analyst().await.reply(&case.to_string(), "Words of support").await;
    let other = portal.colleague().await.file(&Draft::problem("A colleague’s case")).await.summary.number;
    let answer = customer.get("/account/data").await.expect(200);
    assert!(answer.header("content-disposition").is_some_and(|header| header.contains(".json")));
    let data: PersonalData = answer.json();
    assert_eq!((data.email.as_str(), data.person.name.as_str()), ("customer@acme.test", "Jana Vogel"));
    assert_eq!(data.cases.iter().map(|case| case.number).collect::<Vec<_>>(), [case]);
    assert!(!data.cases.iter().any(|case| case.number == other));
    let texts: Vec<_> = data.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["Words of *mine*"]);
    assert_eq!((data.sessions.len(), data.memberships.len()), (1, 1));
    assert_eq!(data.audit[0].act, Act::SignedIn);
    assert!(!answer.body.contains("argon2") && !answer.body.contains("Words of support"), "{}", answer.body);
}

/// Everything that the database holds, as one text.
async fn everything(portal: &Portal) -> String {
    #[derive(sea_orm::FromQueryResult)]
    struct Text {
        text: String,
    }
    use casement_backend::store::Sql;
    let mut all = String::new();
    for columns in [
        "people.email || people.name || people.preferences",
        "entries.content",
        "earlier_texts.content",
        "COALESCE(watchers.email, '')",
        "mails.address || COALESCE(mails.name, '')",
        "account_mails.email || account_mails.content",
        "COALESCE(audit.text, '') || COALESCE(audit.origin, '')",
        "COALESCE(idempotency_keys.answer, '')",
        "invitations.email",
    ] {
        let table = columns.split(['.', '(']).find(|word| {
            [
                "people",
                "entries",
                "earlier_texts",
                "watchers",
                "mails",
                "account_mails",
                "audit",
                "idempotency_keys",
                "invitations",
            ]
            .contains(word)
        });
        let sql = format!("SELECT {columns} AS text FROM {}", table.expect("a table"));
        let rows = portal.app().store.reader().rows::<Text>(&sql, []).await.expect("the query runs");
        all.extend(rows.into_iter().map(|row| row.text + "\n"));
    }
    all
}

async fn a_deleted_account_leaves_no_name(portal: Portal) {
    let (customer, colleague) = (portal.customer().await, portal.colleague().await);
    let number = customer.file(&Draft::problem("A case that stays")).await.summary.number.to_string();
    customer.reply(&number, "Words that stay").await;
    let other = colleague.file(&Draft::problem("A case to follow")).await.summary.number.to_string();
    colleague.put(&format!("/cases/{other}/watchers/customer@acme.test"), &json!({})).await.expect(200);
    let stranger = portal.stranger().await;
    let theirs = stranger.file(&Draft::problem("Nordwerk’s case")).await.summary.number;
    stranger.put(&format!("/cases/{theirs}/watchers/customer@acme.test"), &json!({})).await.expect(200);
    let before = everything(&portal).await;
    assert!(before.contains("Jana Vogel") && before.contains("customer@acme.test"));

    let mut stream = customer.listen(None).await;
    stream.next().await;
    customer.post("/account/deletion", &json!({ "password": PASSWORD })).await.expect(204);
    stream.end().await;
    customer.get("/session").await.problem(ProblemCode::SignInRequired);
    portal
        .anonymous()
        .try_sign_in("customer@acme.test", PASSWORD)
        .await
        .problem(ProblemCode::WrongCredentials);

    // The case and its words are there for the others, under no name.
    let case = colleague.case(&number).await;
    assert_eq!(case.summary.requester.name, FORGOTTEN_NAME);
    let said = colleague.timeline(&number).await;
    assert!(said.iter().any(
        |entry| matches!(&entry.content, Content::Message { source, .. } if source == "Words that stay")
    ));
    assert!(said.iter().all(|entry| entry.author.name == FORGOTTEN_NAME));
    colleague.reply(&number, "Who takes this over?").await;
    let after = everything(&portal).await;
    assert!(!after.contains("Jana Vogel"), "{after}");
    assert!(!after.contains("customer@acme.test"), "{after}");
    // An administrator hands it over, and reads that it was deleted, not by whom.
    let administrator = portal.administrator().await;
    let path =
        format!("/organisations/{}/members/{}/handover", portal.people.acme, case.summary.requester.id);
    let member = path.trim_end_matches("/handover");
    administrator.patch(member, &json!({ "change": "reactivate" })).await.problem(ProblemCode::InvalidFields);
    let listed = format!("/organisations/{}/members", portal.people.acme);
    assert!(administrator.get(&listed).await.expect(200).body.contains(FORGOTTEN_NAME));
    let to = colleague.session().await.person.id;
    administrator.post(&path, &json!({ "to": to })).await.expect(200);
    assert_eq!(colleague.case(&number).await.summary.requester.id, to);
    assert!(!administrator.get(&listed).await.expect(200).body.contains(FORGOTTEN_NAME));
    let lead = portal.sign_in("second@support.test").await;
    portal.sql("UPDATE people SET lead = TRUE WHERE email = 'second@support.test'", []).await;
    let all: Page<AuditEntry> = lead.get("/audit").await.ok();
    let deleted = all.items.iter().find(|entry| entry.act == Act::AccountDeleted).expect("an entry");
    assert_eq!(deleted.actor.as_ref().map(|actor| actor.name.as_str()), Some(FORGOTTEN_NAME));
    // The address is free again.
    administrator
        .post(
            &format!("/organisations/{}/invitations", portal.people.acme),
            &json!({ "emails": ["customer@acme.test"], "role": "user" }),
        )
        .await
        .expect(201);
}

async fn refusal(client: &Client, password: &str) -> FieldError {
    let problem = client.post("/account/deletion", &json!({ "password": password })).await;
    problem.problem(ProblemCode::InvalidFields).error_at("/password").expect("a mistake").clone()
}

async fn an_account_is_deleted_by_who_knows_its_password(portal: Portal) {
    let customer = portal.customer().await;
    assert_eq!(refusal(&customer, "").await.code, FieldCode::Required);
    assert_eq!(refusal(&customer, "a guess").await.code, FieldCode::Malformed);
    customer.get("/session").await.expect(200);
    let case = customer.file(&Draft::problem("Still mine")).await.summary.number.to_string();
    customer.act(&case, Action::Close, None).await;
}

async fn the_last_administrator_stays(portal: Portal) {
    let administrator = portal.administrator().await;
    assert_eq!(refusal(&administrator, PASSWORD).await.code, FieldCode::Conflict);
    portal
        .sql(
            "UPDATE memberships SET role = 'administrator' WHERE person_id = (SELECT id FROM people \
                WHERE email = 'colleague@acme.test')",
            [],
        )
        .await;
    administrator.post("/account/deletion", &json!({ "password": PASSWORD })).await.expect(204);
}
