//! Tokens by which programs come.

use chrono::TimeDelta;
use contract::{
    Page, ProblemCode,
    audit::{Act, AuditEntry},
    field::FieldCode,
    limits::TOKENS_MAX,
    token::{MadeToken, TOKEN_PREFIX, Token},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(
    a_program_comes_with_a_token,
    a_token_does_what_its_scopes_say,
    a_revoked_token_opens_nothing,
    a_token_ends_with_its_time_and_its_person,
    a_token_never_comes_from_a_browser,
    tokens_are_kept_as_hashes,
    nobody_has_tokens_without_end,
);

fn new(scopes: &[&str]) -> Value {
    json!({ "name": "Nightly report", "scopes": scopes, "lifetime": "month" })
}

async fn made(client: &Client, scopes: &[&str]) -> MadeToken {
    client.post("/account/tokens", &new(scopes)).await.expect(201).json()
}

async fn program(client: &Client, scopes: &[&str]) -> Client {
    Client { bearer: Some(made(client, scopes).await.secret), cookie: None, ..client.clone() }
}

async fn tokens(client: &Client) -> Vec<Token> {
    client.get("/account/tokens").await.ok()
}

async fn a_program_comes_with_a_token(portal: Portal) {
    let customer = portal.customer().await;
    let program = program(&customer, &["read_cases", "write_cases"]).await;
    let case = program.file(&Draft::problem("Filed by a program")).await;
    assert_eq!(case.filer.name, "Jana Vogel");
    let number = case.summary.number.to_string();
    program.reply(&number, "And answered by it").await;
    assert_eq!(program.cases("").await.items.len(), 1);
    assert_eq!(program.find("program").await, [number]);
    let [token] = tokens(&customer).await.try_into().expect("one");
    assert!(token.used_at.is_some());
    // It sees no more than its person.
    let other = portal.stranger().await.file(&Draft::problem("Somebody else’s")).await.summary.number;
    program.get(&format!("/cases/{other}")).await.problem(ProblemCode::NotFound);
}

async fn a_token_does_what_its_scopes_say(portal: Portal) {
    let administrator = portal.administrator().await;
    let members = format!("/organisations/{}/members", portal.people.acme);
    let reads = program(&administrator, &["read_cases"]).await;
    let writes = program(&administrator, &["write_cases"]).await;
    let manages = program(&administrator, &["manage_people"]).await;
    let statuses = async |path: &str| {
        [reads.get(path).await.status, writes.get(path).await.status, manages.get(path).await.status]
    };
    assert_eq!(statuses("/cases").await, [200, 403, 403]);
    assert_eq!(statuses(&members).await, [403, 403, 200]);
    for path in ["/session", "/account/sessions", "/account/tokens", "/notifications", "/views", "/overview"]
    {
        assert_eq!(statuses(path).await, [403, 403, 403], "{path}");
    }
    reads.post("/cases", &Draft::problem("Not by this one")).await.problem(ProblemCode::Forbidden);
    // No token makes or revokes another.
    manages.post("/account/tokens", &new(&["read_cases"])).await.problem(ProblemCode::Forbidden);
    for (wrong, pointer) in [
        (new(&[]), "/scopes"),
        (json!({ "name": "", "scopes": ["read_cases"], "lifetime": "year" }), "/name"),
    ] {
        let problem = administrator.post("/account/tokens", &wrong).await.problem(ProblemCode::InvalidFields);
        assert!(problem.error_at(pointer).is_some(), "{problem:?}");
    }
}

async fn a_revoked_token_opens_nothing(portal: Portal) {
    let customer = portal.customer().await;
    let program = program(&customer, &["read_cases"]).await;
    program.get("/cases").await.expect(200);
    let path = format!("/account/tokens/{}", tokens(&customer).await[0].id);
    portal.colleague().await.delete(&path).await.problem(ProblemCode::NotFound);
    customer.delete(&path).await.expect(204);
    customer.delete(&path).await.problem(ProblemCode::NotFound);
    program.get("/cases").await.problem(ProblemCode::SignInRequired);
    let lead = portal.sign_in("second@support.test").await;
    portal.sql("UPDATE people SET lead = TRUE WHERE email = 'second@support.test'", []).await;
    let all: Page<AuditEntry> = lead.get("/audit").await.ok();
    let acts: Vec<_> = all.items.iter().filter(|entry| entry.text.is_some()).map(|entry| entry.act).collect();
    assert_eq!(acts, [Act::TokenRevoked, Act::TokenMade]);
}

async fn a_token_ends_with_its_time_and_its_person(portal: Portal) {
    let program = program(&portal.customer().await, &["read_cases"]).await;
    let later = portal.later(TimeDelta::days(31)).await;
    program.at(&later.base).get("/cases").await.problem(ProblemCode::SignInRequired);
    portal.sql("UPDATE people SET active = FALSE WHERE email = 'customer@acme.test'", []).await;
    program.get("/cases").await.problem(ProblemCode::SignInRequired);
}

async fn a_token_never_comes_from_a_browser(portal: Portal) {
    let program = program(&portal.customer().await, &["read_cases"]).await;
    for (name, value) in [("sec-fetch-site", "same-origin"), ("origin", program.base.as_str())] {
        let request = program.request(Method::GET, "/cases").header(name, value);
        program.send(request).await.problem(ProblemCode::CrossSite);
    }
    // Beside a cookie the token counts, so that nothing is done in a person's name by mistake.
    let both = Client { cookie: portal.customer().await.cookie, ..program.clone() };
    both.get("/session").await.problem(ProblemCode::Forbidden);
    let wrong = Client { bearer: Some("csm_guessed".to_owned()), ..both };
    wrong.get("/cases").await.problem(ProblemCode::SignInRequired);
}

async fn tokens_are_kept_as_hashes(portal: Portal) {
    let customer = portal.customer().await;
    let MadeToken { token, secret } = made(&customer, &["read_cases"]).await;
    assert!(secret.starts_with(TOKEN_PREFIX) && secret.len() > 40 && secret.ends_with(&token.ending));
    let stored = format!("SELECT COUNT(*) AS value FROM tokens WHERE token_hash LIKE '%{}%'", &secret[4..20]);
    assert_eq!(portal.number(&stored).await, 0);
    let listed = customer.get("/account/tokens").await.expect(200);
    assert!(!listed.body.contains(&secret[4..20]));
    assert_eq!(tokens(&customer).await, [token]);
    assert!(tokens(&portal.colleague().await).await.is_empty());
}

async fn nobody_has_tokens_without_end(portal: Portal) {
    let customer = portal.customer().await;
    for _ in 0..TOKENS_MAX {
        made(&customer, &["read_cases"]).await;
    }
    let problem = customer.post("/account/tokens", &new(&["read_cases"])).await;
    let problem = problem.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.error_at("/name").map(|error| error.code), Some(FieldCode::Conflict));
}
