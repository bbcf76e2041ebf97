//! `GET /overview`: how an organisation's cases stand.

use axum::{
    Json,
    extract::{Query, State},
};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use contract::{
    Problem, ProblemCode, Status,
    overview::{
        Age, Answered, CasesOfPerson, GRADES, OpenCases, Overview, WeekOfCases, median, monday_of, mondays,
    },
    people::OrganisationRef,
};
use sea_orm::FromQueryResult;
use serde::Deserialize;

use super::record::person;
use crate::{
    accounts::Viewer,
    app::App,
    http::ApiError,
    store::{Sql, Store, StoreError, from_micros, to_micros},
};

/// Most people that are answered.
const PEOPLE_MAX: usize = 200;

/// Whose overview is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    organisation: Option<String>,
}

/// Read how an organisation’s cases stand
///
/// For its portal administrators; the first by name where they administer several and name none.
#[utoipa::path(get, path = "/overview", tag = "cases", params(
    ("organisation" = Option<String>, Query, description = "Its id"),
), responses(
    (status = 200, body = Overview),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one administers none"),
    (status = 404, body = Problem, description = "`not_found`: one does not administer this one"),
))]
pub async fn read_overview(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Json<Overview>, ApiError> {
    let organisation = administered(&viewer, asked.organisation.as_deref())?;
    Ok(Json(overview(&app.store, organisation, app.clock.now()).await?))
}

fn administered(viewer: &Viewer, wanted: Option<&str>) -> Result<OrganisationRef, ApiError> {
    let mut organisations = viewer.administers().cloned();
    match wanted {
        None => organisations.next().ok_or_else(|| {
            ApiError::new(ProblemCode::Forbidden, "The overview is for portal administrators.")
        }),
        Some(id) => organisations.find(|known| known.id.to_string() == id).ok_or_else(ApiError::not_found),
    }
}

async fn overview(
    store: &Store,
    organisation: OrganisationRef,
    now: DateTime<Utc>,
) -> Result<Overview, StoreError> {
    let id = organisation.id.to_string();
    let recent = recent(store, &id, now).await?;
    let answers: Vec<_> = recent.iter().map(Recent::answered_after).collect();
    let minutes =
        answers.iter().flatten().map(|after| u64::try_from(after.num_minutes()).unwrap_or_default());
    let minutes = minutes.collect();
    let first_answers =
        Answered::ALL.map(|way| answers.iter().filter(|after| Answered::of(**after) == way).count() as u64);
    let mut filed = Vec::new();
    for monday in mondays(now) {
        let in_week = recent.iter().filter(|case| monday_of(from_micros(case.created_at)) == monday);
        filed.push(WeekOfCases { monday, cases: in_week.count() as u64 });
    }
    Ok(Overview {
        open: open(store, &id, now).await?,
        filed,
        first_answers: first_answers.to_vec(),
        first_answer_median: median(minutes),
        satisfaction: grades(store, &id, "satisfaction").await?,
        effort: grades(store, &id, "effort").await?,
        people: people(store, &id).await?,
        organisation,
    })
}

#[derive(FromQueryResult)]
struct Recent {
    created_at: i64,
    answered_at: Option<i64>,
}

impl Recent {
    fn answered_after(&self) -> Option<TimeDelta> {
        Some(from_micros(self.answered_at?) - from_micros(self.created_at))
    }
}

/// The cases of the last weeks, with when support first wrote in each for all to see.
async fn recent(store: &Store, organisation: &str, now: DateTime<Utc>) -> Result<Vec<Recent>, StoreError> {
    let since = mondays(now).first().map_or(now, |monday| monday.and_time(NaiveTime::MIN).and_utc());
    let sql = "SELECT c.created_at, (SELECT MIN(e.created_at) FROM entries e JOIN people p ON p.id = e.author_id \
               WHERE e.case_id = c.id AND e.message AND NOT e.internal AND p.support) AS answered_at \
               FROM cases c WHERE c.organisation_id = $1 AND c.created_at >= $2";
    store.reader().rows(sql, [organisation.into(), to_micros(since).into()]).await
}

#[derive(FromQueryResult)]
struct Open {
    status: String,
    created_at: i64,
}

async fn open(store: &Store, organisation: &str, now: DateTime<Utc>) -> Result<Vec<OpenCases>, StoreError> {
    let sql = "SELECT c.status, c.created_at FROM cases c WHERE c.organisation_id = $1 AND c.status <> $2";
    let closed = Status::Closed.key();
    let rows = store.reader().rows::<Open>(sql, [organisation.into(), closed.into()]).await?;
    let of = |status: Status| {
        let ages = Age::ALL.map(|age| {
            let old =
                |row: &&Open| row.status == status.key() && Age::of(now - from_micros(row.created_at)) == age;
            rows.iter().filter(old).count() as u64
        });
        OpenCases { status, ages: ages.to_vec() }
    };
    Ok(Status::ALL.into_iter().filter(|status| status.is_open()).map(of).collect())
}

#[derive(FromQueryResult)]
struct Grade {
    grade: i64,
    given: i64,
}

/// How often each grade was given in a column of the surveys.
async fn grades(store: &Store, organisation: &str, column: &'static str) -> Result<Vec<u64>, StoreError> {
    let sql = format!(
        "SELECT s.{column} AS grade, COUNT(*) AS given FROM surveys s JOIN cases c ON c.id = s.case_id \
         WHERE c.organisation_id = $1 AND s.{column} IS NOT NULL GROUP BY s.{column}"
    );
    let rows = store.reader().rows::<Grade>(&sql, [organisation.into()]).await?;
    let given =
        |grade: usize| rows.iter().find(|row| usize::try_from(row.grade) == Ok(grade)).map(|row| row.given);
    Ok((1..=GRADES)
        .map(|grade| given(grade).and_then(|given| u64::try_from(given).ok()).unwrap_or_default())
        .collect())
}

#[derive(FromQueryResult)]
struct OfPerson {
    id: String,
    name: String,
    support: bool,
    open: i64,
    all_cases: i64,
}

async fn people(store: &Store, organisation: &str) -> Result<Vec<CasesOfPerson>, StoreError> {
    let sql = format!(
        "SELECT p.id, p.name, p.support, n.open, n.all_cases FROM (SELECT c.requester_id, COUNT(*) AS all_cases, \
         SUM(CASE WHEN c.status = $2 THEN 0 ELSE 1 END) AS open FROM cases c WHERE c.organisation_id = $1 \
         GROUP BY c.requester_id) n JOIN people p ON p.id = n.requester_id \
         ORDER BY n.open DESC, n.all_cases DESC, p.name, p.id LIMIT {PEOPLE_MAX}"
    );
    let values = [organisation.into(), Status::Closed.key().into()];
    let rows = store.reader().rows::<OfPerson>(&sql, values).await?;
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    rows.iter()
        .map(|row| {
            let person = person(&row.id, &row.name, row.support)?;
            Ok(CasesOfPerson { person, open: count(row.open), all: count(row.all_cases) })
        })
        .collect()
}
