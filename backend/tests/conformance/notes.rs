//! Notes of the support team: for customers there are none.

use chrono::TimeDelta;
use contract::{
    Action, Entry, Status,
    live::LiveEvent,
    thread::{Content, Purpose},
};
use reqwest::{Method, header};

use crate::harness::{Draft, Portal, on_both};

on_both!(
    customers_cannot_tell_that_there_is_a_note,
    support_reads_notes_in_their_place,
    notes_do_not_open_closed_cases,
);

async fn customers_cannot_tell_that_there_is_a_note(portal: Portal) {
    let customers = [
        portal.customer().await,
        portal.colleague().await,
        portal.administrator().await,
        portal.partner().await,
    ];
    customers[0].file(&Draft::problem("What support thinks")).await;
    let mut streams = Vec::new();
    let mut before = Vec::new();
    for client in &customers {
        let mut stream = client.listen(None).await;
        stream.next().await;
        streams.push(stream);
        let timeline = client.get("/cases/CS-000001/timeline").await.body;
        let case = client.get("/cases/CS-000001").await.expect(200);
        before.push((case.face(), timeline, client.get("/cases").await.body, client.counts("").await));
    }
    // Later, so that a touched time would show.
    let later = portal.later(TimeDelta::hours(2)).await;
    let analyst = portal.analyst().await.at(&later.base);
    let note: Entry =
        analyst.try_note("CS-000001", "Between ourselves: a bug of ours").await.expect(201).json();
    assert!(matches!(note.content, Content::Message { purpose: Purpose::Note, .. }));

    for (client, before) in customers.iter().zip(before) {
        let timeline = client.get("/cases/CS-000001/timeline").await.body;
        let case = client.get("/cases/CS-000001").await.expect(200);
        assert_eq!((case.face(), timeline, client.get("/cases").await.body, client.counts("").await), before);
        let request = client.request(Method::GET, "/cases/CS-000001").header(header::IF_NONE_MATCH, "\"1\"");
        client.send(request).await.expect(304);
    }
    // The streams' next event is of a reply: none came of the note.
    customers[0].reply("CS-000001", "Any news?").await;
    for stream in &mut streams {
        let LiveEvent::CaseChanged { version, .. } = stream.next().await.event else { panic!("a change") };
        assert_eq!(version, 2);
    }
}

async fn support_reads_notes_in_their_place(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    let colleague = portal.sign_in("second@support.test").await;
    customer.file(&Draft::problem("What support thinks")).await;
    let mut stream = colleague.listen(None).await;
    stream.next().await;
    analyst.try_note("CS-000001", "A first guess").await.expect(201);
    // The team hears of it at once; the version is the customers' and stays.
    let event = stream.next().await;
    assert_eq!((event.number().as_str(), analyst.case("CS-000001").await.version), ("CS-000001", 1));
    customer.reply("CS-000001", "Any news?").await;
    analyst.try_note("CS-000001", "A second guess").await.expect(201);
    let sources: Vec<_> = colleague
        .timeline("CS-000001")
        .await
        .into_iter()
        .filter_map(|entry| match entry.content {
            Content::Message { source, .. } => Some((entry.position, source)),
            _ => None,
        })
        .collect();
    let expected = [(2, "A first guess"), (3, "Any news?"), (4, "A second guess")];
    assert_eq!(sources, expected.map(|(position, text)| (position, text.to_owned())));
}

async fn notes_do_not_open_closed_cases(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Over and done")).await;
    customer.act("CS-000001", Action::Close, None).await;
    analyst.try_note("CS-000001", "For the record").await.expect(201);
    let case = customer.case("CS-000001").await;
    assert_eq!((case.summary.status, case.version), (Status::Closed, 2));
}
