//! The link in a watcher's mails by which they stop following a case, with an account or
//! without (RFC 8058). Reading the page changes nothing: mail programs look at links before
//! people do.

use axum::extract::{Path, State};
use contract::{CaseNumber, Watcher, thread::Content};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{
    record::{CaseRow, person},
    signals::touch,
    timeline, watchers,
};
use crate::{
    accounts::by_address,
    app::App,
    export::element,
    http::{ApiError, Speech},
    plain_page::{Shown, page},
    store::{Sql, StoreError},
};

#[derive(FromQueryResult)]
struct Row {
    case_id: String,
    number: i64,
    address: String,
    person_id: Option<String>,
    name: Option<String>,
    support: Option<bool>,
}

impl Row {
    async fn find(connection: &impl ConnectionTrait, token: &str) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT w.case_id, c.number, COALESCE(w.email, p.email) AS address, w.person_id, p.name, p.support \
                   FROM watchers w JOIN cases c ON c.id = w.case_id LEFT JOIN people p ON p.id = w.person_id \
                   WHERE w.token = $1";
        connection.row(sql, [token.into()]).await
    }

    fn number(&self) -> CaseNumber {
        CaseNumber(self.number)
    }

    fn watcher(&self) -> Result<Watcher, StoreError> {
        let Some(id) = &self.person_id else { return Ok(Watcher::Address(self.address.clone())) };
        let name = self.name.as_deref().unwrap_or(&self.address);
        Ok(Watcher::Person(person(id, name, self.support.unwrap_or_default())?))
    }
}

/// Ask to stop following a case
///
/// A page for people, on which they say that they mean it.
#[utoipa::path(get, path = "/following/{token}", tag = "cases", params(
    ("token" = String, Path, description = "As the mail has it"),
), responses(
    (status = 200, content_type = "text/html", description = "The page, or one that says that nobody follows a case by it"),
))]
pub async fn ask(
    State(app): State<App>,
    Path(token): Path<String>,
    speech: Speech,
) -> Result<Shown, ApiError> {
    let Some(row) = Row::find(app.store.reader(), &token).await? else { return Ok(not_followed(speech)) };
    Ok(speech.speak(|| {
        let button = element("button", texts::mail::stop_following());
        let body = element("p", &texts::mail::stop_explained(&row.address));
        titled(
            &texts::mail::stop_title(row.number()),
            &format!("{body}<form method=\"post\">{button}</form>"),
        )
    }))
}

/// Stop following a case
///
/// What a mail program does by itself where its reader asks it to (RFC 8058).
#[utoipa::path(post, path = "/following/{token}", tag = "cases", params(
    ("token" = String, Path, description = "As the mail has it"),
), responses(
    (status = 200, content_type = "text/html", description = "A page that says so"),
))]
pub async fn stop(
    State(app): State<App>,
    Path(token): Path<String>,
    speech: Speech,
) -> Result<Shown, ApiError> {
    let Some(row) = Row::find(app.store.reader(), &token).await? else { return Ok(not_followed(speech)) };
    let (watcher, now) = (row.watcher()?, app.clock.now());
    let author = match &watcher {
        Watcher::Person(person) => person.clone(),
        Watcher::Address(address) => by_address(&app.store, address, now).await?,
    };
    let mut transaction = app.store.begin().await?;
    let case = CaseRow::by_id(&*transaction, &row.case_id).await?;
    watchers::remove(&transaction, &case.id, &watcher).await?;
    let (content, position) = (Content::WatcherRemoved { watcher }, case.last_position() + 1);
    timeline::add(&transaction, &case.id, position, &author, false, &content, now).await?;
    touch(&mut transaction, &case, position, now).await?;
    transaction.commit().await?;
    Ok(speech.speak(|| {
        let body = element("p", &texts::mail::stopped(&row.address));
        titled(&texts::mail::stopped_title(row.number()), &body)
    }))
}

fn titled(title: &str, body: &str) -> Shown {
    page(title, &(element("h1", title) + body))
}

fn not_followed(speech: Speech) -> Shown {
    speech.speak(|| {
        let body = element("p", texts::mail::not_followed());
        titled(texts::mail::not_followed_title(), &body)
    })
}
