//! Signing in and out.

use std::time::Duration;

use casement_backend::{accounts::Passwords, app::App, config::Config};
use chrono::TimeDelta;
use contract::{
    ProblemCode,
    people::{Credentials, MembershipRole, Session},
};
use reqwest::Method;
use tokio::time::timeout;

use crate::harness::{Client, PASSWORD, Portal, Server, now, on_both};

on_both!(
    signs_in,
    wrong_and_unknown_look_the_same,
    unknown_accounts_are_compared_too,
    only_the_form_of_credentials_is_told,
    cookies_are_closed_to_scripts_and_other_sites,
    cookies_are_for_https_where_the_portal_is,
    signing_out_ends_the_session,
    signing_in_makes_a_new_session_and_ends_the_old,
    inactive_people_are_out,
    sessions_expire_and_use_renews_them,
    tokens_are_stored_hashed,
    invented_tokens_open_nothing,
);

async fn signs_in(portal: Portal) {
    let mut client = portal.anonymous();
    let session: Session = client.try_sign_in(" Customer@ACME.test ", PASSWORD).await.expect(201).json();
    assert_eq!(session.email, "customer@acme.test");
    assert_eq!(session.person.name, "Jana Vogel");
    assert!(!session.person.support);
    let [membership] = session.memberships.as_slice() else { panic!("{:?}", session.memberships) };
    assert_eq!(membership.organisation.id, portal.people.acme);
    assert_eq!(membership.role, MembershipRole::User);
    assert_eq!(membership.environments, ["Production", "Staging"]);
    assert_eq!(session.expires_at, now() + TimeDelta::days(14));
    assert_eq!(client.session().await, session);

    let partner = portal.partner().await.session().await;
    let names: Vec<_> = partner.memberships.iter().map(|place| place.organisation.name.as_str()).collect();
    assert_eq!(names, ["Acme", "Nordwerk"]);
    assert!(portal.analyst().await.session().await.person.support);
}

async fn wrong_and_unknown_look_the_same(portal: Portal) {
    let mut client = portal.anonymous();
    let wrong = client.try_sign_in("customer@acme.test", "wrong").await;
    let unknown = client.try_sign_in("no.one@acme.test", "wrong").await;
    assert_eq!(wrong.face(), unknown.face());
    assert_eq!(wrong.header("set-cookie"), None);
    wrong.problem(ProblemCode::WrongCredentials);
    // An account that cannot sign in is none.
    portal.sql("UPDATE people SET password = NULL WHERE email = 'colleague@acme.test'", []).await;
    let closed = client.try_sign_in("colleague@acme.test", PASSWORD).await;
    assert_eq!(closed.face(), unknown.face());
}

/// Where no password can be compared, neither account is answered: both wait for
/// the comparison, so both take as long.
async fn unknown_accounts_are_compared_too(portal: Portal) {
    let nobody_compares = Passwords::new(0).expect("a stand-in");
    let server = Server::start(App { passwords: nobody_compares, ..portal.app().clone() }).await;
    for email in ["customer@acme.test", "no.one@acme.test"] {
        let mut client = Client::anonymous(&server.base);
        let answer = timeout(Duration::from_millis(300), client.try_sign_in(email, "wrong")).await;
        assert!(answer.is_err(), "{email} is answered without comparing: {answer:?}");
    }
    Client::anonymous(&server.base).try_sign_in("no address", "x").await.problem(ProblemCode::InvalidFields);
}

async fn only_the_form_of_credentials_is_told(portal: Portal) {
    let mut client = portal.anonymous();
    for (email, password, pointer) in [
        ("", "secret", "/email"),
        ("  ", "secret", "/email"),
        ("nobody", "secret", "/email"),
        ("a\0b@acme.test", "secret", "/email"),
        ("customer@acme.test", "", "/password"),
        ("customer@acme.test", &"x".repeat(201), "/password"),
    ] {
        let problem = client.try_sign_in(email, password).await.problem(ProblemCode::InvalidFields);
        assert!(problem.error_at(pointer).is_some(), "{email:?}: {problem:?}");
    }
    client.try_sign_in("customer@acme.test", &"ü".repeat(200)).await.problem(ProblemCode::WrongCredentials);
    client.try_sign_in("customer@acme.test", "nul\0").await.problem(ProblemCode::WrongCredentials);
    let credentials =
        Credentials { email: "a@b.example".to_owned(), password: "hunter22".to_owned(), code: None };
    assert!(!format!("{credentials:?}").contains("hunter22"));
}

async fn cookies_are_closed_to_scripts_and_other_sites(portal: Portal) {
    let answer = portal.anonymous().try_sign_in("customer@acme.test", PASSWORD).await;
    let parts = cookie_parts(answer.header("set-cookie").expect("a cookie"));
    assert!(parts[0].starts_with("casement="), "{parts:?}");
    assert!(parts[0].len() > 40, "a token of at least 32 bytes: {parts:?}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(parts.iter().any(|own| own == part), "{part} is missing: {parts:?}");
    }
    assert!(!parts.iter().any(|part| part == "Secure" || part.starts_with("Domain")), "{parts:?}");
    assert!(!answer.body.contains(&parts[0]["casement=".len()..]), "the body holds the token");
}

async fn cookies_are_for_https_where_the_portal_is(portal: Portal) {
    let secure = Config { public_url: Some("https://support.test".to_owned()), ..Config::default() };
    assert!(secure.is_secure() && !Config::default().is_secure());
    let server = portal.with_settings(|settings| settings.secure_cookies = secure.is_secure()).await;
    let mut client = Client::anonymous(&server.base);
    let answer = client.try_sign_in("customer@acme.test", PASSWORD).await;
    let parts = cookie_parts(answer.header("set-cookie").expect("a cookie"));
    assert!(parts[0].starts_with("__Host-casement="), "{parts:?}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"] {
        assert!(parts.iter().any(|own| own == part), "{part} is missing: {parts:?}");
    }
    assert!(!parts.iter().any(|part| part.starts_with("Domain")), "{parts:?}");
    client.session().await;
    // The same token under the plain name, which any host nearby could set, is worth nothing.
    client.cookie = client.cookie.map(|cookie| cookie.replace("__Host-", ""));
    client.get("/session").await.problem(ProblemCode::SignInRequired);
}

fn cookie_parts(header: &str) -> Vec<String> {
    header.split("; ").map(str::to_owned).collect()
}

async fn signing_out_ends_the_session(portal: Portal) {
    let (client, elsewhere) = (portal.customer().await, portal.customer().await);
    let answer = client.delete("/session").await.expect(204);
    let cookie = answer.header("set-cookie").expect("the cookie is taken back");
    assert!(cookie.starts_with("casement=;") && cookie.contains("Max-Age=0"), "{cookie}");
    client.get("/session").await.problem(ProblemCode::SignInRequired);
    client.get("/cases").await.problem(ProblemCode::SignInRequired);
    client.delete("/session").await.problem(ProblemCode::SignInRequired);
    elsewhere.session().await;
}

async fn signing_in_makes_a_new_session_and_ends_the_old(portal: Portal) {
    let old = portal.customer().await;
    let mut client = old.clone();
    client.try_sign_in("colleague@acme.test", PASSWORD).await.expect(201);
    assert_ne!(client.cookie, old.cookie);
    old.get("/session").await.problem(ProblemCode::SignInRequired);
    assert_eq!(client.session().await.email, "colleague@acme.test");
    // A wrong password leaves the session alone.
    client.clone().try_sign_in("colleague@acme.test", "wrong").await.expect(401);
    client.session().await;
    // A token given beforehand is never taken over (session fixation).
    let mut fixed = portal.anonymous();
    fixed.cookie = Some("casement=given-by-an-attacker".to_owned());
    fixed.try_sign_in("customer@acme.test", PASSWORD).await.expect(201);
    assert_ne!(fixed.cookie.as_deref(), Some("casement=given-by-an-attacker"));
    fixed.session().await;
}

async fn inactive_people_are_out(portal: Portal) {
    let client = portal.customer().await;
    portal.sql("UPDATE people SET active = FALSE WHERE email = 'customer@acme.test'", []).await;
    client.get("/session").await.problem(ProblemCode::SignInRequired);
    let mut again = portal.anonymous();
    let answer = again.try_sign_in("customer@acme.test", PASSWORD).await;
    assert_eq!(answer.face(), again.try_sign_in("no.one@acme.test", PASSWORD).await.face());
}

async fn sessions_expire_and_use_renews_them(portal: Portal) {
    let (used, unused) = (portal.customer().await, portal.customer().await);
    // Within the first hour nothing needs renewing.
    let soon = portal.later(TimeDelta::minutes(59)).await;
    assert_eq!(used.at(&soon.base).session().await.expires_at, now() + TimeDelta::days(14));
    let late = portal.later(TimeDelta::days(13)).await;
    assert_eq!(used.at(&late.base).session().await.expires_at, now() + TimeDelta::days(27));
    let over = portal.later(TimeDelta::days(14)).await;
    unused.at(&over.base).get("/session").await.problem(ProblemCode::SignInRequired);
    used.at(&over.base).session().await;
    let long_over = portal.later(TimeDelta::days(28)).await;
    used.at(&long_over.base).get("/cases").await.problem(ProblemCode::SignInRequired);
}

async fn tokens_are_stored_hashed(portal: Portal) {
    let client = portal.customer().await;
    let cookie = client.cookie.clone().expect("a cookie");
    let token = cookie.strip_prefix("casement=").expect("the token");
    let whole = format!("SELECT COUNT(*) AS value FROM sessions WHERE token_hash = '{token}'");
    assert_eq!(portal.number(&whole).await, 0);
    let hashes = "SELECT COUNT(*) AS value FROM sessions WHERE LENGTH(token_hash) = 64";
    assert_eq!(portal.number(hashes).await, 1);
    // Whoever reads the database cannot sign in with what stands there.
    let end = "DELETE FROM sessions";
    portal.sql(end, []).await;
    client.get("/session").await.problem(ProblemCode::SignInRequired);
    let passwords = "SELECT COUNT(*) AS value FROM people WHERE password NOT LIKE '$argon2id$%'";
    assert_eq!(portal.number(passwords).await, 0);
}

async fn invented_tokens_open_nothing(portal: Portal) {
    portal.customer().await;
    for cookie in
        ["casement=", "casement=x", "casement=' OR 1=1 --", "__Host-casement=x", "casement=%00", "other=1"]
    {
        let mut client = portal.anonymous();
        client.cookie = Some(cookie.to_owned());
        client.get("/session").await.problem(ProblemCode::SignInRequired);
    }
    let hash_as_token = portal.anonymous();
    let request = hash_as_token.request(Method::GET, "/cases").header("cookie", [0xff, 0xfe].as_slice());
    hash_as_token.send(request).await.problem(ProblemCode::SignInRequired);
}
