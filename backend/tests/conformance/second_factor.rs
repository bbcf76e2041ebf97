//! The second factor: set up, asked for at sign-in, each code good once.

use chrono::TimeDelta;
use contract::{
    ProblemCode,
    people::Credentials,
    second_factor::{RECOVERY_CODES, RecoveryCodes, SecondFactor, SecondFactorSetup},
};
use reqwest::Method;
use serde_json::json;
use totp_rs::{Builder, Secret};

use crate::harness::{Answer, Client, PASSWORD, Portal, now, on_both};

on_both!(
    signing_in_takes_a_code,
    a_code_is_good_once_and_for_a_while,
    a_recovery_code_stands_in_once,
    it_is_begun_with_the_password_and_confirmed_with_a_code,
    it_is_taken_away_with_a_code,
    codes_cannot_be_tried_without_end,
    a_new_password_does_not_take_it_away,
);

const EMAIL: &str = "customer@acme.test";

fn code(secret: &str, later: TimeDelta) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret");
    let totp = Builder::new().with_secret(secret).with_account_name("").build().expect("codes");
    let seconds = u64::try_from((now() + later).timestamp()).expect("after 1970");
    totp.generate(seconds).to_string()
}

async fn begun(client: &Client) -> SecondFactorSetup {
    client.post("/account/second-factor", &json!({ "password": PASSWORD })).await.ok()
}

/// Jana Vogel with a second factor, its secret and her recovery codes.
async fn with_factor(portal: &Portal) -> (Client, String, RecoveryCodes) {
    let customer = portal.customer().await;
    let SecondFactorSetup { secret, .. } = begun(&customer).await;
    let body = json!({ "code": code(&secret, TimeDelta::zero()) });
    let codes = customer.put("/account/second-factor", &body).await.ok();
    (customer, secret, codes)
}

async fn try_with(base: &str, code: Option<&str>) -> Answer {
    let client = Client::anonymous(base);
    let credentials =
        Credentials { email: EMAIL.to_owned(), password: PASSWORD.to_owned(), code: code.map(str::to_owned) };
    client.send(client.request(Method::POST, "/session").json(&credentials)).await
}

async fn signing_in_takes_a_code(portal: Portal) {
    let (customer, secret, _) = with_factor(&portal).await;
    // Where one was, one stays.
    customer.get("/session").await.expect(200);
    let later = portal.later(TimeDelta::seconds(60)).await;
    let without = try_with(&later.base, None).await;
    assert!(without.header("set-cookie").is_none());
    without.problem(ProblemCode::CodeRequired);
    let wrong = try_with(&later.base, Some("000000")).await;
    assert!(wrong.header("set-cookie").is_none());
    assert!(wrong.problem(ProblemCode::InvalidFields).error_at("/code").is_some());
    let right = code(&secret, TimeDelta::seconds(60));
    let spaced = format!("{} {}", &right[..3], &right[3..]);
    try_with(&later.base, Some(&spaced)).await.expect(201);
    // Whether there is one, only who knows the password learns.
    let mut guess = portal.anonymous();
    guess.try_sign_in(EMAIL, "not the password").await.problem(ProblemCode::WrongCredentials);
    // Others sign in as before, whatever code they give.
    portal.colleague().await;
}

async fn a_code_is_good_once_and_for_a_while(portal: Portal) {
    let (_, secret, _) = with_factor(&portal).await;
    // The code that confirmed it is spent, and so are those before.
    let first = code(&secret, TimeDelta::zero());
    try_with(&portal.server.base, Some(&first)).await.problem(ProblemCode::InvalidFields);
    let next = code(&secret, TimeDelta::seconds(60));
    let later = portal.later(TimeDelta::seconds(60)).await;
    let (one, other) = tokio::join!(try_with(&later.base, Some(&next)), try_with(&later.base, Some(&next)));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422]);
    // A phone may be half a minute slow, and no more.
    let slow = code(&secret, TimeDelta::seconds(150));
    let late = portal.later(TimeDelta::seconds(180)).await;
    try_with(&late.base, Some(&slow)).await.expect(201);
    let old = code(&secret, TimeDelta::seconds(210));
    let too_late = portal.later(TimeDelta::seconds(300)).await;
    try_with(&too_late.base, Some(&old)).await.problem(ProblemCode::InvalidFields);
}

async fn a_recovery_code_stands_in_once(portal: Portal) {
    let (customer, secret, RecoveryCodes { codes }) = with_factor(&portal).await;
    assert_eq!(codes.len(), RECOVERY_CODES);
    let stored =
        format!("SELECT COUNT(*) AS value FROM recovery_codes WHERE code_hash LIKE '%{}%'", codes[0]);
    assert_eq!(portal.number(&stored).await, 0, "only hashes are kept");
    let base = &portal.server.base;
    try_with(base, Some(&codes[0].to_uppercase().replace('-', ""))).await.expect(201);
    try_with(base, Some(&codes[0])).await.problem(ProblemCode::InvalidFields);
    let kept: SecondFactor = customer.get("/account/second-factor").await.ok();
    assert_eq!(kept.recovery_codes as usize, RECOVERY_CODES - 1);
    // New ones take the place of all that are left.
    let later = portal.later(TimeDelta::seconds(60)).await;
    let body = json!({ "code": code(&secret, TimeDelta::seconds(60)) });
    let client = customer.at(&later.base);
    let new: RecoveryCodes = client.put("/account/second-factor/recovery-codes", &body).await.ok();
    try_with(base, Some(&codes[1])).await.problem(ProblemCode::InvalidFields);
    try_with(base, Some(&new.codes[1])).await.expect(201);
}

async fn it_is_begun_with_the_password_and_confirmed_with_a_code(portal: Portal) {
    let customer = portal.customer().await;
    let path = "/account/second-factor";
    for (password, pointer) in [("", "/password"), ("a guess", "/password")] {
        let problem = customer.post(path, &json!({ "password": password })).await;
        assert!(problem.problem(ProblemCode::InvalidFields).error_at(pointer).is_some());
    }
    let given = json!({ "code": "123456" });
    customer.put(path, &given).await.problem(ProblemCode::InvalidFields);
    let before = begun(&customer).await;
    let setup = begun(&customer).await;
    assert_ne!(before.secret, setup.secret);
    assert!(setup.url.starts_with("otpauth://totp/Casement:customer%40acme.test?secret="), "{}", setup.url);
    assert!(setup.url.contains(&setup.secret) && setup.picture.rows.len() > 20);
    // Until it is confirmed nothing is asked for.
    try_with(&portal.server.base, None).await.expect(201);
    let old = json!({ "code": code(&before.secret, TimeDelta::zero()) });
    customer.put(path, &old).await.problem(ProblemCode::InvalidFields);
    let right = json!({ "code": code(&setup.secret, TimeDelta::zero()) });
    customer.put(path, &right).await.expect(200);
    let kept: SecondFactor = customer.get(path).await.ok();
    assert_eq!(kept.since, Some(now()));
    // There is one by now: it is not replaced by whoever finds the browser open.
    let again = customer.post(path, &json!({ "password": PASSWORD })).await;
    again.problem(ProblemCode::InvalidFields);
    let none: SecondFactor = portal.colleague().await.get(path).await.ok();
    assert_eq!((none.since, none.recovery_codes), (None, 0));
}

async fn it_is_taken_away_with_a_code(portal: Portal) {
    let (customer, _, RecoveryCodes { codes }) = with_factor(&portal).await;
    let path = "/account/second-factor/removal";
    customer.post(path, &json!({ "code": "" })).await.problem(ProblemCode::InvalidFields);
    customer.post(path, &json!({ "code": "000000" })).await.problem(ProblemCode::InvalidFields);
    portal
        .colleague()
        .await
        .post(path, &json!({ "code": codes[0] }))
        .await
        .problem(ProblemCode::InvalidFields);
    customer.post(path, &json!({ "code": codes[0] })).await.expect(204);
    try_with(&portal.server.base, None).await.expect(201);
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM recovery_codes").await, 0);
}

async fn codes_cannot_be_tried_without_end(portal: Portal) {
    let (customer, secret, _) = with_factor(&portal).await;
    let path = "/account/second-factor/removal";
    for _ in 0..10 {
        customer.post(path, &json!({ "code": "000000" })).await.problem(ProblemCode::InvalidFields);
    }
    let later = portal.later(TimeDelta::seconds(60)).await;
    let right = code(&secret, TimeDelta::seconds(60));
    let shut = try_with(&later.base, Some(&right)).await;
    let pause: i64 = shut.header("retry-after").expect("a pause").parse().expect("seconds");
    assert!((800..=900).contains(&pause), "{pause}");
    shut.problem(ProblemCode::TooManyRequests);
    let much_later = portal.later(TimeDelta::minutes(16)).await;
    try_with(&much_later.base, Some(&code(&secret, TimeDelta::minutes(16)))).await.expect(201);
}

async fn a_new_password_does_not_take_it_away(portal: Portal) {
    let (customer, ..) = with_factor(&portal).await;
    let change = json!({ "current": PASSWORD, "password": "another password" });
    customer.put("/account/password", &change).await.expect(204);
    let mut client = portal.anonymous();
    client.try_sign_in(EMAIL, "another password").await.problem(ProblemCode::CodeRequired);
}
