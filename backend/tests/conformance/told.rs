//! Who is told of what, where, and once: every event against every relation to the case.

use std::collections::{BTreeMap, BTreeSet};

use casement_backend::{
    accounts::{NewPerson, add_membership, add_person},
    mail::Postman,
    store::Sql,
};
use chrono::TimeDelta;
use contract::{
    Action,
    notification::{Channel, MailPace, NotificationChoices, Topic},
    people::MembershipRole,
};
use reqwest::header;
use sea_orm::FromQueryResult;
use serde_json::json;

use crate::harness::{
    Client, Draft, Portal, PostOffice, Received, Reception, now, on_both, postman, quick_hash,
};

on_both!(
    every_event_reaches_every_relation_once,
    everybody_is_told_where_they_chose,
    a_muted_case_is_silent_until_it_is_not,
    mails_of_an_hour_come_as_one,
    a_watcher_leaves_by_a_link,
    who_lost_sight_of_the_case_gets_no_waiting_mail,
);

const NUMBER: &str = "CS-000001";
const REQUESTER: &str = "customer@acme.test";
const FILER: &str = "admin@acme.test";
const ADMINISTRATOR: &str = "second-admin@acme.test";
const WATCHER: &str = "colleague@acme.test";
const MUTED: &str = "muted@acme.test";
const ANALYST: &str = "analyst@support.test";
const BARE: &str = "bare@elsewhere.test";
const CONTACT: &str = "ops@elsewhere.test";

/// What somebody was told: in the portal, and by which mails.
type Told = BTreeMap<String, (usize, Vec<String>)>;

#[derive(FromQueryResult)]
struct Row {
    address: String,
    how: String,
}

/// Everybody who was told anything since this was asked last.
async fn told(portal: &Portal) -> Told {
    let sql = "SELECT p.email AS address, 'portal' AS how FROM notifications n JOIN people p ON p.id = n.person_id \
               UNION ALL SELECT address, kind FROM mails ORDER BY address, how";
    let rows = portal.app().store.reader().rows::<Row>(sql, []).await.expect("a query");
    for table in ["notifications", "mails"] {
        portal.sql(&format!("DELETE FROM {table}"), []).await;
    }
    let mut told = Told::new();
    for Row { address, how } in rows {
        let (shown, mails) = told.entry(address).or_default();
        if how == "portal" { *shown += 1 } else { mails.push(how) }
    }
    told
}

/// What is expected of those in the portal, and of those by mail.
fn expected(shown: &[&str], mailed: &[(&str, &[&str])]) -> Told {
    let mut told = Told::new();
    for address in shown {
        told.entry((*address).to_owned()).or_default().0 += 1;
    }
    for (kind, addresses) in mailed {
        for address in *addresses {
            told.entry((*address).to_owned()).or_default().1.push((*kind).to_owned());
        }
    }
    told.values_mut().for_each(|(_, mails)| mails.sort());
    told
}

async fn join(portal: &Portal, email: &str, role: MembershipRole) {
    let transaction = portal.app().store.begin().await.expect("a transaction");
    let person = NewPerson {
        email: email.to_owned(),
        name: email.to_owned(),
        password_hash: Some(quick_hash()),
        support: false,
    };
    let id = add_person(&transaction, person, now()).await.expect("a person");
    add_membership(&transaction, id, portal.people.acme, role, now()).await.expect("a membership");
    transaction.commit().await.expect("a commit");
}

/// A case that an administrator filed for the customer, with everybody around it: watchers
/// with an account and without, one who wants to hear nothing and one whose account is out of
/// use, another administrator, and colleagues and others who have nothing to do with it.
async fn case(portal: &Portal) -> Told {
    join(portal, ADMINISTRATOR, MembershipRole::Administrator).await;
    for email in [MUTED, "gone@acme.test", "stranger@acme.test"] {
        join(portal, email, MembershipRole::User).await;
    }
    let draft = Draft::problem("Checkout is slow")
        .with("additional-contact", "Ops@Elsewhere.test")
        .with("watchers", json!([WATCHER, MUTED, "gone@acme.test", BARE]));
    portal.sql("UPDATE people SET active = FALSE WHERE email = $1", ["gone@acme.test".into()]).await;
    let requester = portal.customer().await.session().await.person.id;
    let mut draft = serde_json::to_value(&draft).expect("json");
    draft["requester"] = json!(requester);
    portal.sign_in(FILER).await.post("/cases", &draft).await.expect(201);
    let first = told(portal).await;
    portal.sign_in(MUTED).await.put(&format!("/cases/{NUMBER}/mute"), &json!(null)).await.expect(200);
    first
}

async fn set_eta(analyst: &Client) {
    let tag = analyst.get(&format!("/cases/{NUMBER}")).await.expect(200).etag().to_owned();
    let body = json!({ "action": Action::SetEta, "details": { "eta": "2026-03-20" } });
    let request = analyst.action_request(NUMBER, &body).header(header::IF_MATCH, tag);
    analyst.send(request).await.expect(200);
}

async fn every_event_reaches_every_relation_once(portal: Portal) {
    let everybody: &[&str] = &[REQUESTER, FILER, ADMINISTRATOR, WATCHER, BARE, CONTACT];
    let filed = case(&portal).await;
    let mut all = everybody.to_vec();
    all.push(MUTED);
    assert_eq!(filed, expected(&[REQUESTER, ADMINISTRATOR, WATCHER, MUTED], &[("receipt", &all)]), "filed");

    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    let second = portal.sign_in("second@support.test").await;
    let inside: &[&str] = &[REQUESTER, FILER, ADMINISTRATOR, WATCHER];
    analyst.reply(NUMBER, "We look into it.").await;
    assert_eq!(told(&portal).await, expected(inside, &[("comment", everybody)]), "an analyst wrote");

    customer.reply(NUMBER, "Thank you.").await;
    let others: &[&str] = &[FILER, ADMINISTRATOR, WATCHER, BARE, CONTACT];
    let shown = [FILER, ADMINISTRATOR, WATCHER, ANALYST];
    assert_eq!(told(&portal).await, expected(&shown, &[("comment", others)]), "the requester wrote");

    portal.sign_in(WATCHER).await.reply(NUMBER, "It is slow here, too.").await;
    let (shown, mailed) =
        ([REQUESTER, FILER, ADMINISTRATOR, ANALYST], [REQUESTER, FILER, ADMINISTRATOR, BARE, CONTACT]);
    assert_eq!(told(&portal).await, expected(&shown, &[("comment", &mailed)]), "a watcher wrote");

    second.try_note(NUMBER, "They pay late.").await.expect(201);
    assert_eq!(told(&portal).await, expected(&[ANALYST], &[]), "a note");

    second.act(NUMBER, Action::PickUp, None).await;
    let shown = [REQUESTER, FILER, ADMINISTRATOR, WATCHER, ANALYST];
    assert_eq!(told(&portal).await, expected(&shown, &[("receipt", everybody)]), "the status changed");

    set_eta(&analyst).await;
    let shown = [REQUESTER, FILER, ADMINISTRATOR, WATCHER, "second@support.test"];
    assert_eq!(told(&portal).await, expected(&shown, &[("eta", everybody)]), "a day is expected");

    customer.act(NUMBER, Action::Escalate, Some("We lose money.")).await;
    let shown = [FILER, ADMINISTRATOR, WATCHER, ANALYST, "second@support.test"];
    let mailed: &[(&str, &[&str])] = &[("comment", others), ("emergency", everybody)];
    assert_eq!(told(&portal).await, expected(&shown, mailed), "it was escalated");

    customer.put(&format!("/cases/{NUMBER}/watchers/stranger@acme.test"), &json!(null)).await.expect(200);
    assert_eq!(told(&portal).await, expected(&["stranger@acme.test"], &[]), "somebody follows it now");
    let gone = "DELETE FROM watchers WHERE person_id = (SELECT id FROM people WHERE email = $1)";
    portal.sql(gone, ["stranger@acme.test".into()]).await;

    // With the case its escalation ends.
    customer.act(NUMBER, Action::Close, Some("It works again.")).await;
    let shown = [FILER, ADMINISTRATOR, WATCHER, ANALYST, "second@support.test"];
    let mailed: &[(&str, &[&str])] = &[("comment", others), ("emergency", everybody), ("receipt", everybody)];
    assert_eq!(told(&portal).await, expected(&shown, mailed), "it was closed with a word");
}

async fn choose(client: &Client, choices: NotificationChoices) {
    client.put("/notifications/choices", &choices).await.expect(200);
}

async fn everybody_is_told_where_they_chose(portal: Portal) {
    case(&portal).await;
    let (watcher, analyst) = (portal.colleague().await, portal.analyst().await);
    let unchosen: NotificationChoices = watcher.get("/notifications/choices").await.expect(200).json();
    assert_eq!(unchosen, NotificationChoices::default());
    for (channel, shown, mails) in [
        (Channel::Both, 1, &["comment"][..]),
        (Channel::Portal, 1, &[]),
        (Channel::Mail, 0, &["comment"]),
        (Channel::None, 0, &[]),
    ] {
        choose(&watcher, NotificationChoices::default().with(Topic::Messages, channel)).await;
        analyst.reply(NUMBER, "We look into it.").await;
        let mine = told(&portal).await.remove(WATCHER).unwrap_or_default();
        assert_eq!(mine, (shown, mails.iter().map(|kind| (*kind).to_owned()).collect()), "{channel:?}");
    }
    // Each topic is chosen by itself.
    let none = |topic| NotificationChoices::default().with(topic, Channel::None);
    for (topic, silent) in [(Topic::Status, "receipt"), (Topic::Eta, "eta"), (Topic::Emergency, "emergency")]
    {
        choose(&watcher, none(topic)).await;
        match topic {
            Topic::Status => drop(analyst.act(NUMBER, Action::PickUp, None).await),
            Topic::Eta => set_eta(&analyst).await,
            _ => drop(portal.customer().await.act(NUMBER, Action::Escalate, Some("We lose money.")).await),
        }
        let everyone = told(&portal).await;
        let (_, mails) = everyone.get(WATCHER).cloned().unwrap_or_default();
        assert!(!mails.iter().any(|kind| kind == silent), "{topic:?}: {mails:?}");
        assert!(everyone[REQUESTER].1.iter().any(|kind| kind == silent), "{topic:?} others are told");
    }
    let kept: NotificationChoices = watcher.get("/notifications/choices").await.expect(200).json();
    assert_eq!(kept, none(Topic::Emergency));
    watcher.put("/notifications/choices", &json!({ "messages": "loud" })).await.expect(400);
}

async fn a_muted_case_is_silent_until_it_is_not(portal: Portal) {
    case(&portal).await;
    let (watcher, analyst) = (portal.colleague().await, portal.analyst().await);
    assert!(!watcher.case(NUMBER).await.muted);
    for _ in 0..2 {
        watcher.put(&format!("/cases/{NUMBER}/mute"), &json!(null)).await.expect(200);
    }
    assert!(watcher.case(NUMBER).await.muted);
    assert!(!portal.customer().await.case(NUMBER).await.muted, "only for who muted it");
    analyst.reply(NUMBER, "We look into it.").await;
    assert!(!told(&portal).await.contains_key(WATCHER));
    watcher.delete(&format!("/cases/{NUMBER}/mute")).await.expect(200);
    analyst.reply(NUMBER, "We found it.").await;
    assert!(told(&portal).await.contains_key(WATCHER));
    let stranger = portal.sign_in("user@nordwerk.test").await;
    stranger.put(&format!("/cases/{NUMBER}/mute"), &json!(null)).await.expect(404);
    stranger.delete(&format!("/cases/{NUMBER}/mute")).await.expect(404);
}

async fn sent(portal: &Portal, office: &PostOffice, url: &str, later: TimeDelta) -> Vec<Received> {
    let postman = postman(portal, url, later);
    while postman.round().await.expect("a round") > 0 {}
    office.take()
}

async fn mails_of_an_hour_come_as_one(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    case(&portal).await;
    let (watcher, analyst, customer) =
        (portal.colleague().await, portal.analyst().await, portal.customer().await);
    choose(&watcher, NotificationChoices { pace: MailPace::Hourly, ..NotificationChoices::default() }).await;
    analyst.reply(NUMBER, "We look into it.").await;
    analyst.act(NUMBER, Action::PickUp, None).await;
    customer.file(&Draft::problem("Search is slow").with("watchers", json!([WATCHER]))).await;
    let mine = |mails: &[Received]| -> Vec<Received> {
        mails.iter().filter(|mail| mail.to == [WATCHER]).cloned().collect()
    };
    assert!(
        mine(&sent(&portal, &office, &url, TimeDelta::minutes(59)).await).is_empty(),
        "not before the hour"
    );
    // What is urgent does not wait.
    customer.act(NUMBER, Action::Escalate, Some("We lose money.")).await;
    let urgent = mine(&sent(&portal, &office, &url, TimeDelta::minutes(59)).await);
    assert_eq!(urgent.len(), 1);
    assert!(urgent[0].header("Subject").starts_with("Emergency Started"));
    // Two processes at once, and a server that hangs up once it has taken the mail.
    office.next([Reception::KeepAndHangUp]);
    let one = postman(&portal, &url, TimeDelta::hours(1));
    let other = Postman { store: portal.place.open().await, ..one.clone() };
    let (first, second) = tokio::join!(one.round(), other.round());
    first.expect("a round");
    second.expect("a round");
    let kept = office.take();
    let digests = mine(&[kept, sent(&portal, &office, &url, TimeDelta::hours(2)).await].concat());
    let ids: BTreeSet<_> = digests.iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!(ids.len(), 1, "one mail, however often it was sent: {digests:?}");
    assert_eq!(digests[0].header("Subject"), "Case Digest - Updates: 4 - Cases: 2");
    for line in
        ["CS-000001 Checkout is slow", "Ruth Okafor wrote", "Status: Diagnosis", "CS-000002 Search is slow"]
    {
        assert!(digests[0].text.contains(line), "{line} in {}", digests[0].text);
    }
    let open = portal.number("SELECT COUNT(*) AS value FROM mails WHERE sent_at IS NULL").await;
    assert_eq!(open, 0);
}

/// The link in a mail by which its reader stops following.
fn way_out(mail: &Received) -> String {
    let header = mail.header("List-Unsubscribe");
    assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let url = header.trim_matches(['<', '>']);
    url.strip_prefix("https://portal.test/api/v1").expect("a link into the portal").to_owned()
}

async fn a_watcher_leaves_by_a_link(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    case(&portal).await;
    portal.analyst().await.reply(NUMBER, "We look into it.").await;
    let mails = sent(&portal, &office, &url, TimeDelta::zero()).await;
    let of = |address: &str| mails.iter().find(|mail| mail.to == [address]).expect("a mail");
    for address in [REQUESTER, FILER, CONTACT] {
        assert!(!of(address).text.contains("List-Unsubscribe"), "{address} does not only follow it");
    }
    let (bare, account) = (way_out(of(BARE)), way_out(of(WATCHER)));
    assert_ne!(bare, account);
    let anybody = portal.anonymous();
    let page = anybody.get(&bare).await.expect(200);
    assert!(page.body.contains("Stop following case CS-000001?") && page.body.contains(BARE));
    assert_eq!(portal.customer().await.case(NUMBER).await.watchers.len(), 4, "looking changes nothing");
    for (link, left) in [(&bare, 3), (&account, 2)] {
        let page = anybody.post(link, &json!({})).await.expect(200);
        assert!(page.body.contains("You follow case CS-000001 no longer"), "{}", page.body);
        assert_eq!(portal.customer().await.case(NUMBER).await.watchers.len(), left);
        let again = [anybody.post(link, &json!({})).await, anybody.get(link).await];
        assert!(again.iter().all(|page| page.body.contains("This link is no longer valid")));
    }
    let guessed = anybody.get("/following/0123456789abcdef0123456789abcdef").await.expect(200);
    assert!(guessed.body.contains("This link is no longer valid"));
    told(&portal).await;
    portal.analyst().await.reply(NUMBER, "We found it.").await;
    let after = told(&portal).await;
    assert!(!after.contains_key(BARE) && !after.contains_key(WATCHER), "{after:?}");
}

async fn who_lost_sight_of_the_case_gets_no_waiting_mail(portal: Portal) {
    let (office, url) = PostOffice::open().await;
    case(&portal).await;
    portal.analyst().await.reply(NUMBER, "We look into it.").await;
    portal.sql("DELETE FROM watchers WHERE email = $1", [BARE.into()]).await;
    portal.sql("UPDATE people SET active = FALSE WHERE email = $1", [WATCHER.into()]).await;
    let to: Vec<_> =
        sent(&portal, &office, &url, TimeDelta::zero()).await.into_iter().flat_map(|mail| mail.to).collect();
    assert!(to.iter().any(|address| address == REQUESTER));
    assert!(!to.iter().any(|address| address == BARE || address == WATCHER), "{to:?}");
}
