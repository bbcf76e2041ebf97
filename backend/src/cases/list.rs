//! Lists of cases: filtered, searched, sorted, a page at a time.

use std::collections::{BTreeMap, HashSet};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use contract::{
    CaseQuery, CaseSummary, Page, Search, Sort, Status,
    case::CaseCounts,
    limits::{PAGE_DEFAULT, PAGE_MAX},
};
use sea_orm::{FromQueryResult, Value};
use serde::{Deserialize, Serialize};

use super::{
    filters::Asking,
    record::{CASES, CaseRow, select},
    search::{Holders, holders},
};
use crate::{
    accounts::Viewer,
    store::{Database, Parameters, Sql, Store, StoreError},
};

/// What a list request asks for.
#[derive(Debug, Default)]
pub struct ListRequest {
    /// Which cases, in which order.
    pub query: CaseQuery,
    /// Where the page starts.
    cursor: Option<Cursor>,
    /// How many rows.
    limit: Option<u32>,
}

/// What only lists take, and what counts cases does not.
const OF_LISTS: [&str; 5] = ["status", "sort", "columns", "cursor", "limit"];

/// Where a page ended. Opaque to clients; holds nothing they do not see anyway.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor {
    sort: String,
    key: Key,
    number: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Key {
    Number(i64),
    Text(String),
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Number(number) => number.into(),
            Key::Text(text) => text.into(),
        }
    }
}

impl ListRequest {
    /// Reads query parameters.
    ///
    /// # Errors
    /// A sentence that says which cannot be read.
    pub fn read(parameters: &[(String, String)]) -> Result<Self, String> {
        let mut request = Self::default();
        for (name, value) in parameters {
            match name.as_str() {
                "limit" => {
                    let limit = value.parse().ok().filter(|limit| (1..=PAGE_MAX).contains(limit));
                    request.limit =
                        Some(limit.ok_or_else(|| format!("limit takes a number from 1 to {PAGE_MAX}"))?);
                }
                "cursor" => {
                    request.cursor = Some(Cursor::decode(value).ok_or("use a cursor as a list gave it")?);
                }
                _ => request.query.set(name, value).map_err(|error| error.to_string())?,
            }
        }
        if request.cursor.as_ref().is_some_and(|cursor| !cursor.fits(request.query.sort)) {
            return Err("the cursor belongs to a list sorted in another way".to_owned());
        }
        Ok(request)
    }

    /// Reads the query parameters of a request that counts.
    ///
    /// # Errors
    /// A sentence that says which cannot be read.
    pub fn read_counted(parameters: &[(String, String)]) -> Result<CaseQuery, String> {
        match parameters.iter().find(|(name, _)| OF_LISTS.contains(&name.as_str())) {
            Some((name, _)) => Err(format!("there is no parameter “{name}”")),
            None => Self::read(parameters).map(|request| request.query),
        }
    }

    /// How many rows it asks for.
    fn limit(&self) -> usize {
        self.limit.unwrap_or(PAGE_DEFAULT) as usize
    }

    /// The request for the page that follows.
    #[must_use]
    pub fn following(query: &CaseQuery, next: Option<&str>) -> Self {
        let cursor = next.and_then(Cursor::decode);
        Self { query: query.clone(), cursor, limit: Some(PAGE_MAX) }
    }
}

impl Cursor {
    fn decode(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }

    /// Whether a list of this order can go on here. A cursor may be forged: its
    /// key must be of the column's type, and PostgreSQL takes no NUL.
    fn fits(&self, sort: Sort) -> bool {
        let by_number = matches!(
            sort.key().trim_start_matches('-'),
            "updated" | "created" | "priority" | "status" | "turn"
        );
        let key = match &self.key {
            Key::Number(_) => by_number,
            Key::Text(text) => !by_number && !text.contains('\0'),
        };
        self.sort == sort.key() && key
    }

    fn encode(&self) -> Result<String, StoreError> {
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(self)?))
    }
}

/// What a list is sorted by, and whether downwards.
fn order(sort: Sort, database: Database) -> (String, bool) {
    let (column, is_name) = match sort {
        Sort::UpdatedDesc | Sort::UpdatedAsc => ("c.updated_at", false),
        Sort::CreatedDesc | Sort::CreatedAsc => ("c.created_at", false),
        Sort::SubjectAsc | Sort::SubjectDesc => ("c.subject_key", false),
        Sort::PriorityDesc | Sort::PriorityAsc => ("c.priority_rank", false),
        Sort::StatusAsc | Sort::StatusDesc => ("c.status_rank", false),
        Sort::TurnAsc | Sort::TurnDesc => ("c.turn_at", false),
        Sort::ImpactAsc | Sort::ImpactDesc => ("COALESCE(c.impact, '')", true),
        Sort::TypeAsc | Sort::TypeDesc => ("c.type_title", true),
        Sort::EnvironmentAsc | Sort::EnvironmentDesc => ("COALESCE(c.environment, '')", true),
        Sort::OrganisationAsc | Sort::OrganisationDesc => ("o.name", true),
        Sort::RequesterAsc | Sort::RequesterDesc => ("r.name", true),
    };
    // Names are sorted by their bytes, on both databases.
    let collation = if is_name && database == Database::Postgres { " COLLATE \"C\"" } else { "" };
    (format!("{column}{collation}"), sort.key().starts_with('-'))
}

/// The table that a list's order is of, where that is not the cases'.
const fn names_of(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::OrganisationAsc | Sort::OrganisationDesc => Some("organisations o ON o.id = c.organisation_id"),
        Sort::RequesterAsc | Sort::RequesterDesc => Some("people r ON r.id = c.requester_id"),
        _ => None,
    }
}

fn key_of(sort: Sort, row: &CaseRow) -> Key {
    match sort {
        Sort::UpdatedDesc | Sort::UpdatedAsc => Key::Number(row.updated_at),
        Sort::CreatedDesc | Sort::CreatedAsc => Key::Number(row.created_at),
        Sort::SubjectAsc | Sort::SubjectDesc => Key::Text(row.subject_key.clone()),
        Sort::PriorityDesc | Sort::PriorityAsc => Key::Number(row.priority_rank),
        Sort::StatusAsc | Sort::StatusDesc => Key::Number(row.status_rank),
        Sort::TurnAsc | Sort::TurnDesc => Key::Number(row.turn_at),
        Sort::ImpactAsc | Sort::ImpactDesc => Key::Text(row.impact.clone().unwrap_or_default()),
        Sort::TypeAsc | Sort::TypeDesc => Key::Text(row.type_title.clone()),
        Sort::EnvironmentAsc | Sort::EnvironmentDesc => {
            Key::Text(row.environment.clone().unwrap_or_default())
        }
        Sort::OrganisationAsc | Sort::OrganisationDesc => Key::Text(row.organisation_name.clone()),
        Sort::RequesterAsc | Sort::RequesterDesc => Key::Text(row.requester_name.clone()),
    }
}

/// The rows of a page and the first of the next, in the page's order; `holders` are those
/// of its search.
fn rows_sql(
    asking: &Asking<'_>,
    request: ListRequest,
    holders: &[Holders],
    parameters: &mut Parameters,
) -> String {
    let (limit, sort) = (request.limit(), request.query.sort);
    let (column, descending) = order(sort, asking.database);
    let source = asking.source(&request.query, parameters);
    let mut conditions = asking.conditions_with(&request.query, holders, parameters);
    if let Some(cursor) = request.cursor {
        let sign = if descending { '<' } else { '>' };
        let (key, number) = (parameters.add(cursor.key), parameters.add(cursor.number));
        conditions.push(format!("({column}, c.number) {sign} ({key}, {number})"));
    }
    let direction = if descending { "DESC" } else { "ASC" };
    let rows = parameters.add(i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let sorted = format!("ORDER BY {column} {direction}, c.number {direction} LIMIT {rows}");
    let conditions = conditions.join(" AND ");
    match names_of(sort) {
        None => format!("{} WHERE {conditions} {sorted}", select(&source)),
        // All are sorted to find the first: by what an index holds of them.
        Some(names) => format!(
            "{} WHERE c.number IN (SELECT c.number FROM {source} JOIN {names} WHERE {conditions} {sorted}) {sorted}",
            select(CASES)
        ),
    }
}

/// How a database is asked for the first page of a list, for whoever wants to know how it
/// goes about that.
#[must_use]
pub fn first_page(
    database: Database,
    viewer: &Viewer,
    query: &CaseQuery,
    now: DateTime<Utc>,
) -> (String, Parameters) {
    let asking = Asking { viewer, now, database };
    let mut parameters = Parameters::default();
    let sql = rows_sql(&asking, ListRequest::following(query, None), &[], &mut parameters);
    (sql, parameters)
}

/// A page of the cases the viewer may see.
///
/// # Errors
/// The database refused.
pub async fn list(
    store: &Store,
    asking: &Asking<'_>,
    request: ListRequest,
) -> Result<Page<CaseSummary>, StoreError> {
    let (limit, sort) = (request.limit(), request.query.sort);
    let search = Search::read(&request.query.search);
    let holders = holders(store, &search, asking.viewer.person.support).await?;
    let mut parameters = Parameters::default();
    let sql = rows_sql(asking, request, &holders, &mut parameters);
    let mut rows = store.reader().rows::<CaseRow>(&sql, parameters.0).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let cursor =
        |row: &CaseRow| Cursor { sort: sort.key().to_owned(), key: key_of(sort, row), number: row.number };
    let next = rows.last().filter(|_| more).map(|row| cursor(row).encode()).transpose()?;
    Ok(Page { items: summaries(store, asking, &rows).await?, next })
}

#[derive(FromQueryResult)]
struct Id {
    id: String,
}

/// Rows as lists show them.
///
/// # Errors
/// The database refused, or something stored cannot be read.
pub async fn summaries(
    store: &Store,
    asking: &Asking<'_>,
    rows: &[CaseRow],
) -> Result<Vec<CaseSummary>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut parameters = Parameters::default();
    let ids = parameters.add_all(rows.iter().map(|row| row.id.clone()));
    let unread = asking.unread(&mut parameters);
    let sql = format!("SELECT c.id FROM cases c WHERE c.id IN ({ids}) AND {unread}");
    let unread = store.reader().rows::<Id>(&sql, parameters.0).await?;
    let unread: HashSet<String> = unread.into_iter().map(|row| row.id).collect();
    rows.iter().map(|row| Ok(CaseSummary { unread: unread.contains(&row.id), ..row.summary()? })).collect()
}

#[derive(FromQueryResult)]
struct Count {
    status: String,
    cases: i64,
}

/// How many cases the viewer sees in all, and by status of those a query means but for
/// the statuses it names.
///
/// # Errors
/// The database refused.
pub async fn counts(store: &Store, asking: &Asking<'_>, query: CaseQuery) -> Result<CaseCounts, StoreError> {
    let all = by_status(store, asking, &CaseQuery::default()).await?;
    let total = all.values().sum();
    let query = CaseQuery { statuses: Vec::new(), ..query };
    let by_status = if query.is_everything() { all } else { by_status(store, asking, &query).await? };
    Ok(CaseCounts { total, by_status })
}

async fn by_status(
    store: &Store,
    asking: &Asking<'_>,
    query: &CaseQuery,
) -> Result<BTreeMap<Status, u64>, StoreError> {
    let mut parameters = Parameters::default();
    let source = asking.source(query, &mut parameters);
    let conditions = asking.conditions(query, &mut parameters).join(" AND ");
    let sql =
        format!("SELECT c.status, COUNT(*) AS cases FROM {source} WHERE {conditions} GROUP BY c.status");
    let rows = store.reader().rows::<Count>(&sql, parameters.0).await?;
    let known = |row: &Count| Some((Status::from_key(&row.status)?, u64::try_from(row.cases).ok()?));
    Ok(rows.iter().filter_map(known).collect())
}
