//! Getting into one's account: links for forgotten passwords, another password, sessions.

use chrono::TimeDelta;
use contract::{
    ProblemCode,
    account::{AccountLink, SignedIn},
    field::FieldCode,
};
use serde_json::json;

use crate::harness::{Client, PASSWORD, Portal, PostOffice, Reception, Server, on_both, postman};

on_both!(
    a_forgotten_password_is_replaced_by_a_link,
    nobody_learns_who_has_an_account,
    a_link_is_used_once_and_grows_old,
    nobody_is_flooded_with_links,
    a_link_arrives_though_the_server_is_busy,
    a_password_is_changed_by_who_knows_it,
    sessions_are_listed_and_ended,
);

const NEW: &str = "another password";
const EMAIL: &str = "customer@acme.test";

/// Asks for a link, and waits until it is there: it is made behind the answer.
async fn ask(portal: &Portal, email: &str, links: i64) {
    portal.anonymous().post("/account/links", &json!({ "email": email })).await.expect(204);
    while portal.number("SELECT COUNT(*) AS value FROM account_links").await < links {
        tokio::task::yield_now().await;
    }
}

async fn linked(portal: &Portal) -> String {
    let (office, url) = PostOffice::open().await;
    ask(portal, EMAIL, 1).await;
    postman(portal, &url, TimeDelta::zero()).round().await.expect("a round");
    let mails = office.take();
    let [mail] = mails.as_slice() else { panic!("one mail: {mails:?}") };
    assert_eq!(
        (mail.to.as_slice(), mail.header("Subject").as_str()),
        (&[EMAIL.to_owned()][..], "Set a new password")
    );
    mail.token("link")
}

async fn signs_in(portal: &Portal, password: &str) -> u16 {
    portal.anonymous().try_sign_in(EMAIL, password).await.status
}

async fn a_forgotten_password_is_replaced_by_a_link(portal: Portal) {
    let before = portal.customer().await;
    let mut stream = before.listen(None).await;
    stream.next().await;
    let token = linked(&portal).await;
    let stored = "SELECT COUNT(*) AS value FROM account_mails";
    assert_eq!(portal.number(stored).await, 0, "only a hash stays");
    let anybody = portal.anonymous();
    let link: AccountLink = anybody.get(&format!("/account/links/{token}")).await.ok();
    assert_eq!(link, AccountLink { email: EMAIL.to_owned(), name: "Jana Vogel".to_owned() });
    for (password, code) in [("", FieldCode::Required), ("short", FieldCode::TooShort)] {
        let answer = anybody.post(&format!("/account/links/{token}"), &json!({ "password": password })).await;
        let problem = answer.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.error_at("/password").map(|error| error.code), Some(code));
    }
    anybody.post(&format!("/account/links/{token}"), &json!({ "password": NEW })).await.expect(204);
    // Whoever was signed in with the old one is no longer.
    stream.end().await;
    before.get("/session").await.expect(401);
    assert_eq!((signs_in(&portal, PASSWORD).await, signs_in(&portal, NEW).await), (401, 201));
}

async fn nobody_learns_who_has_an_account(portal: Portal) {
    portal.sql("UPDATE people SET active = FALSE WHERE email = $1", ["colleague@acme.test".into()]).await;
    let mut faces = Vec::new();
    for email in [EMAIL, "stranger@acme.test", "colleague@acme.test"] {
        let answer = portal.anonymous().post("/account/links", &json!({ "email": email })).await.expect(204);
        faces.push((answer.status, answer.body));
    }
    assert!(faces.iter().all(|face| *face == faces[0]), "{faces:?}");
    ask(&portal, "admin@acme.test", 2).await;
    let links = "SELECT COUNT(*) AS value FROM account_links l JOIN people p ON p.id = l.person_id WHERE NOT p.active";
    assert_eq!(portal.number(links).await, 0);
    for email in ["", "no address"] {
        let answer = portal.anonymous().post("/account/links", &json!({ "email": email })).await;
        assert!(answer.problem(ProblemCode::InvalidFields).error_at("/email").is_some());
    }
}

async fn a_link_is_used_once_and_grows_old(portal: Portal) {
    let token = linked(&portal).await;
    let path = format!("/account/links/{token}");
    let later: Server = portal.later(TimeDelta::minutes(61)).await;
    let old = Client::anonymous(&later.base);
    old.get(&path).await.expect(404);
    old.post(&path, &json!({ "password": NEW })).await.expect(404);
    let (one, other) = (portal.anonymous(), portal.anonymous());
    let body = json!({ "password": NEW });
    let (first, second) = tokio::join!(one.post(&path, &body), other.post(&path, &body));
    let mut answers = [first.status, second.status];
    answers.sort_unstable();
    assert_eq!(answers, [204, 404]);
    one.get(&path).await.expect(404);
    one.get("/account/links/guessed").await.expect(404);
}

async fn nobody_is_flooded_with_links(portal: Portal) {
    for links in [1, 2, 3, 3, 3] {
        ask(&portal, EMAIL, links).await;
    }
    ask(&portal, "admin@acme.test", 4).await;
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM account_links").await, 4);
}

async fn a_link_arrives_though_the_server_is_busy(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    ask(&portal, EMAIL, 1).await;
    office.next([Reception::Refuse("451 busy\r\n"), Reception::KeepAndHangUp]);
    for later in [0, 31, 200, 2000] {
        postman(&portal, &url, TimeDelta::seconds(later)).round().await.expect("a round");
    }
    let mails = office.take();
    assert_eq!(mails.len(), 2, "{mails:?}");
    assert_eq!(
        mails[0].header("Message-ID"),
        mails[1].header("Message-ID"),
        "one mail to every mail program"
    );
}

async fn a_password_is_changed_by_who_knows_it(portal: Portal) {
    let (here, elsewhere) = (portal.customer().await, portal.customer().await);
    let change = |current: &str, password: &str| json!({ "current": current, "password": password });
    let wrong = here.put("/account/password", &change("guessed it", NEW)).await;
    assert!(wrong.problem(ProblemCode::InvalidFields).error_at("/current").is_some());
    let both = here.put("/account/password", &change("", "short")).await.problem(ProblemCode::InvalidFields);
    assert_eq!(both.errors.len(), 2);
    here.put("/account/password", &change(PASSWORD, NEW)).await.expect(204);
    here.get("/session").await.expect(200);
    elsewhere.get("/session").await.expect(401);
    assert_eq!((signs_in(&portal, PASSWORD).await, signs_in(&portal, NEW).await), (401, 201));
}

async fn sessions_are_listed_and_ended(portal: Portal) {
    let (here, elsewhere, third) =
        (portal.customer().await, portal.customer().await, portal.customer().await);
    let all: Vec<SignedIn> = here.get("/account/sessions").await.ok();
    assert_eq!((all.len(), all.iter().filter(|session| session.this).count()), (3, 1));
    let hashes = "SELECT COUNT(*) AS value FROM sessions WHERE LENGTH(token_hash) = 64";
    assert_eq!(portal.number(hashes).await, 3);
    assert!(all.iter().all(|session| session.id.len() == 32), "no hash is told whole");
    let theirs: Vec<SignedIn> = elsewhere.get("/account/sessions").await.ok();
    let other = theirs.iter().find(|session| session.this).expect("their own").id.clone();
    // Nobody else ends it.
    portal.colleague().await.delete(&format!("/account/sessions/{other}")).await.expect(404);
    here.delete(&format!("/account/sessions/{other}")).await.expect(204);
    elsewhere.get("/session").await.expect(401);
    here.delete(&format!("/account/sessions/{other}")).await.expect(404);
    here.delete("/account/sessions").await.expect(204);
    third.get("/session").await.expect(401);
    here.get("/session").await.expect(200);
}
