//! Lists narrowed by what cases are like, what people have to do with them, and lists
//! as files.

use contract::{
    Action, Activity, CaseSummary, ProblemCode, Status,
    activity::{ACTIVITY_CASES_MAX, ActivityPart},
    case::CaseCounts,
    case_filter::Facets,
    lifecycle::{Role, TextRule},
};
use reqwest::Method;
use serde_json::json;

use crate::harness::{Client, Draft, PASSWORD, Portal, Sample, now, on_both};

on_both!(
    each_field_narrows,
    people_narrow_by_their_ids_and_as_me,
    days_begin_and_end_in_utc,
    only_files_one_may_see_count,
    what_is_new_is_unread_until_it_is_read,
    a_turn_lasts_until_it_is_another_ones,
    parts_hold_what_they_say,
    parts_and_lists_agree_whatever_happens,
    facets_are_of_what_one_sees,
    a_list_is_taken_along_as_a_table,
    a_long_list_is_taken_along_whole,
    what_cannot_be_read_is_refused,
    nobody_narrows_a_strangers_cases,
    each_role_narrows_what_it_sees,
);

/// The numbers of a list, sorted.
async fn numbers(client: &Client, query: &str) -> Vec<i64> {
    let mut numbers: Vec<_> =
        client.cases(&format!("{query}&limit=100")).await.items.iter().map(|case| case.number.0).collect();
    numbers.sort_unstable();
    numbers
}

async fn parts(client: &Client) -> Vec<ActivityPart> {
    client.get("/activities").await.ok()
}

/// The numbers in a part.
async fn in_part(client: &Client, activity: Activity) -> Vec<i64> {
    let parts = parts(client).await;
    let part = parts.iter().find(|part| part.activity == activity).expect("every part");
    assert_eq!(part.count, part.cases.len() as u64);
    part.cases.iter().map(|case| case.number.0).collect()
}

async fn each_field_narrows(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("A first problem").with("impact", "p2")).await;
    client.file(&Draft::problem("A second problem").with("environment", "Staging")).await;
    client.file(&Draft::emergency()).await;
    portal.sql("UPDATE cases SET priority = 'low' WHERE number = 2", []).await;
    for (query, found) in [
        ("type=problem", vec![1, 2]),
        ("type=emergency", vec![3]),
        ("type=problem&type=emergency", vec![1, 2, 3]),
        ("type=PROBLEM", vec![]),
        ("environment=Staging", vec![2]),
        ("environment=Production&environment=Staging&type=problem", vec![1, 2]),
        ("priority=low", vec![2]),
        ("priority=low&type=emergency", vec![]),
        ("impact=p2", vec![1]),
        ("type=problem&q=second", vec![2]),
        ("type=problem&status=closed", vec![]),
        ("type=problem&status=received&sort=subject", vec![1, 2]),
    ] {
        assert_eq!(numbers(&client, query).await, found, "{query}");
        let counted: CaseCounts = client
            .get(&format!(
                "/cases/counts?{}",
                query
                    .replace("status=closed", "")
                    .replace("&sort=subject", "")
                    .replace("&status=received", "")
                    .trim_end_matches('&')
            ))
            .await
            .ok();
        assert_eq!(counted.total, 3, "{query}");
        if !query.contains("status") {
            assert_eq!(counted.by_status.values().sum::<u64>(), found.len() as u64, "{query}");
        }
    }
    // A filter holds on the pages that follow, too.
    let first = client.cases("type=problem&limit=1").await;
    let second = client.cases(&format!("type=problem&limit=1&cursor={}", first.next.expect("more"))).await;
    assert_eq!((second.items[0].number.0, second.next), (1, None));
}

async fn people_narrow_by_their_ids_and_as_me(portal: Portal) {
    let (customer, colleague) = (portal.customer().await, portal.colleague().await);
    let me = customer.session().await.person.id;
    customer.file(&Draft::problem("Of the customer")).await;
    colleague.file(&Draft::problem("Of the colleague")).await;
    customer
        .send(customer.request(Method::PUT, &format!("/cases/CS-000002/watchers/{me}")))
        .await
        .expect(200);
    for field in ["requester", "filed_by"] {
        assert_eq!(numbers(&customer, &format!("{field}=me")).await, [1], "{field}");
        assert_eq!(numbers(&colleague, &format!("{field}=me")).await, [2], "{field}");
        let (upper, plain) = (me.to_string().to_uppercase(), me.simple().to_string());
        for id in [me.to_string(), upper, plain] {
            assert_eq!(numbers(&colleague, &format!("{field}={id}")).await, [1], "{field}");
        }
    }
    assert_eq!(numbers(&customer, "watcher=me").await, [2]);
    assert_eq!(numbers(&colleague, &format!("watcher={me}")).await, [2]);
    assert_eq!(numbers(&colleague, "watcher=me").await, [0_i64; 0]);
}

async fn days_begin_and_end_in_utc(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Filed today")).await;
    let day = now().date_naive();
    let (before, after) = (day.pred_opt().expect("a day"), day.succ_opt().expect("a day"));
    for field in ["created", "updated"] {
        for (from, to, found) in
            [(day, day, true), (before, before, false), (after, after, false), (before, after, true)]
        {
            let list = numbers(&client, &format!("{field}_from={from}&{field}_to={to}")).await;
            assert_eq!(!list.is_empty(), found, "{field} {from} {to}");
        }
    }
}

async fn only_files_one_may_see_count(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("With a file")).await;
    customer.file(&Draft::problem("With a file that support keeps to itself")).await;
    customer.attach("CS-000001", "See there", &[Sample::png("screen.png")]).await;
    let id = analyst.upload(&Sample::png("internal.png")).await;
    let note = json!({ "body": "Only for us", "internal": true, "attachments": [id] });
    analyst.post("/cases/CS-000002/messages", &note).await.expect(201);
    assert_eq!(numbers(&customer, "attachments=yes").await, [1]);
    assert_eq!(numbers(&customer, "attachments=no").await, [2]);
    assert_eq!(numbers(&analyst, "attachments=yes").await, [1, 2]);
}

async fn what_is_new_is_unread_until_it_is_read(portal: Portal) {
    let (customer, colleague, analyst) =
        (portal.customer().await, portal.colleague().await, portal.analyst().await);
    customer.file(&Draft::problem("Something new")).await;
    let unread = async |client: &Client| client.cases("").await.items[0].unread;
    assert!(!unread(&customer).await, "one's own words are not new");
    analyst.try_note("CS-000001", "Between us").await.expect(201);
    assert!(!unread(&customer).await, "a note is nobody else's");
    analyst.reply("CS-000001", "An answer").await;
    assert!(unread(&customer).await);
    assert!(!unread(&colleague).await, "who has nothing to do with it");
    assert_eq!(numbers(&customer, "unread=yes").await, [1]);
    assert_eq!(numbers(&customer, "unread=no").await, [0_i64; 0]);
    customer.read_up_to("CS-000001", i64::MAX).await;
    assert!(!unread(&customer).await);
    assert_eq!(numbers(&customer, "unread=no").await, [1]);
    // Whoever has once looked is told as well.
    colleague.read_up_to("CS-000001", i64::MAX).await;
    analyst.reply("CS-000001", "One more answer").await;
    assert!(unread(&colleague).await);
}

async fn a_turn_lasts_until_it_is_another_ones(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Back and forth")).await;
    let since = async || customer.case("CS-000001").await.summary.turn_since;
    let minutes = |minutes| now() + chrono::TimeDelta::minutes(minutes);
    assert_eq!(since().await, now());
    let step = async |after: i64, action: Action, by: &Client| {
        let server = portal.later(chrono::TimeDelta::minutes(after)).await;
        by.at(&server.base).act("CS-000001", action, text(action)).await;
    };
    step(1, Action::PickUp, &analyst).await;
    assert_eq!(since().await, now(), "it is still support's turn");
    step(2, Action::RequestInformation, &analyst).await;
    assert_eq!(since().await, minutes(2));
    step(3, Action::ProposeSolution, &analyst).await;
    assert_eq!(since().await, minutes(2), "it is still the customer's turn");
    step(4, Action::RejectSolution, &customer).await;
    assert_eq!(since().await, minutes(4));
    step(5, Action::Close, &customer).await;
    assert_eq!(since().await, minutes(5));
}

async fn parts_hold_what_they_say(portal: Portal) {
    let (customer, colleague, analyst) =
        (portal.customer().await, portal.colleague().await, portal.analyst().await);
    for subject in ["Asked", "Solved", "With support", "Closed", "Filed for another"] {
        customer.file(&Draft::problem(subject)).await;
    }
    let other = colleague.session().await.person.id.to_string();
    portal.sql("UPDATE cases SET requester_id = $1 WHERE number = 5", [other.into()]).await;
    for number in ["CS-000001", "CS-000002", "CS-000004"] {
        analyst.act(number, Action::PickUp, None).await;
    }
    analyst.act("CS-000001", Action::RequestInformation, Some("Which?")).await;
    analyst.act("CS-000002", Action::ProposeSolution, Some("So.")).await;
    customer.act("CS-000004", Action::Close, None).await;
    let order: Vec<_> = parts(&customer).await.iter().map(|part| part.activity).collect();
    assert_eq!(order, Activity::ALL);
    // The closed one asks how it went.
    assert_eq!(in_part(&customer, Activity::NeedsMe).await, [4, 2, 1]);
    assert_eq!(in_part(&customer, Activity::WaitingForSupport).await, [5, 3]);
    assert_eq!(in_part(&customer, Activity::FiledByMe).await, [2, 1, 5, 3]);
    assert_eq!(in_part(&customer, Activity::FiledForMe).await, [0_i64; 0]);
    assert_eq!(in_part(&customer, Activity::ClosedRecently).await, [4]);
    assert_eq!(in_part(&colleague, Activity::FiledForMe).await, [5]);
    assert_eq!(in_part(&colleague, Activity::WaitingForSupport).await, [5]);
    assert_eq!(in_part(&colleague, Activity::NeedsMe).await, [0_i64; 0]);
    customer.put("/cases/CS-000004/survey", &json!("skip")).await.expect(200);
    assert_eq!(in_part(&customer, Activity::NeedsMe).await, [2, 1]);
    let me = colleague.session().await.person.id;
    colleague
        .send(colleague.request(Method::PUT, &format!("/cases/CS-000003/watchers/{me}")))
        .await
        .expect(200);
    assert_eq!(in_part(&colleague, Activity::Watching).await, [3]);
    // After a month it is no longer recent.
    let later = portal.later(chrono::TimeDelta::days(31)).await;
    let mut late = portal.anonymous().at(&later.base);
    late.try_sign_in("customer@acme.test", PASSWORD).await.expect(201);
    assert_eq!(in_part(&late, Activity::ClosedRecently).await, [0_i64; 0]);
}

/// What goes with an action.
fn text(action: Action) -> Option<&'static str> {
    (action.text_rule(Role::Customer) != TextRule::None).then_some("Because.")
}

/// Below `bound`, deterministic (xorshift).
fn roll(seed: &mut u64, bound: usize) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    usize::try_from(*seed >> 33).unwrap_or_default() % bound
}

async fn parts_and_lists_agree_whatever_happens(portal: Portal) {
    let people = [
        portal.customer().await,
        portal.colleague().await,
        portal.administrator().await,
        portal.partner().await,
        portal.stranger().await,
        portal.analyst().await,
    ];
    let mut seed = 0x5eed_cafe;
    let mut filed = 0;
    for turn in 0..120 {
        let who = roll(&mut seed, people.len());
        if filed == 0 || roll(&mut seed, 4) == 0 {
            let draft = Draft::problem(&format!("Case of turn {turn}"));
            let organisation = [portal.people.acme, portal.people.nordwerk][roll(&mut seed, 2)];
            let answer = people[who].post("/cases", &draft.of(organisation.to_string())).await;
            filed += usize::from(answer.status == 201);
            continue;
        }
        let number = format!("CS-{:06}", 1 + roll(&mut seed, filed));
        let Some(actions) = allowed(&people[who], &number).await else { continue };
        let me = people[who].session().await.person.id;
        match roll(&mut seed, 4) {
            0 => drop(people[who].put(&format!("/cases/{number}/watchers/{me}"), &()).await),
            1 => drop(people[who].put(&format!("/cases/{number}/read"), &json!({ "position": 99 })).await),
            _ if actions.is_empty() => {}
            _ => {
                let action = actions[roll(&mut seed, actions.len())];
                people[who].try_act(&number, action, text(action)).await;
            }
        }
    }
    for client in &people {
        agree(client).await;
    }
}

async fn allowed(client: &Client, number: &str) -> Option<Vec<Action>> {
    let answer = client.get(&format!("/cases/{number}")).await;
    (answer.status == 200).then(|| answer.json::<contract::CaseRecord>().actions)
}

/// Every part has as many cases as its list, of which it shows the first, and as many as
/// are counted; nothing is counted that the person does not see.
async fn agree(client: &Client) {
    let all = numbers(client, "").await;
    for part in parts(client).await {
        let query = format!("activity={}", part.activity.key());
        let list = numbers(client, &query).await;
        assert_eq!(part.count, list.len() as u64, "{:?}", part.activity);
        assert_eq!(part.cases.len(), list.len().min(ACTIVITY_CASES_MAX));
        assert!(part.cases.iter().all(|case| list.contains(&case.number.0)));
        assert!(part.cases.is_sorted_by_key(|case| !case.unread), "unread ones first");
        assert!(list.iter().all(|number| all.contains(number)));
        let counts: CaseCounts = client.get(&format!("/cases/counts?{query}")).await.ok();
        assert_eq!(counts.total, all.len() as u64);
        for status in Status::ALL {
            let of_status = numbers(client, &format!("{query}&status={}", status.key())).await;
            assert_eq!(counts.by_status.get(&status).copied().unwrap_or_default(), of_status.len() as u64);
        }
    }
    let (read, unread) = (numbers(client, "unread=no").await, numbers(client, "unread=yes").await);
    assert_eq!(read.len() + unread.len(), all.len());
    let marked = client.cases("limit=100").await.items.into_iter().filter(|case| case.unread);
    let mut marked: Vec<_> = marked.map(|case| case.number.0).collect();
    marked.sort_unstable();
    assert_eq!(marked, unread);
}

async fn facets_are_of_what_one_sees(portal: Portal) {
    let (customer, stranger) = (portal.customer().await, portal.stranger().await);
    customer.file(&Draft::problem("Of Acme").with("environment", "Staging")).await;
    customer.file(&Draft::emergency()).await;
    stranger.file(&Draft::problem("Of Nordwerk").with("environment", "Werk Süd")).await;
    let facets: Facets = customer.get("/cases/facets").await.ok();
    assert_eq!(facets.environments, ["Production", "Staging"]);
    assert_eq!(facets.types.iter().map(|known| known.id.as_str()).collect::<Vec<_>>().len(), 2);
    assert_eq!(facets.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Jana Vogel"]);
    let facets: Facets = stranger.get("/cases/facets").await.ok();
    assert_eq!(facets.environments, ["Werk Süd"]);
    assert_eq!(facets.people.len(), 1);
    let facets: Facets = portal.analyst().await.get("/cases/facets").await.ok();
    assert_eq!(facets.people.len(), 2);
}

async fn a_list_is_taken_along_as_a_table(portal: Portal) {
    let client = portal.customer().await;
    let hostile = ["=1+1+1", "+1 more", "-1 less", "@SUM(A1)", "quoted \"here\", and there", "Übung 👍"];
    for subject in hostile {
        client.file(&Draft::problem(subject)).await;
    }
    let answer = client.get("/cases/export?format=csv&sort=created").await.expect(200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let name = answer.header("content-disposition").expect("a name").to_owned();
    assert!(name.starts_with("attachment") && name.contains(".csv"), "{name}");
    let text = answer.body.strip_prefix('\u{feff}').expect("a mark").to_owned();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let place =
        reader.headers().expect("a head").iter().position(|column| column == "subject").expect("a column");
    let subjects: Vec<_> = reader
        .records()
        .map(|record| record.expect("a row").get(place).expect("a cell").to_owned())
        .collect();
    let guarded: Vec<_> = hostile
        .iter()
        .map(|subject| {
            if subject.starts_with(['=', '+', '-', '@']) {
                format!("'{subject}")
            } else {
                (*subject).to_owned()
            }
        })
        .collect();
    assert_eq!(subjects, guarded);
    let array: Vec<CaseSummary> = client.get("/cases/export?format=json&sort=created").await.ok();
    assert_eq!(array, client.cases("sort=created").await.items);
    let none: Vec<CaseSummary> = client.get("/cases/export?format=json&q=nothing-like-it").await.ok();
    assert!(none.is_empty());
    assert_eq!(
        portal.stranger().await.get("/cases/export?format=csv").await.expect(200).body.lines().count(),
        1
    );
}

async fn a_long_list_is_taken_along_whole(portal: Portal) {
    let client = portal.customer().await;
    for turn in 0..205 {
        client.file(&Draft::problem(&format!("Case {turn}"))).await;
    }
    let array: Vec<CaseSummary> = client.get("/cases/export?format=json&sort=created").await.ok();
    let numbers: Vec<_> = array.iter().map(|case| case.number.0).collect();
    assert_eq!(numbers, (1..=205).collect::<Vec<_>>());
    let table = client.get("/cases/export?format=csv&type=problem").await.expect(200).body;
    assert_eq!(table.lines().count(), 206);
}

async fn what_cannot_be_read_is_refused(portal: Portal) {
    let client = portal.customer().await;
    for query in [
        "/cases?priority=pressing",
        "/cases?activity=mine",
        "/cases?requester=somebody",
        "/cases?created_from=yesterday",
        "/cases?created_to=2026-02-30",
        "/cases?unread=true",
        "/cases?colour=red",
        "/cases/counts?status=closed",
        "/cases/counts?limit=1",
        "/cases/counts?priority=pressing",
        "/cases/export",
        "/cases/export?format=pdf",
        "/cases/export?format=csv&priority=pressing",
    ] {
        client.get(query).await.problem(ProblemCode::MalformedRequest);
    }
    for path in ["/activities", "/cases/facets", "/cases/export?format=csv"] {
        portal.anonymous().get(path).await.problem(ProblemCode::SignInRequired);
    }
}

async fn nobody_narrows_a_strangers_cases(portal: Portal) {
    let (customer, stranger) = (portal.customer().await, portal.stranger().await);
    customer.file(&Draft::problem("Not yours")).await;
    let id = customer.session().await.person.id;
    for query in [
        "type=problem".to_owned(),
        format!("requester={id}"),
        format!("filed_by={id}"),
        "environment=Production".to_owned(),
        "unread=no".to_owned(),
        "attachments=no".to_owned(),
    ] {
        assert_eq!(numbers(&customer, &query).await, [1], "{query}");
        assert_eq!(numbers(&stranger, &query).await, [0_i64; 0], "{query}");
    }
    assert!(parts(&stranger).await.iter().all(|part| part.count == 0));
}

async fn each_role_narrows_what_it_sees(portal: Portal) {
    let (customer, colleague, stranger) =
        (portal.customer().await, portal.colleague().await, portal.stranger().await);
    customer.file(&Draft::problem("Of the customer")).await;
    colleague.file(&Draft::problem("Of the colleague")).await;
    stranger.file(&Draft::problem("Of Nordwerk")).await;
    let people = [
        customer,
        colleague,
        portal.administrator().await,
        portal.partner().await,
        stranger,
        portal.analyst().await,
        portal.sign_in("nobody@nowhere.test").await,
    ];
    for (visibility, seen) in [
        ("organisation", [vec![1, 2], vec![1, 2], vec![1, 2], vec![1, 2, 3], vec![3], vec![1, 2, 3], vec![]]),
        // Whoever administers sees all, and a partner is a member like others.
        ("own", [vec![1], vec![2], vec![1, 2], vec![], vec![3], vec![1, 2, 3], vec![]]),
    ] {
        portal.sql("UPDATE organisations SET visibility = $1", [visibility.into()]).await;
        for (client, seen) in people.iter().zip(seen) {
            assert_eq!(numbers(client, "type=problem").await, seen, "{visibility}");
            let counts: CaseCounts = client.get("/cases/counts?priority=urgent").await.ok();
            assert_eq!((counts.total, counts.by_status.len()), (seen.len() as u64, 0));
            let facets: Facets = client.get("/cases/facets").await.ok();
            assert_eq!(facets.people.len(), seen.len());
            let mut taken: Vec<CaseSummary> = client.get("/cases/export?format=json&sort=created").await.ok();
            taken.sort_by_key(|case| case.number);
            assert_eq!(taken.iter().map(|case| case.number.0).collect::<Vec<_>>(), seen);
            agree(client).await;
        }
    }
    // Who follows a case sees it, and has it among what they follow.
    let id = people[0].session().await.person.id;
    people[1].put(&format!("/cases/CS-000002/watchers/{id}"), &()).await.expect(200);
    assert_eq!(numbers(&people[0], "watcher=me").await, [2]);
    assert_eq!(in_part(&people[0], Activity::Watching).await, [2]);
    assert_eq!(numbers(&people[0], "unread=yes").await, [2]);
    people[0].delete(&format!("/cases/CS-000002/watchers/{id}")).await;
    assert_eq!(in_part(&people[0], Activity::Watching).await, [0_i64; 0]);
    assert_eq!(numbers(&people[0], "").await, [1]);
}
