//! `POST /cases`: who may file what, for whom.

use axum::{extract::State, http::StatusCode};
use contract::{
    CaseNumber, CaseRecord, FieldError, NewCase, Problem, ProblemCode,
    attachment::valid_ids,
    audit::Act,
    catalogue::{Asking, CaseType, Catalogue},
    field::FieldCode,
    people::{Colleague, MembershipRole, PersonRef},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    file::{Filing, file},
    record::CaseRow,
};
use crate::{
    accounts::{Place, Viewer, colleague, environments},
    app::App,
    attachments::claim,
    audit::Record,
    http::{ApiError, Begun, IdempotencyKey, JsonBody, Speech, StoredResponse},
};

/// File a case
///
/// An administrator may name another person of the organisation as its `requester`:
/// it is theirs then, and the record says who filed it.
#[utoipa::path(post, path = "/cases", tag = "cases", request_body = NewCase, params(
    ("Idempotency-Key" = String, Header, description = "A new UUID for each new case"),
), responses(
    (status = 201, body = CaseRecord, headers(("Location" = String), ("ETag" = String))),
    (status = 400, body = Problem, description = "`malformed_body`, `idempotency_key_missing`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: support files no cases here"),
    (status = 409, body = Problem, description = "`still_running`"),
    (status = 422, body = Problem, description = "`invalid_fields`, `key_reused`"),
))]
pub async fn file_case(
    State(app): State<App>,
    viewer: Viewer,
    key: IdempotencyKey,
    speech: Speech,
    JsonBody(new): JsonBody<NewCase>,
) -> Result<StoredResponse, ApiError> {
    if viewer.person.support {
        return Err(ApiError::new(ProblemCode::Forbidden, "Support answers cases; customers file them."));
    }
    let attempt = app.running.hold(viewer.person.id, &key)?;
    let mut transaction = app.store.begin().await?;
    let now = app.clock.now();
    if let Begun::Done(answer) = attempt.begin(&transaction, &key, &new, now).await? {
        return Ok(answer);
    }
    let place = speech.speak(|| place_of(&viewer, &new)).map_err(refused)?;
    let catalogue = app.catalogue.get();
    let case_type = speech.speak(|| type_of(&catalogue, place, &new)).map_err(refused)?;
    // Within the transaction: whoever holds a connection must not wait for another.
    let environments = environments(&*transaction, place.organisation.id).await?;
    let asking = Asking { now, environments: &environments, partner: place.role == MembershipRole::Partner };
    let submission = speech.speak(|| case_type.validate(&new.answers, asking)).map_err(ApiError::invalid)?;
    let requester = requester_of(&*transaction, &viewer, place, new.requester, speech).await?;
    let follows = followed_case(&*transaction, &viewer, place, new.follows, speech).await?;
    speech.speak(|| valid_ids(&new.attachments)).map_err(refused)?;
    let uploads = claim(&transaction, viewer.person.id, &new.attachments, speech).await?;
    let filing = Filing {
        organisation: place.organisation.id,
        requester: &requester,
        filer: &viewer.person,
        catalogue: &catalogue,
        case_type,
        answers: &submission.answers,
        follows: follows.as_deref(),
        uploads,
        at: now,
    };
    let id = file(&mut transaction, filing).await?;
    let record = CaseRow::by_id(&*transaction, &id).await?.record(&*transaction, &app, &viewer).await?;
    if requester.id != viewer.person.id {
        let kept = Record::by(&viewer, Act::FiledOnBehalf).at(place.organisation.id).to(requester.id);
        kept.about(record.summary.number).keep(&transaction, now).await?;
    }
    let answer = StoredResponse::new(StatusCode::CREATED, &record)?
        .version(record.version)
        .location(format!("/api/v1/cases/{}", record.summary.number));
    attempt.finish(&transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

fn refused(mistake: FieldError) -> ApiError {
    ApiError::invalid(vec![mistake])
}

/// The organisation filed for. One that is not the viewer's does not exist.
fn place_of<'a>(viewer: &'a Viewer, new: &NewCase) -> Result<&'a Place, FieldError> {
    let place = match (new.organisation, viewer.places.as_slice()) {
        (Some(organisation), _) => viewer.place(organisation),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    place.ok_or_else(|| {
        let code = if new.organisation.is_some() { FieldCode::UnknownOption } else { FieldCode::Required };
        FieldError::new("/organisation", code, texts::mistakes::organisation_of_case())
    })
}

fn type_of<'a>(catalogue: &'a Catalogue, place: &Place, new: &NewCase) -> Result<&'a CaseType, FieldError> {
    let found = catalogue.case_type(&new.type_id).filter(|case_type| case_type.deflection.is_none());
    let case_type = found.ok_or_else(|| {
        FieldError::new("/type", FieldCode::UnknownOption, texts::mistakes::type_that_files())
    })?;
    if !case_type.audience.admits(place.role == MembershipRole::Partner) {
        return Err(FieldError::new("/type", FieldCode::CustomersOnly, texts::mistakes::customers_only()));
    }
    Ok(case_type)
}

/// Whose case it is to be. People of other organisations do not exist.
async fn requester_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    place: &Place,
    requester: Option<Uuid>,
    speech: Speech,
) -> Result<PersonRef, ApiError> {
    let Some(requester) = requester.filter(|requester| *requester != viewer.person.id) else {
        return Ok(viewer.person.clone());
    };
    if !place.role.files_for_others() {
        let message = speech.speak(texts::mistakes::administrators_file_for_others);
        return Err(refused(FieldError::new("/requester", FieldCode::AdministratorsOnly, message)));
    }
    let found = colleague(connection, place.organisation.id, requester).await?;
    let fits = found.filter(Colleague::may_be_filed_for).map(|colleague| colleague.person);
    fits.ok_or_else(|| {
        let message = speech.speak(texts::mistakes::someone_of_organisation);
        refused(FieldError::new("/requester", FieldCode::UnknownOption, message))
    })
}

/// The id of the case taken up: closed, and of the same organisation.
async fn followed_case(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    place: &Place,
    number: Option<CaseNumber>,
    speech: Speech,
) -> Result<Option<String>, ApiError> {
    let Some(number) = number else { return Ok(None) };
    let found = CaseRow::seen(connection, viewer, number, "").await?;
    let organisation = place.organisation.id.to_string();
    let fits = found.filter(|case| case.organisation_id == organisation && case.closed_at.is_some());
    fits.map(|case| Some(case.id)).ok_or_else(|| {
        let message = speech.speak(texts::mistakes::closed_case_to_follow);
        refused(FieldError::new("/follows", FieldCode::UnknownOption, message))
    })
}
