//! `/cases/{number}/watchers/{who}`: following a case, and letting others follow it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use contract::{
    Action, CaseRecord, FieldError, Problem, Watcher,
    field::{FieldCode, is_email},
    limits::LIST_MAX,
    thread::Content,
};
use uuid::Uuid;

use super::{
    change::{Changed, changed},
    record::CaseRow,
    signals::touch,
    timeline, watchers,
};
use crate::{
    accounts::{Viewer, colleague, member_by_email},
    app::App,
    http::{ApiError, Speech},
    store::{StoreError, Transaction, id},
};

/// Let someone follow a case
///
/// `who` is the id of a person of the case's organisation, or an e-mail address; of
/// somebody there it stands for that person. Whoever follows it already stays as they are.
#[utoipa::path(put, path = "/cases/{number}/watchers/{who}", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("who" = String, Path, description = "A person's id or an e-mail address"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String))),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`action_not_allowed` with `allowed`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
pub async fn add_watcher(
    State(app): State<App>,
    viewer: Viewer,
    Path((number, who)): Path<(String, String)>,
    speech: Speech,
) -> Result<Changed, ApiError> {
    let mut transaction = app.store.begin().await?;
    let case = CaseRow::find(&*transaction, &viewer, &number, transaction.database().lock()).await?;
    let follower = follower(&transaction, &case, &who, speech).await?;
    let_follow(&app, &mut transaction, &viewer, &case, &follower, speech).await?;
    changed(&app, transaction, &viewer, &case).await
}

/// Lets someone follow a case, unless they do already.
///
/// # Errors
/// The viewer may not let them (409), or too many follow it (422).
pub async fn let_follow(
    app: &App,
    transaction: &mut Transaction,
    viewer: &Viewer,
    case: &CaseRow,
    follower: &Follower,
    speech: Speech,
) -> Result<(), ApiError> {
    let now = app.clock.now();
    let mine = *follower == Follower::Person(viewer.person.id);
    let known = watchers::of(&**transaction, &case.id).await?;
    if known.iter().any(|watcher| follower.is(watcher)) {
        return Ok(());
    }
    let allowed = app.allowed_actions(case.standing(viewer)?, case.state()?);
    let may = allowed.contains(&Action::AddWatchers) || (mine && allowed.contains(&Action::Watch));
    if !may {
        return Err(ApiError::action_not_allowed(allowed));
    }
    if known.len() >= LIST_MAX {
        let message = speech.speak(|| texts::mistakes::enter_at_most(LIST_MAX));
        return Err(ApiError::invalid(vec![FieldError::new("/who", FieldCode::TooMany, message)]));
    }
    follower.follow(transaction, &case.id, now).await?;
    let added =
        watchers::of(&**transaction, &case.id).await?.into_iter().find(|watcher| follower.is(watcher));
    tell(transaction, viewer, case, added.map(|watcher| Content::WatcherAdded { watcher }), now).await?;
    Ok(())
}

/// Let someone follow a case no longer
///
/// Oneself, always; others where the case's `actions` say so.
#[utoipa::path(delete, path = "/cases/{number}/watchers/{who}", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("who" = String, Path, description = "A person's id or an e-mail address"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String)), description = "Where the case is still theirs to see"),
    (status = 204, description = "They saw it only because they followed it"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`action_not_allowed` with `allowed`"),
))]
pub async fn remove_watcher(
    State(app): State<App>,
    viewer: Viewer,
    Path((number, who)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let mut transaction = app.store.begin().await?;
    let case = CaseRow::find(&*transaction, &viewer, &number, transaction.database().lock()).await?;
    let wanted = Follower::read(&who);
    let known = watchers::of(&*transaction, &case.id).await?;
    let Some(watcher) = known.into_iter().find(|watcher| wanted.is(watcher)) else {
        return Err(ApiError::not_found());
    };
    let allowed = app.allowed_actions(case.standing(&viewer)?, case.state()?);
    let mine = wanted == Follower::Person(viewer.person.id);
    let may = allowed.contains(&Action::RemoveWatchers) || (mine && allowed.contains(&Action::StopWatching));
    if !may {
        return Err(ApiError::action_not_allowed(allowed));
    }
    watchers::remove(&transaction, &case.id, &watcher).await?;
    let content = Some(Content::WatcherRemoved { watcher });
    tell(&mut transaction, &viewer, &case, content, app.clock.now()).await?;
    if CaseRow::seen(&*transaction, &viewer, case.number(), "").await?.is_none() {
        transaction.commit().await?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(changed(&app, transaction, &viewer, &case).await?.into_response())
}

async fn tell(
    transaction: &mut Transaction,
    viewer: &Viewer,
    case: &CaseRow,
    content: Option<Content>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Some(content) = content else { return Ok(()) };
    let position = case.last_position + 1;
    timeline::add(transaction, &case.id, position, &viewer.person, false, &content, at).await?;
    touch(transaction, case, position, at).await
}

/// Who is to follow a case, as an address names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Follower {
    /// A person by their id.
    Person(Uuid),
    /// An address, in lower case.
    Address(String),
}

impl Follower {
    fn read(who: &str) -> Self {
        who.parse().map_or_else(|_| Self::Address(who.trim().to_lowercase()), Self::Person)
    }

    fn is(&self, watcher: &Watcher) -> bool {
        match (self, watcher) {
            (Self::Person(id), Watcher::Person(person)) => person.id == *id,
            (Self::Address(known), Watcher::Address(address)) => address == known,
            _ => false,
        }
    }

    async fn follow(
        &self,
        transaction: &Transaction,
        case_id: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        match self {
            Self::Person(person) => watchers::add_one(transaction, case_id, Some(*person), None, at).await,
            Self::Address(address) => watchers::add_one(transaction, case_id, None, Some(address), at).await,
        }
    }
}

/// A person of the case's organisation, or an address of nobody there.
///
/// # Errors
/// There is no such person, or it is no address (422).
pub async fn follower(
    transaction: &Transaction,
    case: &CaseRow,
    who: &str,
    speech: Speech,
) -> Result<Follower, ApiError> {
    let organisation = id(&case.organisation_id)?;
    match Follower::read(who) {
        Follower::Person(person) => match colleague(&**transaction, organisation, person).await? {
            Some(_) => Ok(Follower::Person(person)),
            None => {
                let message = speech.speak(texts::mistakes::someone_of_organisation);
                Err(ApiError::invalid(vec![FieldError::new("/who", FieldCode::UnknownOption, message)]))
            }
        },
        Follower::Address(address) if is_email(&address) => {
            let member = member_by_email(&**transaction, organisation, &address).await?;
            Ok(member.map_or(Follower::Address(address), Follower::Person))
        }
        Follower::Address(_) => {
            let message = speech.speak(texts::mistakes::email_such_as);
            Err(ApiError::invalid(vec![FieldError::new("/who", FieldCode::Malformed, message)]))
        }
    }
}
