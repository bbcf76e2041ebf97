//! Lists of cases: order, pages, filters, counts.

use std::{cmp::Ordering, collections::BTreeSet};

use contract::{CaseSummary, Sort, Status};

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(
    every_order_with_ties,
    pages_have_no_gap_and_no_repetition,
    equal_keys_are_walked_whole,
    new_cases_do_not_disturb_a_walk,
    filters_and_counts_agree,
    newest_update_comes_first,
    pages_hold_fifty_unless_asked,
);

/// Files cases that differ, and tie, in everything a list can be sorted by.
async fn fill(portal: &Portal, client: &Client, count: usize) {
    for index in 0..count {
        let subject = ["Émile", "alpha beta", "Alpha Beta", "zulu", "Übung", "Zulu"][index % 6];
        client.file(&Draft::problem(&format!("{subject} subject"))).await;
    }
    // Ties everywhere: few values, spread by different steps.
    portal.sql(
        "UPDATE cases SET created_at = created_at + (number % 3) * 1000000, \
         updated_at = updated_at + (number % 5) * 1000000, \
         status = CASE number % 6 WHEN 0 THEN 'received' WHEN 1 THEN 'closed' WHEN 2 THEN 'diagnosis' \
             WHEN 3 THEN 'waiting_for_support' WHEN 4 THEN 'waiting_for_customer' ELSE 'solution_proposed' END, \
         priority = CASE number % 4 WHEN 0 THEN 'low' WHEN 1 THEN 'urgent' WHEN 2 THEN 'medium' ELSE 'high' END",
        [],
    )
    .await;
}

fn compare(sort: Sort, a: &CaseSummary, b: &CaseSummary) -> Ordering {
    let subject = |case: &CaseSummary| case.subject.to_lowercase();
    let (ascending, up) = match sort {
        Sort::UpdatedAsc => (a.updated_at.cmp(&b.updated_at), true),
        Sort::UpdatedDesc => (a.updated_at.cmp(&b.updated_at), false),
        Sort::CreatedAsc => (a.created_at.cmp(&b.created_at), true),
        Sort::CreatedDesc => (a.created_at.cmp(&b.created_at), false),
        Sort::SubjectAsc => (subject(a).cmp(&subject(b)), true),
        Sort::SubjectDesc => (subject(a).cmp(&subject(b)), false),
        // The enum lists the most pressing first: that is the greatest.
        Sort::PriorityAsc => (b.priority.cmp(&a.priority), true),
        Sort::PriorityDesc => (b.priority.cmp(&a.priority), false),
        Sort::StatusAsc => (a.status.cmp(&b.status), true),
        Sort::StatusDesc => (a.status.cmp(&b.status), false),
        Sort::TurnAsc => (a.turn_since.cmp(&b.turn_since), true),
        Sort::TurnDesc => (a.turn_since.cmp(&b.turn_since), false),
        Sort::ImpactAsc => (a.impact.cmp(&b.impact), true),
        Sort::ImpactDesc => (a.impact.cmp(&b.impact), false),
        Sort::TypeAsc => (a.type_title.cmp(&b.type_title), true),
        Sort::TypeDesc => (a.type_title.cmp(&b.type_title), false),
        Sort::EnvironmentAsc => (a.environment.cmp(&b.environment), true),
        Sort::EnvironmentDesc => (a.environment.cmp(&b.environment), false),
        Sort::OrganisationAsc => (a.organisation.name.cmp(&b.organisation.name), true),
        Sort::OrganisationDesc => (a.organisation.name.cmp(&b.organisation.name), false),
        Sort::RequesterAsc => (a.requester.name.cmp(&b.requester.name), true),
        Sort::RequesterDesc => (a.requester.name.cmp(&b.requester.name), false),
    };
    let ascending = ascending.then(a.number.cmp(&b.number));
    if up { ascending } else { ascending.reverse() }
}

/// All pages of a list, the page size varying as it goes.
async fn walk(client: &Client, query: &str, sizes: &[usize]) -> Vec<CaseSummary> {
    let mut items = Vec::new();
    let mut cursor = String::new();
    for size in sizes.iter().cycle() {
        let page = client.cases(&format!("{query}&limit={size}{cursor}")).await;
        assert!(page.items.len() <= *size);
        items.extend(page.items);
        match page.next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
        assert!(items.len() < 1_000, "the walk does not end");
    }
    items
}

async fn every_order_with_ties(portal: Portal) {
    let client = portal.customer().await;
    fill(&portal, &client, 30).await;
    for sort in Sort::ALL {
        let page = client.cases(&format!("sort={}", sort.key())).await;
        assert_eq!((page.items.len(), page.next), (30, None));
        let mut expected = page.items.clone();
        expected.sort_by(|a, b| compare(sort, a, b));
        assert_eq!(page.items, expected, "{sort:?}");
    }
    let unsorted = client.cases("").await.items;
    assert_eq!(unsorted, client.cases("sort=-updated").await.items);
}

async fn pages_have_no_gap_and_no_repetition(portal: Portal) {
    let client = portal.customer().await;
    fill(&portal, &client, 25).await;
    for sort in Sort::ALL {
        let query = format!("sort={}", sort.key());
        let whole = client.cases(&query).await.items;
        for sizes in [[1].as_slice(), &[3, 7, 1, 2], &[24], &[25], &[26], &[100]] {
            assert_eq!(walk(&client, &query, sizes).await, whole, "{sort:?} by {sizes:?}");
        }
        let filtered = format!("{query}&status=closed,received&q=subject");
        assert_eq!(walk(&client, &filtered, &[2]).await, client.cases(&filtered).await.items);
    }
}

async fn equal_keys_are_walked_whole(portal: Portal) {
    let client = portal.customer().await;
    for _ in 0..12 {
        client.file(&Draft::problem("All the same")).await;
    }
    for sort in Sort::ALL {
        let walked = walk(&client, &format!("sort={}", sort.key()), &[1, 2, 3]).await;
        let numbers: BTreeSet<_> = walked.iter().map(|case| case.number).collect();
        assert_eq!((walked.len(), numbers.len()), (12, 12), "{sort:?}");
    }
}

async fn new_cases_do_not_disturb_a_walk(portal: Portal) {
    let client = portal.customer().await;
    for _ in 0..6 {
        client.file(&Draft::problem("Here from the start")).await;
    }
    let first = client.cases("sort=-created&limit=3").await;
    client.file(&Draft::problem("Filed meanwhile")).await;
    let cursor = first.next.expect("there is more");
    let second = client.cases(&format!("sort=-created&limit=3&cursor={cursor}")).await;
    assert_eq!(second.next, None);
    let numbers: Vec<_> = first.items.iter().chain(&second.items).map(|case| case.number.0).collect();
    assert_eq!(numbers, [6, 5, 4, 3, 2, 1]);
}

async fn filters_and_counts_agree(portal: Portal) {
    let (client, stranger) = (portal.customer().await, portal.stranger().await);
    fill(&portal, &client, 20).await;
    stranger.file(&Draft::problem("Nordwerk's own subject")).await;
    for (client, seen) in [(&client, 20), (&stranger, 1), (&portal.analyst().await, 21)] {
        for search in ["", "subject", "alpha", "nothing-like-it"] {
            let counts = client.counts(search).await;
            assert_eq!(counts.total, seen, "{search}");
            for status in Status::ALL {
                let page = client.cases(&format!("status={}&q={search}&limit=100", status.key())).await;
                assert!(page.items.iter().all(|case| case.status == status));
                let counted = counts.by_status.get(&status).copied();
                assert_eq!(counted.unwrap_or_default(), page.items.len() as u64, "{status:?} {search}");
                assert_ne!(counted, Some(0), "absent means none");
            }
            let all: u64 = counts.by_status.values().sum();
            assert_eq!(all, client.cases(&format!("q={search}&limit=100")).await.items.len() as u64);
        }
    }
    let both = client.cases("status=closed,received").await.items;
    assert_eq!(both, client.cases("status=received&status=closed&status=closed").await.items);
    assert_eq!(client.cases("status=").await.items.len(), 20);
}

async fn newest_update_comes_first(portal: Portal) {
    let client = portal.customer().await;
    for subject in ["first of three", "second of three", "third of three"] {
        client.file(&Draft::problem(subject)).await;
    }
    let numbers = |cases: Vec<CaseSummary>| cases.iter().map(|case| case.number.0).collect::<Vec<_>>();
    assert_eq!(numbers(client.cases("").await.items), [3, 2, 1]);
    let later = portal.later(chrono::TimeDelta::minutes(5)).await;
    client.at(&later.base).reply("CS-000001", "Any news?").await;
    let cases = client.cases("").await.items;
    assert_eq!(cases[0].updated_at, crate::harness::now() + chrono::TimeDelta::minutes(5));
    assert_eq!(numbers(cases), [1, 3, 2]);
}

async fn pages_hold_fifty_unless_asked(portal: Portal) {
    let client = portal.customer().await;
    for _ in 0..51 {
        client.file(&Draft::problem("One of many")).await;
    }
    let page = client.cases("").await;
    assert_eq!(page.items.len(), 50);
    assert!(page.next.is_some());
    assert_eq!(client.cases("limit=100").await.items.len(), 51);
    // A list that just fits has no further page.
    assert_eq!(client.cases("limit=51").await.next, None);
}
