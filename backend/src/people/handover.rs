//! `/organisations/{id}/members/{person}/handover`: giving somebody's open cases to another.

use axum::{
    Json,
    extract::{Path, State},
};
use contract::{
    FieldError, Problem,
    audit::Act,
    field::FieldCode,
    member::{HandedOver, Handover},
};

use super::members::member;
use crate::{
    accounts::{Viewer, colleague},
    app::App,
    audit::Record,
    cases::hand_over_cases,
    http::{ApiError, JsonBody, Speech},
};

/// Hand somebody’s open cases over
///
/// For the organisation’s portal administrators. Each case tells that it has another
/// requester, who is told of it; doing it again finds nothing to do.
#[utoipa::path(post, path = "/organisations/{id}/members/{person}/handover", tag = "people", request_body = Handover, params(
    ("id" = Uuid, Path, description = "The organisation"),
    ("person" = Uuid, Path, description = "Whose cases they are; also somebody who was deactivated"),
), responses(
    (status = 200, body = HandedOver),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 422, body = Problem, description = "`invalid_fields`: nobody who can have them"),
))]
pub async fn hand_over(
    State(app): State<App>,
    viewer: Viewer,
    Path((organisation, person)): Path<(String, String)>,
    speech: Speech,
    JsonBody(Handover { to }): JsonBody<Handover>,
) -> Result<Json<HandedOver>, ApiError> {
    let organisation = viewer.administered(&organisation)?.id;
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let from = member(&*transaction, organisation, &person).await?.ok_or_else(ApiError::not_found)?;
    let to = colleague(&*transaction, organisation, to).await?;
    let to = to.filter(|to| to.may_be_filed_for() && to.person.id != from.person.id).ok_or_else(|| {
        let message = speech.speak(texts::mistakes::someone_of_organisation);
        ApiError::invalid(vec![FieldError::new("/to", FieldCode::UnknownOption, message)])
    })?;
    let (from, to) = (from.person.id, to.person);
    let cases = hand_over_cases(&mut transaction, organisation, from, &to, &viewer.person, now).await?;
    if cases > 0 {
        let record = Record::by(&viewer, Act::HandedOver).at(organisation).to(from).for_other(to.id);
        record.counting(cases).keep(&transaction, now).await?;
    }
    transaction.commit().await?;
    Ok(Json(HandedOver { cases: u32::try_from(cases).unwrap_or(u32::MAX) }))
}
