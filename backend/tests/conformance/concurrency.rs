//! Many at once.

use std::collections::BTreeSet;

use contract::{Action, Entry, ProblemCode, Status};
use futures_util::future::join_all;

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(
    replies_at_once_are_all_kept,
    replies_over_two_servers_are_all_kept,
    of_two_decisions_one_wins,
    many_cases_at_once,
    reading_goes_on_while_others_write,
);

async fn reply_at_once(portal: &Portal, clients: &[Client]) {
    clients[0].file(&Draft::problem("Everyone talks")).await;
    let mut texts: Vec<_> = (0..20).map(|turn| format!("Turn {turn}")).collect();
    let replies =
        texts.iter().zip(clients.iter().cycle()).map(|(text, client)| client.reply("CS-000001", text));
    let answered: Vec<Entry> = join_all(replies).await;
    let positions: BTreeSet<_> = answered.iter().map(|entry| entry.position).collect();
    assert_eq!(positions, (2..=21).collect());

    let timeline = portal.customer().await.timeline("CS-000001").await;
    let stored: Vec<_> = timeline.iter().map(|entry| entry.position).collect();
    assert_eq!(stored, (1..=21).collect::<Vec<_>>());
    for entry in &answered {
        assert!(timeline.contains(entry), "{entry:?}");
    }
    let mut kept: Vec<_> = timeline
        .iter()
        .filter_map(|entry| match &entry.content {
            contract::thread::Content::Message { source, .. } => Some(source.clone()),
            _ => None,
        })
        .collect();
    kept.sort();
    texts.sort();
    assert_eq!(kept, texts);
    assert_eq!(portal.customer().await.case("CS-000001").await.version, 21);
}

async fn replies_at_once_are_all_kept(portal: Portal) {
    let clients = [portal.customer().await, portal.colleague().await, portal.analyst().await];
    reply_at_once(&portal, &clients).await;
}

async fn replies_over_two_servers_are_all_kept(portal: Portal) {
    let other = portal.second_process().await;
    let here = portal.customer().await;
    reply_at_once(&portal, &[here.clone(), here.at(&other.base)]).await;
}

async fn of_two_decisions_one_wins(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    let administrator = portal.administrator().await;
    for _ in 0..5 {
        let number = customer.file(&Draft::problem("Accept or reject")).await.summary.number.to_string();
        analyst.act(&number, Action::ProposeSolution, Some("Try this.")).await;
        let (accepted, rejected) = tokio::join!(
            customer.act_on(&number, "\"2\"", Action::AcceptSolution, None),
            administrator.act_on(&number, "\"2\"", Action::RejectSolution, Some("No.")),
        );
        let (won, lost, status) = if accepted.status == 200 {
            (accepted, rejected, Status::Closed)
        } else {
            (rejected, accepted, Status::WaitingForSupport)
        };
        assert_eq!(won.status, 200, "{won:?}");
        let problem = lost.problem(ProblemCode::ChangedMeanwhile);
        assert_eq!(problem.current_status(), Some(status));
        let current: serde_json::Value =
            serde_json::from_str(problem.current.expect("the present record").0.get()).expect("JSON");
        assert_eq!(current["version"], 3);
        let case = customer.case(&number).await;
        assert_eq!((case.summary.status, case.version), (status, 3));
    }
}

/// More than the pool has connections: nobody may wait for one while holding one.
async fn many_cases_at_once(portal: Portal) {
    let client = portal.customer().await;
    let drafts: Vec<_> = (0..60).map(|turn| Draft::problem(&format!("One of sixty: {turn}"))).collect();
    let start = std::time::Instant::now();
    let cases = join_all(drafts.iter().map(|draft| client.file(draft))).await;
    assert!(start.elapsed().as_secs() < 15, "sixty cases took {:?}", start.elapsed());
    let numbers: BTreeSet<_> = cases.iter().map(|case| case.summary.number.0).collect();
    assert_eq!(numbers, (1..=60).collect());
}

async fn reading_goes_on_while_others_write(portal: Portal) {
    let (client, reader) = (portal.customer().await, portal.colleague().await);
    client.file(&Draft::problem("Read and written")).await;
    let write = async {
        for turn in 0..20 {
            client.reply("CS-000001", &format!("Turn {turn}")).await;
        }
    };
    let read = async {
        for _ in 0..20 {
            // What is read is whole: the newest position is the number of entries.
            let timeline = reader.timeline("CS-000001").await;
            assert_eq!(timeline.last().map(|entry| entry.position), i64::try_from(timeline.len()).ok());
            assert_eq!(reader.cases("").await.items.len(), 1);
        }
    };
    tokio::join!(write, read);
}
