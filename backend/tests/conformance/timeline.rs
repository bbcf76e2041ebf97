//! Reading a timeline from anywhere, in both directions.

use contract::{Action, Entry, ProblemCode, TimelinePage, thread::Content};
use uuid::Uuid;

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(
    from_any_place_every_entry_comes_once_in_order,
    a_page_lies_where_it_is_asked_for,
    what_one_may_not_see_is_neither_shown_nor_counted,
    messages_without_events,
    addresses_that_are_refused,
);

const CASE: &str = "CS-000001";

/// A case with messages, notes and events, one after the other.
async fn talk(portal: &Portal) -> (Client, Client) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("A long talk")).await;
    analyst.act(CASE, Action::PickUp, None).await;
    for turn in 0..4 {
        customer.reply(CASE, &format!("Turn {turn}")).await;
        analyst.try_note(CASE, &format!("Note {turn}")).await.expect(201);
        analyst.act(CASE, Action::RequestInformation, Some("And?")).await;
    }
    (customer, analyst)
}

fn positions(entries: &[Entry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.position).collect()
}

/// A page must fit the whole: its entries are a part of it, its counts and cursors say which.
#[track_caller]
fn fits(page: &TimelinePage, whole: &[Entry], what: &str) -> usize {
    let start = page.earlier as usize;
    let end = start + page.items.len();
    assert_eq!(page.items, whole[start..end], "{what}");
    assert_eq!(page.later as usize, whole.len() - end, "{what}");
    assert_eq!(page.previous.is_some(), start > 0 && !page.items.is_empty(), "{what}");
    assert_eq!(page.next.is_some(), end < whole.len() && !page.items.is_empty(), "{what}");
    start
}

async fn from_any_place_every_entry_comes_once_in_order(portal: Portal) {
    let (customer, analyst) = talk(&portal).await;
    for (client, only) in
        [(&customer, ""), (&customer, "&only=messages"), (&analyst, ""), (&analyst, "&only=messages")]
    {
        let whole = client.page(CASE, &format!("limit=100{only}")).await.items;
        assert!(whole.len() >= 8, "{only}");
        let all = client.timeline(CASE).await;
        let ids = all.iter().map(|entry| format!("at={}", entry.id));
        let skips = (0..=whole.len()).map(|count| format!("skip={count}"));
        let befores = (0..=all.len() + 1).map(|position| format!("before={position}"));
        let named = ["at=first", "at=last", "at=unread", "limit=3"].map(str::to_owned);
        for place in named.into_iter().chain(ids).chain(skips).chain(befores) {
            for limit in [3, 100] {
                if place.starts_with("limit") && limit != 3 {
                    continue;
                }
                let what = format!("{place}, by {limit}{only}");
                let limited =
                    if place.starts_with("limit") { String::new() } else { format!("&limit={limit}") };
                let page = client.page(CASE, &format!("{place}{limited}{only}")).await;
                if page.items.is_empty() {
                    // Before the first: all of them come later.
                    assert_eq!((page.earlier, page.later as usize), (0, whole.len()), "{what}");
                    assert!(page.next.is_none() && page.previous.is_none(), "{what}");
                    continue;
                }
                fits(&page, &whole, &what);
                let (mut walked, mut previous, mut next) = (page.items, page.previous, page.next);
                while let Some(cursor) = previous {
                    let page = client.page(CASE, &format!("before={cursor}&limit={limit}{only}")).await;
                    fits(&page, &whole, &what);
                    walked = page.items.into_iter().chain(walked).collect();
                    previous = page.previous;
                }
                while let Some(cursor) = next {
                    let page = client.page(CASE, &format!("after={cursor}&limit={limit}{only}")).await;
                    fits(&page, &whole, &what);
                    walked.extend(page.items);
                    next = page.next;
                }
                assert_eq!(positions(&walked), positions(&whole), "{what}");
            }
        }
    }
}

async fn a_page_lies_where_it_is_asked_for(portal: Portal) {
    let (customer, analyst) = talk(&portal).await;
    let whole = analyst.timeline(CASE).await;
    let start = |page: &TimelinePage| fits(page, &whole, "where it lies");
    assert_eq!(start(&analyst.page(CASE, "at=first&limit=5").await), 0);
    assert_eq!(start(&analyst.page(CASE, "at=last&limit=5").await), whole.len() - 5);
    assert_eq!(start(&analyst.page(CASE, "skip=3&limit=5").await), 3);
    // Beyond the end is the end.
    assert_eq!(start(&analyst.page(CASE, "skip=4711&limit=5").await), whole.len() - 5);
    // An entry stands in the middle, and pages are full wherever there are enough.
    for (index, entry) in whole.iter().enumerate() {
        let page = analyst.page(CASE, &format!("at={}&limit=5", entry.id)).await;
        assert_eq!(page.items.len(), 5);
        assert!(page.items.contains(entry));
        assert_eq!(start(&page), index.saturating_sub(2).min(whole.len() - 5), "{index}");
    }
    // Without the others' entries unread there is the end; with one, its place.
    assert_eq!(start(&analyst.page(CASE, "at=unread&limit=5").await), whole.len() - 5);
    analyst.read_up_to(CASE, whole[5].position).await;
    let unread = whole[6..].iter().position(|entry| !entry.author.support).expect("one by the customer") + 6;
    let page = analyst.page(CASE, "at=unread&limit=5").await;
    assert_eq!(page.unread, Some(whole[unread].position));
    assert_eq!(start(&page), unread - 1);
    // What comes meanwhile is counted.
    let before = analyst.page(CASE, "at=first&limit=5").await;
    customer.reply(CASE, "One more").await;
    let after = analyst.page(CASE, "at=first&limit=5").await;
    assert_eq!((after.items, after.later), (before.items, before.later + 2));
}

async fn what_one_may_not_see_is_neither_shown_nor_counted(portal: Portal) {
    let (customer, analyst) = talk(&portal).await;
    let (all, theirs) = (analyst.timeline(CASE).await, customer.timeline(CASE).await);
    let notes: Vec<_> = all.iter().filter(|entry| !theirs.contains(entry)).collect();
    assert_eq!((notes.len(), all.len() - theirs.len()), (4, 4));
    let customers =
        [customer, portal.colleague().await, portal.administrator().await, portal.partner().await];
    for client in customers {
        let before = client.page(CASE, "at=last&limit=1").await;
        assert_eq!(before.earlier as usize, theirs.len() - 1);
        for note in &notes {
            // A note is no place to stand at, and its neighbours tell nothing of it.
            client
                .get(&format!("/cases/{CASE}/timeline?at={}", note.id))
                .await
                .problem(ProblemCode::NotFound);
            let behind = client.page(CASE, &format!("before={}&limit=1", note.position + 1)).await;
            let last = theirs.iter().rfind(|entry| entry.position < note.position);
            assert_eq!(behind.items.first(), last);
        }
        analyst.try_note(CASE, "Another").await.expect(201);
        assert_eq!(client.page(CASE, "at=last&limit=1").await, before);
    }
    let never = Uuid::nil();
    analyst.get(&format!("/cases/{CASE}/timeline?at={never}")).await.problem(ProblemCode::NotFound);
}

async fn messages_without_events(portal: Portal) {
    let (customer, analyst) = talk(&portal).await;
    for client in [&customer, &analyst] {
        let whole = client.timeline(CASE).await;
        let messages: Vec<_> =
            whole.iter().filter(|entry| matches!(entry.content, Content::Message { .. })).cloned().collect();
        assert!(messages.len() < whole.len());
        let page = client.page(CASE, "only=messages&limit=100").await;
        assert_eq!((&page.items, page.earlier, page.later), (&messages, 0, 0));
        // A link to an event leads to its place among them.
        let event = whole.iter().find(|entry| entry.content != Content::Filed && !messages.contains(entry));
        let event = event.expect("an event");
        let page = client.page(CASE, &format!("at={}&only=messages&limit=2", event.id)).await;
        assert!(page.items[0].position < event.position || page.earlier == 0);
        fits(&page, &messages, "around an event");
    }
}

async fn addresses_that_are_refused(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Strange addresses")).await;
    for query in [
        "at=middle",
        "at=",
        "before=x",
        "after=",
        "cursor=1e3",
        "skip=-1",
        "limit=0",
        "limit=101",
        "only=events",
        "at=last&at=first",
        "at=last&before=3",
        "cursor=1&after=1",
        "q=x",
    ] {
        let answer = customer.get(&format!("/cases/{CASE}/timeline?{query}")).await;
        assert_eq!(answer.clone().problem(ProblemCode::MalformedRequest).status, 400, "{query}: {answer:?}");
    }
    for query in ["before=-9223372036854775808", "after=9223372036854775807", "skip=4294967295"] {
        customer.page(CASE, query).await;
    }
}
