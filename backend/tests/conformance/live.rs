//! The live stream.

use std::time::{Duration, Instant};

use contract::{Action, ProblemCode, live::LiveEvent};
use reqwest::{Method, header};

use crate::harness::{Client, Draft, Events, Portal, now, on_both};

on_both!(
    everyone_concerned_hears_of_a_change,
    changes_arrive_within_a_second,
    strangers_hear_nothing,
    with_own_visibility_only_ones_own_is_heard,
    cut_anywhere_it_resumes_without_gap_or_repetition,
    what_cannot_be_listed_says_reload,
    after_a_long_silence_nothing_is_missed,
    where_to_resume_must_be_a_number,
    signing_out_ends_the_stream,
    who_may_see_less_hears_less_soon,
    stopping_ends_the_stream,
    two_servers_tell_each_other,
    what_was_undone_is_not_told,
    it_is_not_kept_by_anyone,
);

/// A stream that has said hello.
async fn greeted(client: &Client) -> Events {
    let mut events = client.listen(None).await;
    assert_eq!(events.next().await.event, LiveEvent::Hello);
    events
}

async fn everyone_concerned_hears_of_a_change(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    let mut streams = Vec::new();
    for client in [
        &customer,
        &portal.colleague().await,
        &portal.administrator().await,
        &portal.partner().await,
        &analyst,
    ] {
        streams.push(greeted(client).await);
    }
    customer.file(&Draft::problem("Heard by all")).await;
    analyst.act("CS-000001", Action::PickUp, None).await;
    customer.reply("CS-000001", "Thank you!").await;
    for stream in &mut streams {
        let mut id = 0;
        for version in 1..=3 {
            let event = stream.next().await;
            let number = "CS-000001".parse().expect("a number");
            let LiveEvent::CaseChanged { number: heard, version: now, .. } = event.event else {
                panic!("{event:?}")
            };
            assert_eq!((heard, now), (number, version));
            assert!(event.id > id, "ids only grow");
            id = event.id;
        }
    }
    // Hello carries the newest id.
    let hello = customer.listen(None).await.next().await;
    assert_eq!((hello.event, hello.id), (LiveEvent::Hello, 3));
}

/// Each round starts when the last one's event came: a stream that only looked
/// now and then would take its two seconds every time.
async fn changes_arrive_within_a_second(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Quick as a flash")).await;
    let mut stream = greeted(&customer).await;
    let start = Instant::now();
    for turn in 0..5 {
        analyst.reply("CS-000001", &format!("Turn {turn}")).await;
        stream.next().await;
    }
    assert!(start.elapsed() < Duration::from_secs(5), "five rounds took {:?}", start.elapsed());
}

async fn strangers_hear_nothing(portal: Portal) {
    let (customer, stranger) = (portal.customer().await, portal.stranger().await);
    let mut streams = [greeted(&stranger).await, greeted(&portal.sign_in("nobody@nowhere.test").await).await];
    customer.file(&Draft::problem("None of theirs")).await;
    customer.reply("CS-000001", "Still none of theirs").await;
    stranger.file(&Draft::problem("Nordwerk's own")).await;
    // The first thing the stranger hears is their own: the stream lives.
    assert_eq!(streams[0].next().await.number(), "CS-000002");
    // Resuming before Acme's events does not bring them up either.
    assert_eq!(stranger.listen(Some(0)).await.next().await.number(), "CS-000002");
    let outsider = portal.sign_in("nobody@nowhere.test").await;
    outsider.delete("/session").await.expect(204);
    let [_, outsiders] = &mut streams;
    let silence = tokio::time::timeout(Duration::from_millis(500), outsiders.try_next()).await;
    assert!(silence.is_err(), "{silence:?}");
}

async fn with_own_visibility_only_ones_own_is_heard(portal: Portal) {
    portal.sql("UPDATE organisations SET visibility = 'own' WHERE name = 'Acme'", []).await;
    let (customer, colleague) = (portal.customer().await, portal.colleague().await);
    let mut colleagues = greeted(&colleague).await;
    let mut administrators = greeted(&portal.administrator().await).await;
    customer.file(&Draft::problem("Mine alone")).await;
    colleague.file(&Draft::problem("Theirs")).await;
    assert_eq!(colleagues.next().await.number(), "CS-000002");
    assert_eq!(administrators.next().await.number(), "CS-000001");
}

/// A small deterministic sequence of pseudo-random numbers (xorshift).
fn random(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state % 10_007).unwrap_or_default()
}

async fn cut_anywhere_it_resumes_without_gap_or_repetition(portal: Portal) {
    let (customer, analyst, stranger) =
        (portal.customer().await, portal.analyst().await, portal.stranger().await);
    customer.file(&Draft::problem("Three hundred events")).await;
    stranger.file(&Draft::problem("In between")).await;
    let start = customer.listen(None).await.next().await.id;
    let write = async {
        for turn in 0..150 {
            let text = format!("Turn {turn}");
            // Half of them at once, and now and then one the reader may not see.
            tokio::join!(customer.reply("CS-000001", &text), analyst.reply("CS-000001", &text));
            if turn % 10 == 0 {
                stranger.reply("CS-000002", &text).await;
            }
        }
    };
    let read = async {
        let (mut seen, mut told, mut cuts) = (Vec::new(), 0, 0);
        let (mut last, mut state) = (start, 0x2545_f491_4f6c_dd1d_u64);
        while seen.len() < 300 {
            let mut stream = customer.listen(Some(last)).await;
            let until = random(&mut state) % 3;
            for _ in 0..until {
                if seen.len() == 300 {
                    break;
                }
                let event = stream.next().await;
                assert!(event.id > last, "{} after {last}", event.id);
                last = event.id;
                let LiveEvent::CaseChanged { number, version, told: mine } = event.event else {
                    panic!("{event:?}")
                };
                assert_eq!(number.0, 1);
                seen.push(version);
                told += u32::from(mine);
            }
            cuts += 1;
            // Dropping the stream cuts the connection, whatever is on its way.
        }
        (seen, told, cuts)
    };
    let ((), (seen, told, cuts)) = tokio::join!(write, read);
    // Versions are handed out in the order of commits: 2 to 301, each once.
    assert_eq!(seen, (2..=301).collect::<Vec<_>>());
    assert_eq!(told, 150, "of what the analyst wrote, and of nothing of their own");
    assert!(cuts >= 200, "{cuts}");
}

async fn what_cannot_be_listed_says_reload(portal: Portal) {
    let customer = portal.customer().await;
    for turn in 0..5 {
        customer.file(&Draft::problem(&format!("Case {turn}"))).await;
    }
    let reload = |after: i64| {
        let customer = customer.clone();
        async move {
            let mut stream = customer.listen(Some(after)).await;
            let event = stream.next().await;
            (event.event == LiveEvent::Reload).then_some((event.id, stream))
        }
    };
    // From the future: another database, or one restored from a backup.
    assert_eq!(reload(6).await.map(|(id, _)| id), Some(5));
    assert!(reload(i64::MAX).await.is_some());
    assert!(reload(-1).await.is_some());
    assert!(reload(i64::MIN).await.is_some());
    assert!(reload(0).await.is_none());
    assert!(reload(4).await.is_none());
    // The oldest are forgotten.
    portal.sql("DELETE FROM stream WHERE id <= 2", []).await;
    assert!(reload(1).await.is_some());
    assert!(reload(2).await.is_none());
    // More than can be listed. The stream goes on from the newest.
    portal.sql("UPDATE counters SET value = 2000 WHERE name = 'stream'", []).await;
    let (id, mut stream) = reload(5).await.expect("too much to list");
    assert_eq!(id, 2000);
    customer.reply("CS-000001", "And on it goes").await;
    assert_eq!((stream.next().await.id, reload(1000).await.is_none()), (2001, false));
}

/// When all of the stream is old enough to be forgotten, whoever was away longer
/// must not believe that nothing happened.
async fn after_a_long_silence_nothing_is_missed(portal: Portal) {
    let customer = portal.customer().await;
    for turn in 0..3 {
        customer.file(&Draft::problem(&format!("Case {turn}"))).await;
    }
    portal.sql("DELETE FROM stream", []).await;
    assert_eq!(customer.listen(Some(1)).await.next().await.event, LiveEvent::Reload);
    // Whoever heard the last of it missed nothing.
    let mut stream = customer.listen(Some(3)).await;
    customer.reply("CS-000001", "Anyone there?").await;
    assert_eq!(stream.next().await.number(), "CS-000001");
}

async fn where_to_resume_must_be_a_number(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Something to hear of")).await;
    for id in ["x", "1.5", "", "99999999999999999999", "1 2", "0x10"] {
        let request = customer.request(Method::GET, "/events").header("last-event-id", id);
        customer.send(request).await.problem(ProblemCode::MalformedRequest);
        if !id.is_empty() {
            let request = customer.request(Method::GET, "/events").query(&[("after", id)]);
            let problem = customer.send(request).await.problem(ProblemCode::MalformedRequest);
            assert!(problem.detail.contains("after"), "{problem:?}");
        }
    }
    let request = customer.request(Method::GET, "/events").query(&[("after", "0")]);
    let mut stream = Events::new(request.send().await.expect("an answer"));
    assert_eq!(stream.next().await.number(), "CS-000001");
    // What the browser adds by itself is newer than what the address says.
    let request =
        customer.request(Method::GET, "/events").query(&[("after", "0")]).header("last-event-id", "1");
    let mut stream = Events::new(request.send().await.expect("an answer"));
    customer.file(&Draft::problem("The next one")).await;
    assert_eq!(stream.next().await.number(), "CS-000002");
}

async fn signing_out_ends_the_stream(portal: Portal) {
    let (customer, elsewhere) = (portal.customer().await, portal.customer().await);
    let (stream, mut other) = (greeted(&customer).await, greeted(&elsewhere).await);
    customer.delete("/session").await.expect(204);
    let start = Instant::now();
    stream.end().await;
    assert!(start.elapsed() < Duration::from_secs(1), "it took {:?}", start.elapsed());
    customer.get("/events").await.problem(ProblemCode::SignInRequired);
    // Only that session's.
    elsewhere.file(&Draft::problem("Still here")).await;
    assert_eq!(other.next().await.number(), "CS-000001");
    // Signing in anew ends the old session, and its stream.
    let mut again = elsewhere.clone();
    again.try_sign_in("customer@acme.test", crate::harness::PASSWORD).await.expect(201);
    other.end().await;
}

async fn stopping_ends_the_stream(portal: Portal) {
    let stream = greeted(&portal.customer().await).await;
    portal.app().hub.close();
    stream.end().await;
}

async fn two_servers_tell_each_other(portal: Portal) {
    let other = portal.second_process().await;
    let here = portal.customer().await;
    let there = here.at(&other.base);
    let (mut from_here, mut from_there) = (greeted(&here).await, greeted(&there).await);
    here.file(&Draft::problem("Filed here")).await;
    for turn in 0..4 {
        there.reply("CS-000001", &format!("There {turn}")).await;
        here.reply("CS-000001", &format!("Here {turn}")).await;
    }
    let mut streams = Vec::new();
    for stream in [&mut from_here, &mut from_there] {
        let mut events = Vec::new();
        for _ in 0..9 {
            events.push(stream.next().await);
        }
        streams.push(events);
    }
    assert_eq!(streams[0], streams[1], "one order for all");
    // PostgreSQL tells at once; two processes on one SQLite file look every other second.
    if portal.app().store.postgres_pool().is_some() {
        let start = Instant::now();
        for turn in 0..4 {
            there.reply("CS-000001", &format!("At once {turn}")).await;
            from_here.next().await;
        }
        assert!(start.elapsed() < Duration::from_secs(4), "four rounds took {:?}", start.elapsed());
    }
    // Signing out at one ends the stream at the other.
    here.delete("/session").await.expect(204);
    from_there.end().await;
}

async fn what_was_undone_is_not_told(portal: Portal) {
    let customer = portal.customer().await;
    let mut stream = greeted(&customer).await;
    for _ in 0..3 {
        customer.post("/cases", &Draft::problem("")).await.problem(ProblemCode::InvalidFields);
    }
    // A transaction that announces and is dropped.
    let mut transaction = portal.app().store.begin().await.expect("a transaction");
    transaction.announce(&serde_json::json!({ "kind": "nonsense" }), now()).expect("it is noted");
    drop(transaction);
    customer.file(&Draft::problem("The first that happens")).await;
    let event = stream.next().await;
    assert_eq!((event.id, event.number().as_str()), (1, "CS-000001"));
}

async fn it_is_not_kept_by_anyone(portal: Portal) {
    let customer = portal.customer().await;
    let response = customer.request(Method::GET, "/events").send().await.expect("an answer");
    let caching = response.headers().get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok());
    assert!(caching.is_some_and(|value| value.contains("no-")), "{caching:?}");
    portal.anonymous().get("/events").await.problem(ProblemCode::SignInRequired);
}

/// Sooner than sessions are looked at again; on a machine that does nothing else, within a second.
const SOON: Duration = Duration::from_secs(5);

async fn who_may_see_less_hears_less_soon(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Mine for now")).await;
    let mut colleagues = greeted(&portal.colleague().await).await;
    let mut others = greeted(&portal.stranger().await).await;
    let mut administrators = greeted(&portal.administrator().await).await;
    // Changed by whomever, in the database itself.
    let start = Instant::now();
    portal.sql("UPDATE organisations SET visibility = 'own' WHERE name = 'Acme'", []).await;
    assert_eq!(colleagues.next().await.event, LiveEvent::Reload);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    customer.reply("CS-000001", "Seen by fewer").await;
    assert_eq!(administrators.next().await.number(), "CS-000001", "who sees as much as before hears on");
    let gone = "DELETE FROM memberships WHERE person_id = (SELECT id FROM people WHERE email = $1)";
    portal.sql(gone, ["user@nordwerk.test".into()]).await;
    assert_eq!(others.next().await.event, LiveEvent::Reload);
    let start = Instant::now();
    portal.sql("UPDATE people SET active = FALSE WHERE email = $1", ["colleague@acme.test".into()]).await;
    colleagues.end().await;
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}
