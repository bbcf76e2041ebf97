//! `PUT /cases/{number}/survey`: how it went.

use axum::extract::{Path, State};
use contract::{
    Action, CaseRecord, Problem, SurveyState,
    lifecycle::Standing,
    survey::{NewSurvey, SurveyAnswer},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{
    change::{Changed, changed, open_for},
    record::CaseRow,
    signals::touch,
};
use crate::{
    accounts::Viewer,
    app::App,
    http::{ApiError, JsonBody, Speech},
    store::{Sql, StoreError, from_micros, to_micros},
};

/// Say how it went
///
/// Once a case is closed its requester says so, or that they would rather not, once.
#[utoipa::path(put, path = "/cases/{number}/survey", tag = "cases", request_body = NewSurvey, params(
    ("number" = String, Path, description = "Such as CS-000123"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String))),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`action_not_allowed` with `allowed`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
pub async fn answer_survey(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    speech: Speech,
    JsonBody(survey): JsonBody<NewSurvey>,
) -> Result<Changed, ApiError> {
    let mut transaction = app.store.begin().await?;
    let now = app.clock.now();
    let case = open_for(&app, &transaction, &viewer, &number, Action::AnswerSurvey).await?;
    let survey = speech.speak(|| survey.validate()).map_err(ApiError::invalid)?;
    let answer = match survey {
        NewSurvey::Answer(answer) => Some(answer),
        NewSurvey::Skip => None,
    };
    let sql = "INSERT INTO surveys (case_id, person_id, effort, satisfaction, comment, answered_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        case.id.clone().into(),
        viewer.person.id.to_string().into(),
        answer.as_ref().map(|answer| i64::from(answer.effort)).into(),
        answer.as_ref().map(|answer| i64::from(answer.satisfaction)).into(),
        answer.and_then(|answer| answer.comment).into(),
        to_micros(now).into(),
    ];
    transaction.run(sql, values).await?;
    transaction.run("UPDATE cases SET surveyed = TRUE WHERE id = $1", [case.id.clone().into()]).await?;
    touch(&mut transaction, &case, case.last_position, now).await?;
    changed(&app, transaction, &viewer, &case).await
}

#[derive(FromQueryResult)]
struct Row {
    effort: Option<i64>,
    satisfaction: Option<i64>,
    comment: Option<String>,
    answered_at: i64,
}

/// Where a case's survey stands, as far as someone is told: its requester, the
/// administrators, and support.
///
/// # Errors
/// The database refused, or something stored cannot be read.
pub async fn state(
    connection: &impl ConnectionTrait,
    case: &CaseRow,
    standing: Standing,
) -> Result<SurveyState, StoreError> {
    use contract::lifecycle::Role::{Administrator, Analyst};
    let told = standing.requester || matches!(standing.role, Administrator | Analyst);
    if !case.survey || !told {
        return Ok(SurveyState::None);
    }
    if !case.surveyed {
        return Ok(SurveyState::Open);
    }
    let sql = "SELECT effort, satisfaction, comment, answered_at FROM surveys WHERE case_id = $1";
    let row = connection.row::<Row>(sql, [case.id.clone().into()]).await?;
    let Some(Row { effort: Some(effort), satisfaction: Some(satisfaction), comment, answered_at }) = row
    else {
        return Ok(SurveyState::Skipped);
    };
    let grade =
        |grade: i64| u8::try_from(grade).map_err(|_| StoreError::Unreadable(format!("the grade {grade}")));
    let answer = SurveyAnswer { effort: grade(effort)?, satisfaction: grade(satisfaction)?, comment };
    Ok(SurveyState::Answered { answer, at: from_micros(answered_at) })
}
