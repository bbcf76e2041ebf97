//! Changing what a customer may change about a case beside its life: the reference and
//! the answers.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
};
use contract::{
    Action, AskedAnswer, CaseRecord, Impact, Problem,
    case::{CaseChange, NewAnswers},
    catalogue::{Answer, Answers, Asking, CaseType, reserved},
    people::MembershipRole,
    thread::Content,
};

use super::{
    file::submission,
    record::CaseRow,
    search,
    signals::{touch, touch_noticed},
    timeline,
};
use crate::{
    accounts::{Viewer, environments},
    app::App,
    http::{ApiError, IfMatch, JsonBody, Speech, etag},
    store::{Sql, StoreError, Transaction, id},
};

/// The case as it is now, with its tag.
pub type Changed = ([(HeaderName, HeaderValue); 1], Json<CaseRecord>);

/// The case of a number, held for a change that its state must allow.
///
/// # Errors
/// It does not exist for the viewer (404), or they may not do that now (409).
pub async fn open_for(
    app: &App,
    transaction: &Transaction,
    viewer: &Viewer,
    number: &str,
    action: Action,
) -> Result<CaseRow, ApiError> {
    let case = CaseRow::find(&**transaction, viewer, number, transaction.database().lock()).await?;
    let allowed = app.allowed_actions(case.standing(viewer)?, case.state()?);
    if allowed.contains(&action) { Ok(case) } else { Err(ApiError::action_not_allowed(allowed)) }
}

/// Refuses a change that was decided on another version.
async fn unchanged(
    app: &App,
    transaction: &Transaction,
    viewer: &Viewer,
    case: &CaseRow,
    version: i64,
) -> Result<(), ApiError> {
    if case.version() == version {
        return Ok(());
    }
    Err(ApiError::changed_meanwhile(&case.record(&**transaction, app, viewer).await?))
}

/// Commits a change, and answers the case as the viewer reads it now.
///
/// # Errors
/// The database refused.
pub async fn changed(
    app: &App,
    transaction: Transaction,
    viewer: &Viewer,
    case: &CaseRow,
) -> Result<Changed, ApiError> {
    let record = CaseRow::by_id(&*transaction, &case.id).await?.record(&*transaction, app, viewer).await?;
    transaction.commit().await?;
    Ok(([(header::ETAG, etag(record.version))], Json(record)))
}

/// Change a case's own reference
#[utoipa::path(patch, path = "/cases/{number}", tag = "cases", request_body = CaseChange, params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("If-Match" = String, Header, description = "The case's ETag as it was read"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String))),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`action_not_allowed` with `allowed`"),
    (status = 412, body = Problem, description = "`changed_meanwhile` with `current`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
    (status = 428, body = Problem, description = "`precondition_missing`"),
))]
pub async fn change_case(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    IfMatch(version): IfMatch,
    speech: Speech,
    JsonBody(change): JsonBody<CaseChange>,
) -> Result<Changed, ApiError> {
    let mut transaction = app.store.begin().await?;
    let case = open_for(&app, &transaction, &viewer, &number, Action::EditReference).await?;
    unchanged(&app, &transaction, &viewer, &case, version).await?;
    let change = speech.speak(|| change.validate()).map_err(ApiError::invalid)?;
    let sql = "UPDATE cases SET internal_reference = $1 WHERE id = $2";
    let reference = change.internal_reference;
    transaction.run(sql, [reference.clone().into(), case.id.clone().into()]).await?;
    let asked = case.asked()?;
    refile_words(&transaction, &CaseRow { internal_reference: reference, ..case.clone() }, &asked).await?;
    touch(&mut transaction, &case, case.last_position, app.clock.now()).await?;
    changed(&app, transaction, &viewer, &case).await
}

/// Correct the answers a case was filed with
///
/// Until support picks it up. They are checked like those of a new case; the fields of
/// the record that come from answers follow them.
#[utoipa::path(put, path = "/cases/{number}/answers", tag = "cases", request_body = NewAnswers, params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("If-Match" = String, Header, description = "The case's ETag as it was read"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String))),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`action_not_allowed` with `allowed`"),
    (status = 412, body = Problem, description = "`changed_meanwhile` with `current`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
    (status = 428, body = Problem, description = "`precondition_missing`"),
))]
pub async fn change_answers(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    IfMatch(version): IfMatch,
    speech: Speech,
    JsonBody(new): JsonBody<NewAnswers>,
) -> Result<Changed, ApiError> {
    let mut transaction = app.store.begin().await?;
    let now = app.clock.now();
    let case = open_for(&app, &transaction, &viewer, &number, Action::EditAnswers).await?;
    unchanged(&app, &transaction, &viewer, &case, version).await?;
    let catalogue = app.catalogue.get();
    let organisation = id(&case.organisation_id)?;
    let place = viewer.place(organisation).ok_or_else(ApiError::not_found)?;
    // A type that is gone takes no answers any more.
    let case_type =
        catalogue.case_type(&case.type_id).ok_or_else(|| ApiError::action_not_allowed(Vec::new()))?;
    let environments = environments(&*transaction, organisation).await?;
    let asking = Asking { now, environments: &environments, partner: place.role == MembershipRole::Partner };
    let answers =
        speech.speak(|| case_type.validate(&new.answers, asking)).map_err(ApiError::invalid)?.answers;
    let asked = submission(case_type, &answers);
    let questions = corrected(&case, &asked)?;
    if questions.is_empty() {
        return changed(&app, transaction, &viewer, &case).await;
    }
    keep_answers(&transaction, &case, case_type, &answers, &asked).await?;
    let position = case.last_position + 1;
    let content = Content::AnswersChanged { questions };
    timeline::add(&transaction, &case.id, position, &viewer.person, false, &content, now).await?;
    touch_noticed(&mut transaction, &case, position, now).await?;
    changed(&app, transaction, &viewer, &case).await
}

/// The questions whose answers differ, were not asked before, or are no longer asked.
fn corrected(case: &CaseRow, asked: &[AskedAnswer]) -> Result<Vec<String>, StoreError> {
    let before = case.asked()?;
    let same = |one: &AskedAnswer, others: &[AskedAnswer]| {
        others.iter().any(|other| other.question == one.question && other.answer == one.answer)
    };
    let new = asked.iter().filter(|answer| !same(answer, &before));
    let known = |answer: &&AskedAnswer| !asked.iter().any(|other| other.question == answer.question);
    let gone = before.iter().filter(known);
    Ok(new.chain(gone).map(|answer| answer.label.clone()).collect())
}

async fn keep_answers(
    transaction: &Transaction,
    case: &CaseRow,
    case_type: &CaseType,
    answers: &Answers,
    asked: &[AskedAnswer],
) -> Result<(), StoreError> {
    let text = |question: &str| answers.get(question).and_then(Answer::text).map(str::to_owned);
    let subject = text(reserved::SUBJECT).unwrap_or_else(|| case_type.title.clone());
    let impact = case_type.impact.or_else(|| text(reserved::IMPACT).as_deref().and_then(Impact::from_key));
    let reference = text(reserved::INTERNAL_REFERENCE).or_else(|| case.internal_reference.clone());
    let sql = "UPDATE cases SET submission = $1, subject = $2, subject_key = $3, impact = $4, environment = $5, \
               desired_date = $6, additional_contact = $7, internal_reference = $8 WHERE id = $9";
    let values = [
        serde_json::to_string(asked)?.into(),
        subject.clone().into(),
        subject.to_lowercase().into(),
        impact.map(Impact::key).map(str::to_owned).into(),
        text(reserved::ENVIRONMENT).into(),
        text(reserved::DESIRED_DATE).into(),
        text(reserved::ADDITIONAL_CONTACT).into(),
        reference.clone().into(),
        case.id.clone().into(),
    ];
    transaction.run(sql, values).await?;
    refile_words(transaction, &CaseRow { internal_reference: reference, ..case.clone() }, asked).await
}

async fn refile_words(
    transaction: &Transaction,
    case: &CaseRow,
    asked: &[AskedAnswer],
) -> Result<(), StoreError> {
    let text = search::filed_text(case.number(), asked, case.internal_reference.as_deref());
    search::replace_filed(transaction, &case.id, &text).await
}
