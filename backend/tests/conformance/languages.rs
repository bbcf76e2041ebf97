//! What people set for themselves, and the language they are answered in.

use contract::{FieldError, ProblemCode, field::FieldCode, people::Preferences};
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::harness::{Client, Draft, Portal, fresh_key, on_both};

on_both!(
    preferences_are_kept_for_the_person_alone,
    a_language_nobody_speaks_is_refused,
    mistakes_are_told_in_the_language_asked_for,
);

fn language(tag: Option<&str>) -> Preferences {
    Preferences { language: tag.map(str::to_owned) }
}

async fn set(client: &Client, body: &Value) -> crate::harness::Answer {
    client.send(client.request(Method::PUT, "/account/preferences").json(body)).await
}

async fn preferences_are_kept_for_the_person_alone(portal: Portal) {
    let customer = portal.customer().await;
    assert_eq!(customer.session().await.preferences, Preferences::default());
    let answered: Preferences = set(&customer, &json!({ "language": "de" })).await.ok();
    assert_eq!(answered, language(Some("de")));
    assert_eq!(portal.customer().await.session().await.preferences, language(Some("de")));
    assert_eq!(portal.administrator().await.session().await.preferences, Preferences::default());
    set(&customer, &json!({})).await.expect(200);
    assert_eq!(customer.session().await.preferences, Preferences::default());
}

async fn a_language_nobody_speaks_is_refused(portal: Portal) {
    let customer = portal.customer().await;
    let problem = set(&customer, &json!({ "language": "tlh" })).await.problem(ProblemCode::InvalidFields);
    let mistake = problem.error_at("/language").map(|error: &FieldError| error.code);
    assert_eq!(mistake, Some(FieldCode::UnknownOption));
    set(&customer, &json!({ "language": 1 })).await.problem(ProblemCode::MalformedBody);
    set(&customer, &json!({ "tongue": "de" })).await.problem(ProblemCode::MalformedBody);
    assert_eq!(customer.session().await.preferences, Preferences::default());
}

async fn mistakes_are_told_in_the_language_asked_for(portal: Portal) {
    let customer = portal.customer().await;
    let told = async |wanted: &str| {
        let request = customer.request(Method::POST, "/cases").header("idempotency-key", fresh_key());
        let request = request.header(header::ACCEPT_LANGUAGE, wanted).json(&Draft::problem(""));
        let problem = customer.send(request).await.problem(ProblemCode::InvalidFields);
        problem.error_at("/answers/subject").map(|error| error.message.clone())
    };
    assert_eq!(told("de-AT, en;q=0.5").await.as_deref(), Some("Füllen Sie dieses Feld aus."));
    for other in ["", "en", "fr, it;q=0.5", "de;q=0"] {
        assert_eq!(told(other).await.as_deref(), Some("Fill in this field."), "{other}");
    }
}
