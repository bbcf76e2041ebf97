//! `/cases`.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    Action, ActionDetails, CaseRecord, CaseSummary, Entry, FieldError, NewMessage, Page, Problem,
    ProblemCode, TakeAction, case::CaseCounts, field::FieldCode,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    act::{Deed, act, next_state},
    activities, bulk, change, edit, facets,
    filters::Asking,
    intake,
    list::{self, ListRequest},
    list_export, muting, overview, people, preview, reading,
    record::CaseRow,
    similar, snippets, stop_following, survey, watching,
};
use crate::{
    accounts::Viewer,
    app::App,
    attachments::claim,
    http::{ApiError, Begun, IdempotencyKey, IfMatch, JsonBody, Speech, StoredResponse, etag, none_match},
    store::Transaction,
};

/// The way out of a case's mails is open to whoever got one.
pub fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(stop_following::ask, stop_following::stop))
}

/// Cases are for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_cases, intake::file_case))
        .routes(routes!(count_cases))
        .routes(routes!(activities::read_activities))
        .routes(routes!(facets::read_facets))
        .routes(routes!(overview::read_overview))
        .routes(routes!(list_export::export_list))
        .routes(routes!(bulk::do_to_cases))
        .routes(routes!(similar::similar_cases))
        .routes(routes!(snippets::read_snippets))
        .routes(routes!(read_case, change::change_case))
        .routes(routes!(change::change_answers))
        .routes(routes!(survey::answer_survey))
        .routes(routes!(muting::mute, muting::unmute))
        .routes(routes!(watching::add_watcher, watching::remove_watcher))
        .routes(routes!(reading::read_timeline))
        .routes(routes!(reading::find_in_timeline))
        .routes(routes!(reading::mark_read))
        .routes(routes!(post_message))
        .routes(routes!(edit::edit_message))
        .routes(routes!(edit::message_history))
        .routes(routes!(preview::preview_message))
        .routes(routes!(people::people_on_case))
        .routes(routes!(take_action))
}

/// A query's parameters, in their order.
pub(super) type Parameters = Query<Vec<(String, String)>>;

/// An address that cannot be read, with what to do.
pub(super) fn malformed(sentence: impl Into<String>) -> ApiError {
    let sentence: String = sentence.into();
    ApiError::new(ProblemCode::MalformedRequest, format!("Correct the address: {sentence}."))
}

/// List cases
#[utoipa::path(get, path = "/cases", tag = "cases", params(
    ("status" = Option<String>, Query, description = "Status keys, parted by commas"),
    ("activity" = Option<Vec<String>>, Query, description = "Of one’s own: `needs_me`, `waiting_for_support`, \
        `watching`, `filed_by_me`, `filed_for_me` or `closed_recently`. Like every filter it may stand there \
        several times: cases are like one of the values of each"),
    ("type" = Option<Vec<String>>, Query, description = "Ids of types"),
    ("priority" = Option<Vec<String>>, Query, description = "`urgent`, `high`, `medium` or `low`"),
    ("impact" = Option<Vec<String>>, Query, description = "Keys of impacts"),
    ("environment" = Option<Vec<String>>, Query, description = "Names of environments"),
    ("requester" = Option<Vec<String>>, Query, description = "Ids of people, or `me`"),
    ("filed_by" = Option<Vec<String>>, Query, description = "Ids of people, or `me`"),
    ("watcher" = Option<Vec<String>>, Query, description = "Ids of people, or `me`"),
    ("attachments" = Option<String>, Query, description = "`yes` or `no`"),
    ("unread" = Option<String>, Query, description = "`yes` or `no`"),
    ("created_from" = Option<String>, Query, description = "A day in UTC, such as `2026-11-26`"),
    ("created_to" = Option<String>, Query, description = "The last day that counts"),
    ("updated_from" = Option<String>, Query, description = "A day in UTC"),
    ("updated_to" = Option<String>, Query, description = "The last day that counts"),
    ("q" = Option<String>, Query, description = "What to find in number, subject, answers, messages and names of files: words, `\"exact words\"`, and what cases are like, such as `status:waiting from:me`"),
    ("sort" = Option<String>, Query, description = "`-updated` (the default), `updated`, `-created`, `created`, \
        `subject`, `-subject`, `-priority`, `priority`, `status`, `-status`, `impact`, `-impact`, `type`, `-type`, \
        `environment`, `-environment`, `organisation`, `-organisation`, `requester`, `-requester`, `turn` or `-turn`"),
    ("columns" = Option<String>, Query, description = "What the portal tells of each case; changes no answer. `status`, \
        `priority`, `impact`, `type`, `environment`, `organisation`, `requester`, `turn`, `created` and `updated`, \
        parted by commas"),
    ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Rows; 50 if absent"),
), responses(
    (status = 200, body = Page<CaseSummary>),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn list_cases(
    State(app): State<App>,
    viewer: Viewer,
    Query(parameters): Parameters,
) -> Result<Json<Page<CaseSummary>>, ApiError> {
    let request = ListRequest::read(&parameters).map_err(malformed)?;
    Ok(Json(list::list(&app.store, &Asking::of(&app, &viewer), request).await?))
}

/// Count cases by status
///
/// Of those that the other parameters mean: all that the list takes but for `status`.
#[utoipa::path(get, path = "/cases/counts", tag = "cases", params(
    ("q" = Option<String>, Query, description = "As in the list, like the filters"),
), responses(
    (status = 200, body = CaseCounts),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn count_cases(
    State(app): State<App>,
    viewer: Viewer,
    Query(parameters): Parameters,
) -> Result<Json<CaseCounts>, ApiError> {
    let query = ListRequest::read_counted(&parameters).map_err(malformed)?;
    Ok(Json(list::counts(&app.store, &Asking::of(&app, &viewer), query).await?))
}

/// Read a case
#[utoipa::path(get, path = "/cases/{number}", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String, description = "The version"))),
    (status = 304, description = "Unchanged since `If-None-Match`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
async fn read_case(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let case = CaseRow::find(app.store.reader(), &viewer, &number, "").await?;
    let tag = [(header::ETAG, etag(case.version()))];
    if none_match(&headers, case.version()) {
        return Ok((StatusCode::NOT_MODIFIED, tag).into_response());
    }
    Ok((tag, Json(case.record(app.store.reader(), &app, &viewer).await?)).into_response())
}

/// Write a message
///
/// A reply, or with `internal` a note for support only. Files may come with it, or alone.
#[utoipa::path(post, path = "/cases/{number}/messages", tag = "cases", request_body = NewMessage, params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("Idempotency-Key" = String, Header, description = "A new UUID for each new message"),
), responses(
    (status = 201, body = Entry),
    (status = 400, body = Problem, description = "`malformed_body`, `idempotency_key_missing`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`action_not_allowed` with `allowed`; `still_running`"),
    (status = 422, body = Problem, description = "`invalid_fields`, `key_reused`"),
))]
async fn post_message(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    key: IdempotencyKey,
    speech: Speech,
    JsonBody(message): JsonBody<NewMessage>,
) -> Result<StoredResponse, ApiError> {
    let attempt = app.running.hold(viewer.person.id, &key)?;
    let mut transaction = app.store.begin().await?;
    let now = app.clock.now();
    let case = CaseRow::find(&*transaction, &viewer, &number, transaction.database().lock()).await?;
    if let Begun::Done(answer) = attempt.begin(&transaction, &key, &message, now).await? {
        return Ok(answer);
    }
    let message = speech.speak(|| message.validate()).map_err(ApiError::invalid)?;
    let action = if message.internal { Action::AddNote } else { Action::Reply };
    let standing = case.standing(&viewer)?;
    let next = next_state(&case, standing, action, app.settings.reopening, now)?
        .map_err(ApiError::action_not_allowed)?;
    let (person, details) = (&viewer.person, ActionDetails::default());
    let uploads = claim(&transaction, person.id, &message.attachments, speech).await?;
    let text = (!message.body.is_empty()).then_some(message.body.as_str());
    let deed = Deed { person, action, next, text, mailed: None, uploads, details, at: now };
    let entry = act(&mut transaction, &case, deed).await?;
    let answer = StoredResponse::new(StatusCode::CREATED, &entry)?;
    attempt.finish(&transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

/// Do something to a case
///
/// What is possible stands in the case's `actions`.
#[utoipa::path(post, path = "/cases/{number}/actions", tag = "cases", request_body = TakeAction, params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("Idempotency-Key" = String, Header, description = "A new UUID for each new action"),
    ("If-Match" = String, Header, description = "The case's ETag as it was read"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String))),
    (status = 400, body = Problem, description = "`malformed_body`, `idempotency_key_missing`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`action_not_allowed` with `allowed`; `still_running`"),
    (status = 412, body = Problem, description = "`changed_meanwhile` with `current`"),
    (status = 422, body = Problem, description = "`invalid_fields`, `key_reused`"),
    (status = 428, body = Problem, description = "`precondition_missing`"),
))]
async fn take_action(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    key: IdempotencyKey,
    IfMatch(version): IfMatch,
    speech: Speech,
    JsonBody(taken): JsonBody<TakeAction>,
) -> Result<StoredResponse, ApiError> {
    let attempt = app.running.hold(viewer.person.id, &key)?;
    let mut transaction = app.store.begin().await?;
    let now = app.clock.now();
    let case = CaseRow::find(&*transaction, &viewer, &number, transaction.database().lock()).await?;
    if let Begun::Done(answer) = attempt.begin(&transaction, &key, &taken, now).await? {
        return Ok(answer);
    }
    if case.version() != version {
        return Err(ApiError::changed_meanwhile(&case.record(&*transaction, &app, &viewer).await?));
    }
    take(&app, &mut transaction, &viewer, &case, taken, speech).await?;
    let record = CaseRow::by_id(&*transaction, &case.id).await?;
    let record = record.record(&*transaction, &app, &viewer).await?;
    let answer = StoredResponse::new(StatusCode::OK, &record)?.version(record.version);
    attempt.finish(&transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

/// Does something to a case as it is now.
///
/// # Errors
/// The viewer may not (409), or what goes with it is wrong (422).
pub(super) async fn take(
    app: &App,
    transaction: &mut Transaction,
    viewer: &Viewer,
    case: &CaseRow,
    taken: TakeAction,
    speech: Speech,
) -> Result<(), ApiError> {
    let (standing, now) = (case.standing(viewer)?, app.clock.now());
    let next = next_state(case, standing, taken.action, app.settings.reopening, now)?
        .map_err(ApiError::action_not_allowed)?;
    if !taken.action.is_taken() {
        let message = "This is no action to take here: it has an address of its own.";
        return Err(ApiError::invalid(vec![FieldError::new("/action", FieldCode::UnknownOption, message)]));
    }
    let priority = case.rank()?;
    let taken = speech.speak(|| taken.validate(standing.role, priority)).map_err(ApiError::invalid)?;
    let TakeAction { action, message, details, attachments } = taken;
    let (person, text) = (&viewer.person, message.as_deref());
    let uploads = claim(transaction, person.id, &attachments, speech).await?;
    let deed = Deed { person, action, next, text, mailed: None, uploads, details, at: now };
    act(transaction, case, deed).await?;
    Ok(())
}
