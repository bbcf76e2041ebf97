//! Mails: who is sent which, under which subject, and that each arrives once.

use std::collections::BTreeSet;

use casement_backend::mail::{Delivery, Postman};
use chrono::TimeDelta;
use contract::Action;
use reqwest::header;
use serde_json::json;

use crate::harness::{Client, Draft, Locked, Portal, PostOffice, Received, Reception, now, on_both, postman};

on_both!(
    subjects_are_to_the_letter,
    each_mail_goes_to_whom_it_concerns,
    mails_speak_the_language_of_their_reader,
    mails_of_a_case_are_one_conversation,
    a_server_that_is_busy_is_tried_again,
    what_is_refused_for_good_is_given_up,
    a_mail_sent_twice_is_the_same_mail,
    two_processes_send_each_mail_once,
    nothing_internal_is_mailed,
    without_a_server_mails_are_files,
    a_locked_server_is_spoken_to_in_secret,
);

const NUMBER: &str = "CS-000001";

async fn send_all(postman: &Postman) {
    while postman.round().await.expect("a round") > 0 {}
}

/// Everything that was mailed by now, as its subjects and addresses.
async fn mailed(portal: &Portal, office: &PostOffice, url: &str) -> BTreeSet<(String, String)> {
    send_all(&postman(portal, url, TimeDelta::zero())).await;
    let received = office.take();
    let told: BTreeSet<_> = received.iter().map(|mail| (kind(mail), mail.to.join(","))).collect();
    assert_eq!(told.len(), received.len(), "nobody is told twice: {received:?}");
    told
}

/// The first words of a subject.
fn kind(mail: &Received) -> String {
    mail.header("Subject").split(" - ").next().unwrap_or_default().to_owned()
}

fn to(kind: &str, addresses: &[&str]) -> BTreeSet<(String, String)> {
    addresses.iter().map(|address| (kind.to_owned(), (*address).to_owned())).collect()
}

fn watched() -> Draft {
    Draft::problem("Checkout is slow")
        .with("additional-contact", "Ops@Elsewhere.test")
        .with("watchers", json!(["colleague@acme.test", "bare@elsewhere.test"]))
}

const CUSTOMER: &str = "customer@acme.test";
const COLLEAGUE: &str = "colleague@acme.test";
const ADMIN: &str = "admin@acme.test";
const BARE: &str = "bare@elsewhere.test";
const OPS: &str = "ops@elsewhere.test";

async fn set_eta(analyst: &Client) {
    let tag = analyst.get(&format!("/cases/{NUMBER}")).await.expect(200).etag().to_owned();
    let body = json!({ "action": Action::SetEta, "details": { "eta": "2026-03-20" } });
    let request = analyst.action_request(NUMBER, &body).header(header::IF_MATCH, tag);
    analyst.send(request).await.expect(200);
}

async fn subjects_are_to_the_letter(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Checkout is slow")).await;
    analyst.act(NUMBER, Action::PickUp, None).await;
    set_eta(&analyst).await;
    analyst.act(NUMBER, Action::ProposeSolution, Some("Clear the cache.")).await;
    send_all(&postman(&portal, &url, TimeDelta::zero())).await;
    let mails = office.take();
    let own = mails.iter().filter(|mail| mail.to == [CUSTOMER]);
    let subjects: Vec<_> = own.map(|mail| mail.header("Subject")).collect();
    let tracking_id = subjects[0].rsplit(' ').next().unwrap_or_default().to_owned();
    assert_eq!(tracking_id.len(), 32, "128 bits: {subjects:?}");
    let case = "Case ID: CS-000001 - Customer: Acme";
    assert_eq!(
        subjects,
        [
            format!("Case Receipt - {case} - Status: Received. {tracking_id}"),
            format!("Case Receipt - {case} - Status: Diagnosis. {tracking_id}"),
            format!("Case ETA Update - {case} - ETA: 2026-03-20. {tracking_id}"),
            format!("Case Comment Notification - {case} - Status: Solution proposed {tracking_id}"),
            format!("Case Receipt - {case} - Status: Solution proposed. {tracking_id}"),
        ]
    );
    // A change request and an emergency have names of their own.
    customer.file(&Draft::change("other").with("description", "Please turn it the other way round.")).await;
    customer.file(&Draft::emergency()).await;
    analyst.act("CS-000003", Action::AcknowledgeEscalation, None).await;
    send_all(&postman(&portal, &url, TimeDelta::zero())).await;
    let mails = office.take();
    let own = mails.iter().filter(|mail| mail.to == [CUSTOMER]);
    let subjects: Vec<_> = own.map(|mail| mail.header("Subject")).collect();
    let without_id: Vec<_> =
        subjects.iter().map(|line| line.rsplit_once(' ').map_or("", |(line, _)| line)).collect();
    assert_eq!(
        without_id,
        [
            "Change Request Receipt - Case ID: CS-000002 - Customer: Acme - Status: Received.",
            "Emergency Started - Case ID: CS-000003 - Customer: Acme",
            "Emergency Acknowledged - Case ID: CS-000003 - Customer: Acme",
        ]
    );
    let ids: BTreeSet<_> =
        subjects.iter().filter_map(|line| line.rsplit_once(' ')).map(|(_, id)| id).collect();
    assert_eq!(ids.len(), 2, "each case has one of its own");
    assert!(!ids.contains(tracking_id.as_str()));
}

async fn each_mail_goes_to_whom_it_concerns(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&watched()).await;
    let all = [CUSTOMER, COLLEAGUE, ADMIN, BARE, OPS];
    assert_eq!(mailed(&portal, &office, &url).await, to("Case Receipt", &all));
    // What somebody writes goes to everybody but them.
    customer.reply(NUMBER, "It is slower now.").await;
    let others = [COLLEAGUE, ADMIN, BARE, OPS];
    assert_eq!(mailed(&portal, &office, &url).await, to("Case Comment Notification", &others));
    portal.colleague().await.reply(NUMBER, "Here too.").await;
    let others = [CUSTOMER, ADMIN, BARE, OPS];
    assert_eq!(mailed(&portal, &office, &url).await, to("Case Comment Notification", &others));
    set_eta(&analyst).await;
    assert_eq!(mailed(&portal, &office, &url).await, to("Case ETA Update", &all));
    analyst.act(NUMBER, Action::RequestInformation, Some("Since when?")).await;
    let expected =
        to("Case Comment Notification", &all).into_iter().chain(to("Case Receipt", &all)).collect();
    assert_eq!(mailed(&portal, &office, &url).await, expected);
    customer.act(NUMBER, Action::Escalate, Some("We lose money.")).await;
    let others = [COLLEAGUE, ADMIN, BARE, OPS];
    let expected =
        to("Case Comment Notification", &others).into_iter().chain(to("Emergency Started", &all)).collect();
    assert_eq!(mailed(&portal, &office, &url).await, expected);
    // Who is out of use is told nothing, by whatever address.
    portal.sql("UPDATE people SET active = FALSE WHERE email = $1", [COLLEAGUE.into()]).await;
    portal.sql("UPDATE cases SET additional_contact = $1", ["Colleague@acme.test".into()]).await;
    customer.reply(NUMBER, "Is anybody there?").await;
    // It answers the question, too.
    let comments = to("Case Comment Notification", &[ADMIN, BARE]);
    let expected = comments.into_iter().chain(to("Case Receipt", &[CUSTOMER, ADMIN, BARE])).collect();
    assert_eq!(mailed(&portal, &office, &url).await, expected);
}

async fn mails_speak_the_language_of_their_reader(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    let sql = "UPDATE people SET preferences = $1 WHERE email = $2";
    portal.sql(sql, [r#"{"language":"de"}"#.into(), CUSTOMER.into()]).await;
    portal.customer().await.file(&watched()).await;
    send_all(&postman(&portal, &url, TimeDelta::zero())).await;
    for mail in office.take() {
        let german = [CUSTOMER, BARE, OPS].contains(&mail.to[0].as_str());
        let (spoken, other) = if german { ("Guten Tag", "Hello") } else { ("Hello", "Guten Tag") };
        assert!(mail.text.contains(spoken) && !mail.text.contains(other), "{mail:?}");
        assert!(mail.header("Subject").contains("Status: Received. "), "the same in every language");
    }
}

async fn mails_of_a_case_are_one_conversation(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Checkout is slow")).await;
    portal.analyst().await.reply(NUMBER, "Try **this** <script>alert(1)</script>").await;
    send_all(&postman(&portal, &url, TimeDelta::zero())).await;
    let mails: Vec<_> = office.take().into_iter().filter(|mail| mail.to == [CUSTOMER]).collect();
    assert_eq!(mails.len(), 2);
    assert_ne!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
    for header in ["References", "In-Reply-To"] {
        assert_eq!(mails[0].header(header), mails[1].header(header));
    }
    for mail in &mails {
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert!(mail.header("From").contains("support@vendor.test"));
        assert!(
            mail.text.replace("=\n", "").contains("https://portal.test/cases/CS-000001#entry-"),
            "{mail:?}"
        );
    }
    let html = mails[1].text.replace("=\n", "").replace("=3D", "=");
    assert!(html.contains("<strong>this</strong> &lt;script&gt;"), "{html}");
}

async fn a_server_that_is_busy_is_tried_again(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    portal.customer().await.file(&Draft::problem("Checkout is slow")).await;
    office.next([Reception::Refuse("451 busy\r\n"), Reception::HangUp]);
    send_all(&postman(&portal, &url, TimeDelta::zero())).await;
    assert!(office.take().is_empty(), "neither arrived");
    send_all(&postman(&portal, &url, TimeDelta::seconds(10))).await;
    assert!(office.take().is_empty(), "it is too early");
    send_all(&postman(&portal, &url, TimeDelta::seconds(31))).await;
    let to: BTreeSet<_> = office.take().into_iter().flat_map(|mail| mail.to).collect();
    assert_eq!(to, BTreeSet::from([ADMIN, CUSTOMER].map(str::to_owned)));
    send_all(&postman(&portal, &url, TimeDelta::days(9))).await;
    assert!(office.take().is_empty(), "once is enough");
}

async fn what_is_refused_for_good_is_given_up(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    portal.customer().await.file(&Draft::problem("Checkout is slow")).await;
    office.next([Reception::Refuse("550 nobody here\r\n"), Reception::Refuse("550 nobody here\r\n")]);
    send_all(&postman(&portal, &url, TimeDelta::zero())).await;
    send_all(&postman(&portal, &url, TimeDelta::days(9))).await;
    assert!(office.take().is_empty());
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM mails WHERE refusal LIKE '%550%'").await, 2);
}

async fn a_mail_sent_twice_is_the_same_mail(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    portal.customer().await.file(&Draft::problem("Checkout is slow")).await;
    portal.sql("DELETE FROM mails WHERE address <> $1", [CUSTOMER.into()]).await;
    // It is taken, and we never hear of that.
    office.next([Reception::KeepAndHangUp]);
    send_all(&postman(&portal, &url, TimeDelta::zero())).await;
    send_all(&postman(&portal, &url, TimeDelta::minutes(1))).await;
    let ids: Vec<_> = office.take().iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    // A process took one and died before it was sent.
    portal
        .sql(
            "UPDATE mails SET sent_at = NULL, attempts = attempts + 1, due_at = $1",
            [casement_backend::store::to_micros(now() + TimeDelta::minutes(6)).into()],
        )
        .await;
    send_all(&postman(&portal, &url, TimeDelta::minutes(5))).await;
    assert!(office.take().is_empty(), "another may still be at it");
    send_all(&postman(&portal, &url, TimeDelta::minutes(6))).await;
    let again: Vec<_> = office.take().iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!(again, ids[..1]);
}

async fn two_processes_send_each_mail_once(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    let customer = portal.customer().await;
    for turn in 0..15 {
        customer.file(&Draft::problem(&format!("Case {turn}"))).await;
    }
    let one = postman(&portal, &url, TimeDelta::zero());
    let other = Postman { store: portal.place.open().await, ..one.clone() };
    tokio::join!(send_all(&one), send_all(&other));
    let mails = office.take();
    let ids: BTreeSet<_> = mails.iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!((mails.len(), ids.len()), (30, 30));
}

async fn nothing_internal_is_mailed(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    portal.customer().await.file(&watched()).await;
    mailed(&portal, &office, &url).await;
    let analyst = portal.analyst().await;
    analyst.try_note(NUMBER, "They did not pay.").await.expect(201);
    assert!(mailed(&portal, &office, &url).await.is_empty());
}

async fn without_a_server_mails_are_files(portal: Portal) {
    let folder = tempfile::tempdir().expect("a folder");
    portal.customer().await.file(&Draft::problem("Checkout is slow")).await;
    let delivery = Delivery::Folder(folder.path().join("mail"));
    let postman = Postman { delivery, ..postman(&portal, "smtp://localhost", TimeDelta::zero()) };
    send_all(&postman).await;
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder.path().join("mail")).expect("the folder") {
        texts.push(std::fs::read_to_string(entry.expect("a file").path()).expect("a mail"));
    }
    assert_eq!(texts.len(), 2);
    assert!(texts.iter().all(|text| text.contains("Subject: Case Receipt - Case ID: CS-000001")));
}

async fn a_locked_server_is_spoken_to_in_secret(portal: Portal) {
    let customer = portal.customer().await;
    for (locked, scheme, query) in
        [(Locked::FromTheStart, "smtps", ""), (Locked::OnTheWay, "smtp", "?tls=required")]
    {
        customer.file(&Draft::problem("Checkout is slow")).await;
        let (office, port, authority) = PostOffice::open_locked(locked).await;
        let url = |password: &str| format!("{scheme}://portal:{password}@localhost:{port}{query}");
        let by = |url: &str, authority: Option<&str>| Postman {
            delivery: Delivery::smtp(url, authority.map(str::as_bytes)).expect("a server"),
            ..postman(&portal, "smtp://localhost", TimeDelta::zero())
        };
        // Neither somebody nobody vouches for, nor without the password.
        by(&url("secret"), None).round().await.expect("a round");
        assert!(office.take().is_empty(), "{locked:?}: nobody vouches for it");
        portal.sql("UPDATE mails SET due_at = 0", []).await;
        by(&url("guessed"), Some(&authority)).round().await.expect("a round");
        assert!(office.take().is_empty(), "{locked:?}: the password is another");
        portal.sql("UPDATE mails SET due_at = 0, refusal = NULL", []).await;
        send_all(&by(&url("secret"), Some(&authority))).await;
        assert_eq!(office.take().len(), 2, "{locked:?}");
    }
    // What was asked to be secret is not sent in the clear.
    customer.file(&Draft::problem("Checkout is slow")).await;
    let (office, plain) = PostOffice::open().await;
    let delivery = Delivery::smtp(&format!("{plain}?tls=required"), None).expect("a server");
    let postman = Postman { delivery, ..postman(&portal, "smtp://localhost", TimeDelta::zero()) };
    postman.round().await.expect("a round");
    assert!(office.take().is_empty());
}
