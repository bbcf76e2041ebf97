//! `GET /cases/snippets`: what stands around what a search found.

use std::{cmp::Reverse, collections::BTreeMap};

use axum::{
    Json,
    extract::{Query, State},
};
use contract::{
    CaseNumber, Problem, Search,
    limits::{PAGE_MAX, SEARCH_MAX},
    search::Snippet,
    thread::Content,
};
use sea_orm::FromQueryResult;

use super::{
    record::{CASES, CaseRow, select},
    routes::{Parameters as Asked, malformed},
    search::filed_text,
};
use crate::{
    accounts::Viewer,
    app::App,
    attachments::findable,
    http::ApiError,
    store::{Parameters, Sql, Store, StoreError},
};

/// How many of a case's texts are looked at, what it was filed with and the newest.
const TEXTS_MAX: usize = 200;

#[derive(FromQueryResult)]
struct Text {
    entry_id: Option<String>,
    words: String,
}

#[derive(FromQueryResult)]
struct EntryRow {
    id: String,
    content: String,
}

/// Read what stands around what a search found
///
/// Of the cases named, those one may see and where the search holds more than the subject
/// does, each with the text that holds most of what was searched for.
#[utoipa::path(get, path = "/cases/snippets", tag = "cases", params(
    ("q" = String, Query, description = "As in the list"),
    ("number" = Vec<String>, Query, description = "Such as CS-000123; at most 100"),
), responses(
    (status = 200, body = Vec<Snippet>),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn read_snippets(
    State(app): State<App>,
    viewer: Viewer,
    Query(parameters): Asked,
) -> Result<Json<Vec<Snippet>>, ApiError> {
    let (search, numbers) = read(&parameters).map_err(malformed)?;
    Ok(Json(snippets(&app.store, &viewer, &search, &numbers).await?))
}

fn read(parameters: &[(String, String)]) -> Result<(Search, Vec<CaseNumber>), String> {
    let (mut search, mut numbers) = (Search::default(), Vec::new());
    for (name, value) in parameters {
        match name.as_str() {
            "q" if value.chars().count() <= SEARCH_MAX => search = Search::read(value),
            "q" => return Err(format!("search for at most {SEARCH_MAX} characters")),
            "number" if numbers.len() < PAGE_MAX as usize => {
                numbers.push(value.parse().map_err(|_| format!("“{value}” is no case’s number"))?);
            }
            "number" => return Err(format!("name at most {PAGE_MAX} cases")),
            _ => return Err(format!("there is no parameter “{name}”")),
        }
    }
    Ok((search, numbers))
}

async fn snippets(
    store: &Store,
    viewer: &Viewer,
    search: &Search,
    numbers: &[CaseNumber],
) -> Result<Vec<Snippet>, StoreError> {
    if numbers.is_empty() || !search.has_words() {
        return Ok(Vec::new());
    }
    let mut parameters = Parameters::default();
    let sees = viewer.sees_sql(&mut parameters);
    let wanted = parameters.add_all(numbers.iter().map(|number| number.0));
    let sql = format!("{} WHERE {sees} AND c.number IN ({wanted})", select(CASES));
    let cases = store.reader().rows::<CaseRow>(&sql, parameters.0).await?;
    let (mut found, mut entries) = (Vec::new(), Vec::new());
    for case in &cases {
        match best(store, viewer, search, case).await? {
            Some(Some(entry)) => entries.push((entry, case.number())),
            Some(None) => found.extend(filed(case, search)?),
            None => {}
        }
    }
    found.extend(written(store, search, &entries).await?);
    Ok(found)
}

/// The text of a case that holds most of the search and more than the subject does: an
/// entry's id, or none for what the case was filed with.
async fn best(
    store: &Store,
    viewer: &Viewer,
    search: &Search,
    case: &CaseRow,
) -> Result<Option<Option<String>>, StoreError> {
    let public = if viewer.person.support { "" } else { " AND NOT w.internal" };
    let sql = format!(
        "SELECT w.entry_id, w.words FROM search_words w WHERE w.case_id = $1{public} \
         ORDER BY CASE WHEN w.entry_id IS NULL THEN 0 ELSE 1 END, w.id DESC LIMIT {TEXTS_MAX}"
    );
    let texts = store.reader().rows::<Text>(&sql, [case.id.clone().into()]).await?;
    let held = |text: &str| search.held_by(&text.split(' ').collect::<Vec<_>>());
    let subject = contract::words::cut(&case.subject).collect::<Vec<_>>().join(" ");
    let known = held(&subject);
    // The subject is a part of what the case was filed with, which has to hold more.
    let mut ranked: Vec<_> = texts
        .into_iter()
        .map(|text| (held(&text.words), text.entry_id))
        .filter(|(held, entry)| *held > if entry.is_none() { known } else { 0 })
        .collect();
    ranked.sort_by_key(|(held, _)| Reverse(*held));
    Ok(ranked.into_iter().next().map(|(_, entry)| entry))
}

/// The first answer that holds something of the search, or the reference.
fn filed(case: &CaseRow, search: &Search) -> Result<Option<Snippet>, StoreError> {
    let number = case.number();
    let asked = case.asked()?;
    let answers = asked.iter().flat_map(|answer| &answer.words).filter(|words| **words != case.subject);
    let texts = answers.map(String::as_str).chain(case.internal_reference.as_deref());
    let text = texts.filter_map(|text| search.excerpt(text)).next();
    let text = text.or_else(|| search.excerpt(&filed_text(number, &[], None)));
    Ok(text.map(|text| Snippet { number, text }))
}

/// What stands around the place in entries.
async fn written(
    store: &Store,
    search: &Search,
    entries: &[(String, CaseNumber)],
) -> Result<Vec<Snippet>, StoreError> {
    let numbers: BTreeMap<_, _> = entries.iter().map(|(id, number)| (id.as_str(), *number)).collect();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut parameters = Parameters::default();
    let ids = parameters.add_all(numbers.keys().map(|id| (*id).to_owned()));
    let sql = format!("SELECT e.id, e.content FROM entries e WHERE e.id IN ({ids})");
    let rows = store.reader().rows::<EntryRow>(&sql, parameters.0).await?;
    let mut found = Vec::new();
    for row in rows {
        let content = serde_json::from_str::<Content>(&row.content)?;
        let source = if let Content::Message { source, .. } = &content { source.as_str() } else { "" };
        let text = search.excerpt(&findable(source, content.attachments()));
        let number = numbers.get(row.id.as_str()).copied();
        found.extend(number.zip(text).map(|(number, text)| Snippet { number, text }));
    }
    Ok(found)
}
