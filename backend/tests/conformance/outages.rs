//! The database goes away and comes back.

use contract::live::LiveEvent;

use crate::harness::{Draft, Portal, cut_connections, on_both};

on_both!(readiness_is_told, cut_connections_are_made_anew, a_lost_table_is_a_fault_without_words);

async fn readiness_is_told(portal: Portal) {
    let ask = |path: &str| reqwest::get(format!("{}{path}", portal.server.base));
    assert_eq!(ask("/healthz").await.expect("an answer").status(), 200);
    assert_eq!(ask("/readyz").await.expect("an answer").status(), 200);
    if let Some(pool) = portal.app().store.postgres_pool() {
        pool.close().await;
        assert_eq!(ask("/healthz").await.expect("an answer").status(), 200);
        assert_eq!(ask("/readyz").await.expect("an answer").status(), 503);
        let answer = portal.anonymous().try_sign_in("customer@acme.test", "x").await;
        answer.problem(contract::ProblemCode::Unavailable);
    }
}

/// PostgreSQL restarts, or a firewall forgets: the pool notices, and so does
/// whoever waits for notifications.
async fn cut_connections_are_made_anew(portal: Portal) {
    let customer = portal.customer().await;
    let mut stream = customer.listen(None).await;
    assert_eq!(stream.next().await.event, LiveEvent::Hello);
    if let crate::harness::Place::Postgres(address) = &portal.place {
        cut_connections(address).await;
    }
    customer.file(&Draft::problem("After the cut")).await;
    assert_eq!(stream.next().await.number(), "CS-000001");
}

async fn a_lost_table_is_a_fault_without_words(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Readable for now")).await;
    portal.sql("UPDATE cases SET submission = 'not JSON'", []).await;
    // The harness looks for words of programs in it.
    let problem = customer.get("/cases/CS-000001").await.problem(contract::ProblemCode::Internal);
    assert!(problem.detail.contains("request id"), "{problem:?}");
    customer.cases("").await;
}
