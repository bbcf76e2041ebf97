//! Following a case, and letting others follow it.

use contract::{Action, CaseRecord, ProblemCode, Watcher, thread::Content};
use reqwest::Method;

use crate::harness::{Answer, Client, Draft, Portal, on_both};

on_both!(
    a_colleague_follows_and_stops,
    a_colleague_or_an_address_is_added,
    who_may_remove_whom,
    nobody_is_added_who_is_not_there,
    an_onlooker_who_stops_sees_nothing_more,
    strangers_follow_nothing,
);

const NUMBER: &str = "CS-000001";

async fn put(client: &Client, who: &str) -> Answer {
    client.send(client.request(Method::PUT, &format!("/cases/{NUMBER}/watchers/{who}"))).await
}

async fn remove(client: &Client, who: &str) -> Answer {
    client.delete(&format!("/cases/{NUMBER}/watchers/{who}")).await
}

async fn id(client: &Client) -> String {
    client.session().await.person.id.to_string()
}

fn labels(case: &CaseRecord) -> Vec<&str> {
    case.watchers.iter().map(Watcher::label).collect()
}

async fn a_colleague_follows_and_stops(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Interesting")).await;
    let colleague = portal.colleague().await;
    let me = id(&colleague).await;
    let case: CaseRecord = put(&colleague, &me).await.expect(200).json();
    assert_eq!(labels(&case), ["Emre Aydın"]);
    assert_eq!(case.actions, [Action::Reply, Action::StopWatching, Action::AddWatchers]);
    // Once more changes nothing.
    let again: CaseRecord = put(&colleague, &me).await.expect(200).json();
    assert_eq!(again.version, case.version);
    let left: CaseRecord = remove(&colleague, &me).await.expect(200).json();
    assert!(left.watchers.is_empty() && left.actions.contains(&Action::Watch));
    remove(&colleague, &me).await.problem(ProblemCode::NotFound);
    let timeline = colleague.timeline(NUMBER).await;
    assert!(matches!(timeline[1].content, Content::WatcherAdded { .. }));
    assert!(matches!(timeline[2].content, Content::WatcherRemoved { .. }));
    assert_eq!(timeline.len(), 3);
}

async fn a_colleague_or_an_address_is_added(portal: Portal) {
    let customer = portal.customer().await;
    let before = customer.file(&Draft::problem("For many eyes")).await;
    for who in ["agency@elsewhere.test", "COLLEAGUE@acme.test", "Agency@Elsewhere.test"] {
        put(&customer, who).await.expect(200);
    }
    let case = customer.case(NUMBER).await;
    // People of the organisation are known by their account.
    assert_eq!(labels(&case), ["Emre Aydın", "agency@elsewhere.test"]);
    assert!(matches!(case.watchers[0], Watcher::Person(_)));
    // It moves the case up in nobody's list.
    assert_eq!((case.summary.updated_at, case.version), (before.summary.updated_at, 3));
    let case: CaseRecord = remove(&customer, "agency@elsewhere.test").await.expect(200).json();
    assert_eq!(labels(&case), ["Emre Aydın"]);
}

async fn who_may_remove_whom(portal: Portal) {
    let (customer, partner) = (portal.customer().await, portal.partner().await);
    customer.file(&Draft::problem("Crowded")).await;
    let colleague = portal.colleague().await;
    for client in [&customer, &colleague, &partner, &portal.administrator().await, &portal.analyst().await] {
        let address = format!("{}@elsewhere.test", id(client).await);
        put(client, &address).await.expect(200);
        put(client, "colleague@acme.test").await.expect(200);
    }
    let me = id(&colleague).await;
    remove(&partner, &me).await.problem(ProblemCode::ActionNotAllowed);
    remove(&colleague, &format!("{me}@elsewhere.test")).await.problem(ProblemCode::ActionNotAllowed);
    for client in [&customer, &portal.administrator().await, &portal.analyst().await] {
        remove(client, &me).await.expect(200);
        put(client, &me).await.expect(200);
    }
    remove(&colleague, &me).await.expect(200);
}

async fn nobody_is_added_who_is_not_there(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Unknown people")).await;
    let stranger = id(&portal.stranger().await).await;
    let analyst = id(&portal.analyst().await).await;
    for who in [stranger.as_str(), analyst.as_str(), "nobody", "a@b", "018f0000-0000-7000-8000-000000000000"]
    {
        let problem = put(&customer, who).await.problem(ProblemCode::InvalidFields);
        assert!(problem.error_at("/who").is_some(), "{who}");
    }
    // A stranger's address is an address like any other: nothing tells that it has an account.
    let case: CaseRecord = put(&customer, "user@nordwerk.test").await.expect(200).json();
    assert!(matches!(case.watchers[..], [Watcher::Address(_)]));
    portal.stranger().await.get(&format!("/cases/{NUMBER}")).await.problem(ProblemCode::NotFound);
    for number in 1..50 {
        put(&customer, &format!("many{number}@elsewhere.test")).await.expect(200);
    }
    put(&customer, "one.more@elsewhere.test").await.problem(ProblemCode::InvalidFields);
}

async fn an_onlooker_who_stops_sees_nothing_more(portal: Portal) {
    let own = "UPDATE organisations SET visibility = 'own' WHERE id = $1";
    portal.sql(own, [portal.people.acme.to_string().into()]).await;
    let (customer, colleague) = (portal.customer().await, portal.colleague().await);
    customer.file(&Draft::problem("Among us")).await;
    let me = id(&colleague).await;
    put(&colleague, &me).await.problem(ProblemCode::NotFound);
    put(&customer, &me).await.expect(200);
    assert_eq!(labels(&colleague.case(NUMBER).await), ["Emre Aydın"]);
    remove(&colleague, &me).await.expect(204);
    colleague.get(&format!("/cases/{NUMBER}")).await.problem(ProblemCode::NotFound);
}

async fn strangers_follow_nothing(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Not yours")).await;
    let stranger = portal.stranger().await;
    let me = id(&stranger).await;
    put(&stranger, &me).await.problem(ProblemCode::NotFound);
    remove(&stranger, &me).await.problem(ProblemCode::NotFound);
    assert!(portal.customer().await.case(NUMBER).await.watchers.is_empty());
}
