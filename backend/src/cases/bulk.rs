//! `POST /cases/bulk`: one thing done to several cases, to each as by itself.

use axum::{extract::State, http::StatusCode};
use contract::{
    Action, ActionDetails, CaseNumber, Problem, TakeAction,
    bulk::{BulkDeed, BulkOutcome, BulkRequest},
};

use super::{
    reading::read_up_to,
    record::CaseRow,
    routes::take,
    watching::{follower, let_follow},
};
use crate::{
    accounts::Viewer,
    app::App,
    http::{ApiError, Begun, IdempotencyKey, JsonBody, Speech, StoredResponse},
    store::Transaction,
};

/// Do one thing to several cases
///
/// To each as if it were asked for alone; the outcomes are in the order of the numbers.
/// What a case refuses keeps nothing from the others. Nothing is done twice to a case
/// under the same key, even where the first answer was lost on the way.
#[utoipa::path(post, path = "/cases/bulk", tag = "cases", request_body = BulkRequest, params(
    ("Idempotency-Key" = String, Header, description = "A new UUID for each new request"),
), responses(
    (status = 200, body = Vec<BulkOutcome>),
    (status = 400, body = Problem, description = "`malformed_body`, `idempotency_key_missing`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 409, body = Problem, description = "`still_running`"),
    (status = 422, body = Problem, description = "`invalid_fields`, `key_reused`"),
))]
pub async fn do_to_cases(
    State(app): State<App>,
    viewer: Viewer,
    key: IdempotencyKey,
    speech: Speech,
    JsonBody(request): JsonBody<BulkRequest>,
) -> Result<StoredResponse, ApiError> {
    let attempt = app.running.hold(viewer.person.id, &key)?;
    // Only looked up: each case's transaction keeps its own outcome.
    let transaction = app.store.begin().await?;
    if let Begun::Done(answer) = attempt.begin(&transaction, &key, &request, app.clock.now()).await? {
        return Ok(answer);
    }
    drop(transaction);
    let mistakes = speech.speak(|| request.validate());
    if !mistakes.is_empty() {
        return Err(ApiError::invalid(mistakes));
    }
    let bulk = Bulk { app: &app, viewer: &viewer, key: &key, speech, deed: request.deed };
    let mut outcomes = Vec::with_capacity(request.numbers.len());
    for number in &request.numbers {
        outcomes.push(bulk.outcome(*number).await?);
    }
    let transaction = app.store.begin().await?;
    if let Begun::Done(answer) = attempt.begin(&transaction, &key, &request, app.clock.now()).await? {
        return Ok(answer);
    }
    let answer = StoredResponse::new(StatusCode::OK, &outcomes)?;
    attempt.finish(&transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

/// What is done to each case.
struct Bulk<'a> {
    app: &'a App,
    viewer: &'a Viewer,
    key: &'a IdempotencyKey,
    speech: Speech,
    deed: BulkDeed,
}

impl Bulk<'_> {
    /// Does it to one case, in a transaction of its own.
    async fn outcome(&self, number: CaseNumber) -> Result<BulkOutcome, ApiError> {
        let done = BulkOutcome { number, done: true, problem: None };
        let key = self.key.part(&number.to_string());
        let attempt = self.app.running.hold(self.viewer.person.id, &key)?;
        let mut transaction = self.app.store.begin().await?;
        let begun = attempt.begin(&transaction, &key, &self.deed, self.app.clock.now()).await?;
        if matches!(begun, Begun::Done(_)) {
            return Ok(done);
        }
        match self.carry_out(&mut transaction, number).await {
            Ok(()) => {
                attempt.finish(&transaction, &StoredResponse::new(StatusCode::OK, &done)?).await?;
                transaction.commit().await?;
                Ok(done)
            }
            Err(ApiError::Problem(problem)) => {
                Ok(BulkOutcome { number, done: false, problem: Some(problem.code) })
            }
            Err(error) => Err(error),
        }
    }

    async fn carry_out(&self, transaction: &mut Transaction, number: CaseNumber) -> Result<(), ApiError> {
        let Self { app, viewer, speech, .. } = *self;
        let lock = transaction.database().lock();
        let case = CaseRow::seen(&**transaction, viewer, number, lock).await?;
        let case = case.ok_or_else(ApiError::not_found)?;
        match self.deed {
            BulkDeed::MarkRead => {
                read_up_to(transaction, viewer, &case, i64::MAX, app.clock.now()).await?;
                Ok(())
            }
            BulkDeed::Watch => {
                let me = follower(transaction, &case, &viewer.person.id.to_string(), speech).await?;
                let_follow(app, transaction, viewer, &case, &me, speech).await
            }
            BulkDeed::Close => {
                let (action, details) = (Action::Close, ActionDetails::default());
                let close = TakeAction { action, message: None, details, attachments: Vec::new() };
                take(app, transaction, viewer, &case, close, speech).await
            }
        }
    }
}
