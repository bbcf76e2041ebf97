//! Who is told of what in the portal, and what they have seen of it.

use contract::{
    Action, Notification, Page, ProblemCode, UnreadCount,
    field::FieldCode,
    live::LiveEvent,
    thread::{Content, Purpose},
};
use serde_json::json;
use uuid::Uuid;

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(
    everybody_is_told_whom_it_concerns,
    what_was_done_is_told_with_its_beginning,
    reading_a_case_is_seeing_what_one_was_told_of_it,
    marks_are_taken_back,
    others_are_not_marked,
    pages_follow_each_other,
    who_no_longer_sees_a_case_is_not_told_of_it,
    told_at_once_and_to_nobody_else,
);

async fn list(client: &Client) -> Vec<Notification> {
    let page: Page<Notification> = client.get("/notifications").await.ok();
    page.items
}

async fn unread(client: &Client) -> u64 {
    let count: UnreadCount = client.get("/notifications/unread").await.ok();
    count.unread
}

async fn mark(client: &Client, mark: Uuid, ids: Option<&[Uuid]>) -> u64 {
    let body = ids.map_or(json!({}), |ids| json!({ "ids": ids }));
    let count: UnreadCount = client.put(&format!("/notifications/marks/{mark}"), &body).await.ok();
    count.unread
}

/// What each is to the case, and their account.
const RELATIONS: [(&str, &str); 9] = [
    ("requester", "customer@acme.test"),
    ("filer", "partner@agency.test"),
    ("watcher", "colleague@acme.test"),
    ("administrator", "admin@acme.test"),
    ("analyst", "analyst@support.test"),
    ("other analyst", "second@support.test"),
    ("deactivated watcher", "nobody@nowhere.test"),
    ("watcher elsewhere", "user@nordwerk.test"),
    ("address", "somebody@elsewhere.test"),
];

/// How often each was told of something.
async fn told(portal: &Portal) -> Vec<i64> {
    let mut counts = Vec::new();
    for (_, email) in RELATIONS {
        let sql = format!(
            "SELECT COUNT(*) AS value FROM notifications n JOIN people p ON p.id = n.person_id WHERE p.email = '{email}'"
        );
        counts.push(portal.number(&sql).await);
    }
    counts
}

/// Compares who was told, once each, since it was last asked.
async fn check(portal: &Portal, before: &mut Vec<i64>, what: &str, whom: &[&str]) {
    let after = told(portal).await;
    let more = after.iter().zip(before.iter()).map(|(after, before)| after - before);
    let more: Vec<_> = RELATIONS.iter().zip(more).filter(|(_, more)| *more > 0).collect();
    let found: Vec<_> = more.iter().map(|((relation, _), _)| *relation).collect();
    assert_eq!(found, whom, "{what}");
    assert!(more.iter().all(|(_, more)| *more == 1), "{what}: told more than once");
    *before = after;
}

async fn everybody_is_told_whom_it_concerns(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    let (colleague, administrator) = (portal.colleague().await, portal.administrator().await);
    let mut before = told(&portal).await;
    customer.file(&Draft::problem("Told of")).await;
    check(&portal, &mut before, "filed", &["administrator"]).await;
    let number = "CS-000001";
    let person = |email: &str| format!("(SELECT id FROM people WHERE email = '{email}')");
    portal.sql(&format!("UPDATE cases SET filer_id = {}", person("partner@agency.test")), []).await;
    let nobody = person("nobody@nowhere.test");
    portal.sql(&format!("UPDATE people SET active = FALSE WHERE id = {nobody}"), []).await;
    let acme = "(SELECT organisation_id FROM cases)";
    let member = format!(
        "INSERT INTO memberships (person_id, organisation_id, role) VALUES ({nobody}, {acme}, 'administrator')"
    );
    portal.sql(&member, []).await;
    for who in [nobody, person("user@nordwerk.test")] {
        let sql =
            format!("INSERT INTO watchers (case_id, person_id, added_at) SELECT id, {who}, 0 FROM cases");
        portal.sql(&sql, []).await;
    }
    let watch = |who: Uuid| format!("/cases/{number}/watchers/{who}");
    customer.put(&watch(colleague.session().await.person.id), &json!({})).await.expect(200);
    check(&portal, &mut before, "watched for another", &["watcher"]).await;
    customer.put(&format!("/cases/{number}/watchers/somebody@elsewhere.test"), &json!({})).await.expect(200);
    check(&portal, &mut before, "an address watches", &[]).await;

    let all = ["requester", "filer", "watcher", "administrator"];
    analyst.act(number, Action::PickUp, None).await;
    check(&portal, &mut before, "picked up", &all).await;
    analyst.act(number, Action::RequestInformation, Some("Which browser?")).await;
    check(&portal, &mut before, "asked", &all).await;
    customer.reply(number, "The one with the fox.").await;
    check(&portal, &mut before, "answered", &["filer", "watcher", "administrator", "analyst"]).await;
    administrator.reply(number, "Mine, too.").await;
    check(&portal, &mut before, "by an administrator", &["requester", "filer", "watcher", "analyst"]).await;
    portal.sign_in("second@support.test").await.try_note(number, "A note").await.expect(201);
    check(&portal, &mut before, "noted", &["analyst"]).await;
    analyst.act(number, Action::ProposeSolution, Some("Install it anew.")).await;
    let with_second = ["requester", "filer", "watcher", "administrator", "other analyst"];
    check(&portal, &mut before, "proposed", &with_second).await;
    customer.act(number, Action::AcceptSolution, None).await;
    let but_requester = ["filer", "watcher", "administrator", "analyst", "other analyst"];
    check(&portal, &mut before, "accepted", &but_requester).await;
    colleague.delete(&watch(colleague.session().await.person.id)).await.expect(200);
    check(&portal, &mut before, "watched no longer", &[]).await;
    customer.reply(number, "It is back.").await;
    check(&portal, &mut before, "opened again", &["filer", "administrator", "analyst", "other analyst"])
        .await;
}

async fn what_was_done_is_told_with_its_beginning(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Told of")).await;
    analyst.act("CS-000001", Action::PickUp, None).await;
    let long = format!("**Which** browser?\n\n{}", "word ".repeat(100));
    analyst.act("CS-000001", Action::RequestInformation, Some(&long)).await;
    let told = list(&customer).await;
    let [asked, picked_up] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((asked.number.to_string().as_str(), asked.subject.as_str()), ("CS-000001", "Told of"));
    assert_eq!(asked.entry.author.name, "Ruth Okafor");
    assert!(!asked.read && asked.entry.position > picked_up.entry.position);
    let Content::Message { purpose, source, body, .. } = &asked.entry.content else { panic!("{asked:?}") };
    assert_eq!((*purpose, body.len()), (Purpose::InformationRequest, 0));
    assert!(source.starts_with("Which browser? word word") && source.ends_with('…'), "{source}");
    assert!(matches!(picked_up.entry.content, Content::StatusChanged { .. }));
    let entries = customer.timeline("CS-000001").await;
    assert!(entries.iter().any(|entry| entry.id == asked.entry.id), "it is found in the timeline");
}

async fn reading_a_case_is_seeing_what_one_was_told_of_it(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Case one")).await;
    customer.file(&Draft::problem("Case two")).await;
    let first = analyst.reply("CS-000001", "Hello").await;
    analyst.reply("CS-000001", "Again").await;
    analyst.reply("CS-000002", "Hello").await;
    assert_eq!(unread(&customer).await, 3);
    customer.read_up_to("CS-000001", first.position).await;
    assert_eq!(unread(&customer).await, 2);
    customer.read_up_to("CS-000001", 99).await;
    assert_eq!(unread(&customer).await, 1);
    let read: Vec<_> = list(&customer).await.iter().map(|told| (told.number.0, told.read)).collect();
    assert_eq!(read, [(2, false), (1, true), (1, true)]);
}

async fn marks_are_taken_back(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Case one")).await;
    for text in ["One", "Two", "Three"] {
        analyst.reply("CS-000001", text).await;
    }
    let ids: Vec<_> = list(&customer).await.iter().map(|told| told.id).collect();
    let (one, all) = (Uuid::now_v7(), Uuid::now_v7());
    assert_eq!(mark(&customer, one, Some(&ids[..1])).await, 2);
    assert_eq!(mark(&customer, all, None).await, 0);
    assert_eq!(mark(&customer, all, None).await, 0);
    let path = format!("/notifications/marks/{all}");
    assert_eq!(customer.delete(&path).await.ok::<UnreadCount>().unread, 2);
    assert_eq!(customer.delete(&path).await.ok::<UnreadCount>().unread, 2);
    let read: Vec<_> = list(&customer).await.iter().map(|told| told.read).collect();
    assert_eq!(read, [true, false, false]);
    let too_many = vec![ids[0]; 201];
    for (ids, code) in [(&too_many[..], FieldCode::TooMany), (&[], FieldCode::Required)] {
        let path = format!("/notifications/marks/{}", Uuid::now_v7());
        let problem = customer.put(&path, &json!({ "ids": ids })).await.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.error_at("/ids").map(|error| error.code), Some(code));
    }
}

async fn others_are_not_marked(portal: Portal) {
    let (customer, administrator) = (portal.customer().await, portal.administrator().await);
    customer.file(&Draft::problem("Case one")).await;
    portal.analyst().await.reply("CS-000001", "Hello").await;
    let theirs: Vec<_> = list(&administrator).await.iter().map(|told| told.id).collect();
    let by = Uuid::now_v7();
    mark(&customer, by, Some(&theirs)).await;
    assert_eq!((unread(&customer).await, unread(&administrator).await), (1, 2));
    mark(&administrator, by, None).await;
    customer.delete(&format!("/notifications/marks/{by}")).await.expect(200);
    assert_eq!(unread(&administrator).await, 0);
}

async fn pages_follow_each_other(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Case one")).await;
    for number in 0..5 {
        analyst.reply("CS-000001", &format!("Message {number}")).await;
    }
    let all = list(&customer).await;
    let (mut found, mut next) = (Vec::new(), None::<String>);
    for pages in 1.. {
        let cursor = next.map(|next| format!("&cursor={next}")).unwrap_or_default();
        let page: Page<Notification> = customer.get(&format!("/notifications?limit=2{cursor}")).await.ok();
        found.extend(page.items);
        next = page.next;
        if next.is_none() {
            assert_eq!(pages, 3);
            break;
        }
    }
    assert_eq!(found, all);
    for query in ["limit=0", "limit=201", "cursor=x", "page=2"] {
        customer.get(&format!("/notifications?{query}")).await.expect(400);
    }
}

async fn who_no_longer_sees_a_case_is_not_told_of_it(portal: Portal) {
    let (customer, stranger) = (portal.customer().await, portal.stranger().await);
    customer.file(&Draft::problem("Case one")).await;
    portal.analyst().await.reply("CS-000001", "Hello").await;
    assert_eq!((unread(&stranger).await, list(&stranger).await.len()), (0, 0));
    assert_eq!(unread(&customer).await, 1);
    let sql = "DELETE FROM memberships WHERE person_id = (SELECT id FROM people WHERE email = 'customer@acme.test')";
    portal.sql(sql, []).await;
    assert_eq!((unread(&customer).await, list(&customer).await.len()), (0, 0));
}

async fn told_at_once_and_to_nobody_else(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Case one")).await;
    let mut mine = customer.listen(None).await;
    let mut theirs = portal.colleague().await.listen(None).await;
    assert_eq!((mine.next().await.event, theirs.next().await.event), (LiveEvent::Hello, LiveEvent::Hello));
    analyst.reply("CS-000001", "Hello").await;
    let told = |event: LiveEvent| matches!(event, LiveEvent::CaseChanged { told: true, .. });
    assert!(told(mine.next().await.event) && !told(theirs.next().await.event));
    mark(&customer, Uuid::now_v7(), None).await;
    assert_eq!(mine.next().await.event, LiveEvent::NotificationsChanged);
    analyst.reply("CS-000001", "Again").await;
    // A colleague hears of the case alone.
    assert!(matches!(theirs.next().await.event, LiveEvent::CaseChanged { told: false, .. }));
}
