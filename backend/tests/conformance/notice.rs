//! What support tells everybody.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ProblemCode,
    live::LiveEvent,
    notice::{NewNotice, NoticeBoard, NoticeTone},
};
use reqwest::Method;

use crate::harness::{Answer, Client, Portal, now, on_both};

on_both!(
    everybody_reads_what_support_posts,
    only_support_posts,
    an_end_comes_by_itself,
    two_at_once_do_not_overwrite_each_other,
    what_cannot_be_posted,
);

async fn board(client: &Client) -> NoticeBoard {
    client.get("/notice").await.ok()
}

fn notice(text: &str, until: Option<DateTime<Utc>>) -> NewNotice {
    NewNotice { tone: NoticeTone::Outage, text: text.to_owned(), until }
}

async fn try_post(client: &Client, version: i64, notice: &NewNotice) -> Answer {
    let request = client.request(Method::PUT, "/notice").header("if-match", format!("\"{version}\""));
    client.send(request.json(notice)).await
}

async fn try_take_back(client: &Client, version: i64) -> Answer {
    let request = client.request(Method::DELETE, "/notice").header("if-match", format!("\"{version}\""));
    client.send(request).await
}

async fn text(client: &Client) -> Option<String> {
    board(client).await.notice.map(|notice| notice.text)
}

async fn everybody_reads_what_support_posts(portal: Portal) {
    let analyst = portal.analyst().await;
    assert_eq!(board(&analyst).await, NoticeBoard { version: 0, notice: None });
    let customer = portal.customer().await;
    let mut stream = customer.listen(None).await;
    stream.next().await;
    let answer = try_post(&analyst, 0, &notice("Payments are down.\nWe are on it.", None)).await;
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let posted: NoticeBoard = answer.ok();
    assert_eq!(stream.next().await.event, LiveEvent::NoticeChanged);
    for client in [&customer, &portal.stranger().await, &portal.administrator().await, &analyst] {
        assert_eq!(board(client).await, posted);
    }
    let stands = posted.notice.unwrap();
    assert_eq!((stands.tone, stands.since, stands.until), (NoticeTone::Outage, now(), None));
    try_post(&analyst, 1, &notice("Payments are back.", None)).await.expect(200);
    assert_eq!(text(&customer).await.as_deref(), Some("Payments are back."));
    try_take_back(&analyst, 2).await.expect(200);
    assert_eq!(board(&customer).await, NoticeBoard { version: 3, notice: None });
}

async fn only_support_posts(portal: Portal) {
    for client in [portal.customer().await, portal.administrator().await, portal.partner().await] {
        try_post(&client, 0, &notice("Down", None)).await.problem(ProblemCode::Forbidden);
        try_take_back(&client, 0).await.problem(ProblemCode::Forbidden);
    }
    assert_eq!(text(&portal.customer().await).await, None);
}

async fn an_end_comes_by_itself(portal: Portal) {
    let (analyst, customer) = (portal.analyst().await, portal.customer().await);
    let until = now() + TimeDelta::hours(1);
    try_post(&analyst, 0, &notice("Until one", Some(until))).await.expect(200);
    assert_eq!(text(&customer).await.as_deref(), Some("Until one"));
    let soon = portal.later(TimeDelta::minutes(59)).await;
    assert!(text(&customer.at(&soon.base)).await.is_some());
    let over = portal.later(TimeDelta::minutes(60)).await;
    assert_eq!(board(&customer.at(&over.base)).await, NoticeBoard { version: 1, notice: None });
}

async fn two_at_once_do_not_overwrite_each_other(portal: Portal) {
    let analyst = portal.analyst().await;
    let (one, other) = (notice("One", None), notice("Other", None));
    let (first, second) = tokio::join!(try_post(&analyst, 0, &one), try_post(&analyst, 0, &other));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    try_take_back(&analyst, 0).await.problem(ProblemCode::ChangedMeanwhile);
    assert!(text(&analyst).await.is_some());
    let missing = analyst.put("/notice", &one).await;
    missing.problem(ProblemCode::PreconditionMissing);
}

async fn what_cannot_be_posted(portal: Portal) {
    let analyst = portal.analyst().await;
    for (text, until) in [("", None), (&*"x".repeat(1001), None), ("x", Some(now()))] {
        try_post(&analyst, 0, &notice(text, until)).await.problem(ProblemCode::InvalidFields);
    }
    assert_eq!(text(&analyst).await, None);
}
