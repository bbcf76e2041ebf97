//! How the databases come to lists: by indexes, however many cases there are.

use casement_backend::{
    accounts::{Place, Viewer},
    cases::first_page,
    store::{Database, Sql},
};
use chrono::DateTime;
use contract::{
    Activity, CaseQuery, Sort,
    case_filter::{Field, Filter},
    people::{MembershipRole, OrganisationRef, PersonRef, Preferences},
};
use uuid::Uuid;

use crate::harness::{Portal, now, on_both};

on_both!(
    no_list_looks_at_all_cases,
    everybody_sorts_by_what_they_like,
    orders_by_names_look_at_whole_rows_of_a_page_alone,
    activities_begin_with_ones_own_cases,
);

#[derive(sea_orm::FromQueryResult)]
struct PostgresStep {
    #[sea_orm(from_alias = "QUERY PLAN")]
    line: String,
}

#[derive(sea_orm::FromQueryResult)]
struct SqliteStep {
    detail: String,
}

fn viewer(portal: &Portal, support: bool) -> Viewer {
    let organisation = OrganisationRef { id: portal.people.acme, name: "Acme".to_owned() };
    let place = Place { organisation, role: MembershipRole::User, sees_all: true };
    Viewer {
        person: PersonRef { id: Uuid::now_v7(), name: "Jana Vogel".to_owned(), support },
        email: "customer@acme.test".to_owned(),
        places: if support { Vec::new() } else { vec![place] },
        preferences: Preferences::default(),
        token_hash: String::new(),
        expires_at: DateTime::UNIX_EPOCH,
        lead: false,
        origin: None,
    }
}

/// The steps to the first page of a list. PostgreSQL looks at small tables as a whole and
/// sorts them: it is asked what it would do if it could help that.
async fn plan(portal: &Portal, support: bool, query: CaseQuery) -> Vec<String> {
    let store = &portal.app().store;
    let (sql, parameters) = first_page(store.database(), &viewer(portal, support), &query, now());
    if store.database() == Database::Sqlite {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let steps = store.reader().rows::<SqliteStep>(&sql, parameters.0).await.expect("a plan");
        return steps.into_iter().map(|step| step.detail).collect();
    }
    let transaction = store.begin().await.expect("a transaction");
    for setting in ["enable_seqscan", "enable_sort", "enable_bitmapscan"] {
        transaction.run(&format!("SET LOCAL {setting} = off"), []).await.expect("a setting");
    }
    let sql = format!("EXPLAIN {sql}");
    let steps = transaction.rows::<PostgresStep>(&sql, parameters.0).await.expect("a plan");
    steps.into_iter().map(|step| step.line.trim().to_owned()).collect()
}

fn is_sorted(steps: &[String]) -> bool {
    steps.iter().any(|step| step.contains("TEMP B-TREE") || step.contains("Sort Key"))
}

async fn no_list_looks_at_all_cases(portal: Portal) {
    for (support, index) in [(false, "cases_by_update"), (true, "cases_of_all_by_update")] {
        let steps = plan(&portal, support, CaseQuery::default()).await;
        assert!(steps.iter().any(|step| step.contains(index)), "{steps:#?}");
        assert!(!is_sorted(&steps), "it is sorted: {steps:#?}");
    }
}

/// Those whose order is that of another table.
const BY_NAME: [Sort; 4] =
    [Sort::OrganisationAsc, Sort::OrganisationDesc, Sort::RequesterAsc, Sort::RequesterDesc];

async fn everybody_sorts_by_what_they_like(portal: Portal) {
    for sort in Sort::ALL.into_iter().filter(|sort| !BY_NAME.contains(sort)) {
        for support in [false, true] {
            let steps = plan(&portal, support, CaseQuery { sort, ..CaseQuery::default() }).await;
            assert!(!is_sorted(&steps), "{sort:?}, support: {support}, is sorted: {steps:#?}");
        }
    }
}

async fn orders_by_names_look_at_whole_rows_of_a_page_alone(portal: Portal) {
    let database = portal.app().store.database();
    for (sort, support) in BY_NAME.into_iter().flat_map(|sort| [(sort, false), (sort, true)]) {
        let steps = plan(&portal, support, CaseQuery { sort, ..CaseQuery::default() }).await;
        // Which rows a page has is found before they are looked at: by an index.
        let found = |step: &String| match database {
            Database::Sqlite => step.starts_with("SEARCH c ") && step.contains("(number=?)"),
            Database::Postgres => step.contains("Index") && step.contains(" on cases c_1"),
        };
        assert!(steps.iter().any(found), "{sort:?}, support: {support}: {steps:#?}");
        let whole = |step: &&String| step.as_str() == "SCAN c" || step.contains("Seq Scan on cases");
        assert!(!steps.iter().any(|step| whole(&step)), "{sort:?}, support: {support}: {steps:#?}");
    }
}

async fn activities_begin_with_ones_own_cases(portal: Portal) {
    for (support, activity) in [false, true].into_iter().flat_map(|s| Activity::ALL.map(|a| (s, a))) {
        let filter = Filter { field: Field::Activity, value: activity.key().to_owned() };
        let query = CaseQuery { filters: vec![filter], ..CaseQuery::default() };
        let steps = plan(&portal, support, query).await;
        for index in ["cases_by_requester", "cases_by_filer", "watchers_by_person"] {
            assert!(steps.iter().any(|step| step.contains(index)), "{activity:?}: {steps:#?}");
        }
        let whole = |step: &String| step.starts_with("SCAN c") || step.contains("Seq Scan on cases");
        assert!(!steps.iter().any(whole), "{activity:?}: {steps:#?}");
    }
}
