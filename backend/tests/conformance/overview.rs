//! How an organisation's cases stand.

use chrono::TimeDelta;
use contract::{Action, ProblemCode, Status, overview::Overview};

use crate::harness::{Client, Draft, Portal, now, on_both};

on_both!(
    open_cases_by_status_and_age,
    cases_filed_per_week,
    the_first_answer_is_what_support_wrote_first,
    surveys_are_counted,
    people_with_most_open_cases_come_first,
    only_administrators_read_their_own,
);

async fn overview(client: &Client) -> Overview {
    client.get("/overview").await.ok()
}

async fn filed(portal: &Portal, number: i64, ago: TimeDelta) {
    let at = (now() - ago).timestamp_micros();
    portal.sql("UPDATE cases SET created_at = $1 WHERE number = $2", [at.into(), number.into()]).await;
}

async fn open_cases_by_status_and_age(portal: Portal) {
    let customer = portal.customer().await;
    for subject in ["Case one", "Case two", "Case three", "Case four", "Case five"] {
        customer.file(&Draft::problem(subject)).await;
    }
    portal.stranger().await.file(&Draft::problem("Another organisation’s")).await;
    filed(&portal, 2, TimeDelta::days(3)).await;
    filed(&portal, 3, TimeDelta::days(40)).await;
    portal.analyst().await.act("CS-000004", Action::PickUp, None).await;
    customer.act("CS-000005", Action::Close, None).await;
    let open = overview(&portal.administrator().await).await.open;
    let statuses: Vec<_> = open.iter().map(|row| row.status).collect();
    assert_eq!(statuses, Status::ALL.into_iter().filter(|status| status.is_open()).collect::<Vec<_>>());
    let ages = |status| open.iter().find(|row| row.status == status).map(|row| row.ages.clone()).unwrap();
    assert_eq!(ages(Status::Received), [1, 1, 0, 1]);
    assert_eq!(ages(Status::Diagnosis), [1, 0, 0, 0]);
    assert_eq!(ages(Status::WaitingForCustomer), [0, 0, 0, 0]);
}

async fn cases_filed_per_week(portal: Portal) {
    let customer = portal.customer().await;
    for subject in ["Case one", "Case two", "Case three", "Case four"] {
        customer.file(&Draft::problem(subject)).await;
    }
    filed(&portal, 2, TimeDelta::weeks(1)).await;
    filed(&portal, 3, TimeDelta::weeks(11)).await;
    filed(&portal, 4, TimeDelta::weeks(12)).await;
    let weeks: Vec<_> = overview(&portal.administrator().await).await.filed;
    let counts: Vec<_> = weeks.iter().map(|week| week.cases).collect();
    assert_eq!(counts, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    assert!(weeks.windows(2).all(|pair| pair[1].monday - pair[0].monday == TimeDelta::days(7)));
}

async fn the_first_answer_is_what_support_wrote_first(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    for subject in ["Case one", "Case two", "Case three", "Case four"] {
        customer.file(&Draft::problem(subject)).await;
    }
    for (number, hours) in [(1, 1), (2, 5), (3, 30)] {
        filed(&portal, number, TimeDelta::hours(hours)).await;
    }
    // What it is not: a note, an event, the customer's own words.
    analyst.try_note("CS-000004", "A note").await.expect(201);
    analyst.act("CS-000004", Action::PickUp, None).await;
    customer.reply("CS-000004", "Hello?").await;
    let administrator = portal.administrator().await;
    assert_eq!(overview(&administrator).await.first_answers, [0, 0, 0, 4]);
    assert_eq!(overview(&administrator).await.first_answer_median, None);
    for number in ["CS-000001", "CS-000002", "CS-000003"] {
        analyst.reply(number, "We are looking into it.").await;
        analyst.reply(number, "Still.").await;
    }
    let answered = overview(&administrator).await;
    assert_eq!((answered.first_answers, answered.first_answer_median), (vec![1, 1, 1, 1], Some(300)));
}

async fn surveys_are_counted(portal: Portal) {
    let customer = portal.customer().await;
    for (subject, effort, satisfaction) in [("Case one", 5, 4), ("Case two", 4, 4)] {
        let number = customer.file(&Draft::problem(subject)).await.summary.number.to_string();
        customer.act(&number, Action::Close, None).await;
        let grades = [effort.into(), satisfaction.into(), number[3..].parse::<i64>().unwrap().into()];
        let sql = "INSERT INTO surveys (case_id, person_id, effort, satisfaction, answered_at) \
                   SELECT c.id, c.requester_id, CAST($1 AS BIGINT), CAST($2 AS BIGINT), 0 FROM cases c WHERE c.number = $3";
        portal.sql(sql, grades).await;
    }
    let overview = overview(&portal.administrator().await).await;
    assert_eq!((overview.effort, overview.satisfaction), (vec![0, 0, 0, 1, 1], vec![0, 0, 0, 2, 0]));
}

async fn people_with_most_open_cases_come_first(portal: Portal) {
    let (customer, colleague) = (portal.customer().await, portal.colleague().await);
    for subject in ["Case one", "Case two", "Case three"] {
        customer.file(&Draft::problem(subject)).await;
    }
    for number in ["CS-000001", "CS-000002", "CS-000003"] {
        customer.act(number, Action::Close, None).await;
    }
    colleague.file(&Draft::problem("Case four")).await;
    let people = overview(&portal.administrator().await).await.people;
    let known: Vec<_> = people.iter().map(|row| (row.person.id, row.open, row.all)).collect();
    let id = async |client: &Client| client.session().await.person.id;
    assert_eq!(known, [(id(&colleague).await, 1, 1), (id(&customer).await, 0, 3)]);
}

async fn only_administrators_read_their_own(portal: Portal) {
    let administrator = portal.administrator().await;
    let own = overview(&administrator).await.organisation;
    let asked = format!("/overview?organisation={}", own.id);
    assert_eq!(administrator.get(&asked).await.ok::<Overview>().organisation, own);
    for client in [portal.customer().await, portal.partner().await, portal.analyst().await] {
        client.get("/overview").await.problem(ProblemCode::Forbidden);
        client.get(&asked).await.problem(ProblemCode::NotFound);
    }
    let other = portal.stranger().await.session().await.memberships[0].organisation.id;
    administrator.get(&format!("/overview?organisation={other}")).await.problem(ProblemCode::NotFound);
}
