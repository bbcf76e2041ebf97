//! `/account/partnerships` and `/organisations/{id}/partnerships`: partners ask to work for
//! an organisation, its administrators answer, and both can end it. Whether there is an
//! organisation of a name is told to nobody who does not work for it.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use contract::{
    FieldError, Problem, ProblemCode,
    audit::Act,
    field::FieldCode,
    limits::PARTNERSHIPS_ASKED_MAX,
    partnership::{AskPartnership, AskedPartnership, DecidePartnership, PartnershipRequest},
    people::{MembershipRole, PersonRef},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::members::{member, moved};
use crate::{
    accounts::{Place, Viewer, add_membership, chosen_language},
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    mail::{AccountMail, Recipient},
    store::{Sql, StoreError, Transaction, from_micros, id, to_micros},
};

#[derive(FromQueryResult)]
struct Asked {
    id: String,
    asked_for: String,
    asked_at: i64,
}

impl TryFrom<Asked> for AskedPartnership {
    type Error = StoreError;

    fn try_from(row: Asked) -> Result<Self, StoreError> {
        Ok(Self { id: id(&row.id)?, organisation: row.asked_for, at: from_micros(row.asked_at) })
    }
}

#[derive(FromQueryResult)]
struct Request {
    id: String,
    person_id: String,
    name: String,
    email: String,
    preferences: String,
    note: String,
    asked_at: i64,
}

const REQUESTS: &str = "SELECT r.id, r.person_id, p.name, p.email, p.preferences, r.note, r.asked_at \
                        FROM partnership_requests r JOIN people p ON p.id = r.person_id \
                        WHERE r.organisation_id = $1 AND p.active";

/// Who wants to work for an organisation, the newest first.
pub(super) async fn requests(
    connection: &impl ConnectionTrait,
    organisation: Uuid,
) -> Result<Vec<PartnershipRequest>, StoreError> {
    let sql = format!("{REQUESTS} ORDER BY r.asked_at DESC, r.id");
    let rows = connection.rows::<Request>(&sql, [organisation.to_string().into()]).await?;
    let request = |row: Request| {
        Ok(PartnershipRequest {
            id: id(&row.id)?,
            person: PersonRef { id: id(&row.person_id)?, name: row.name, support: false },
            email: row.email,
            note: row.note,
            at: from_micros(row.asked_at),
        })
    };
    rows.into_iter().map(request).collect()
}

/// List what one asked for
///
/// The organisations that one asked to work for, as one named them, and was not answered.
#[utoipa::path(get, path = "/account/partnerships", tag = "account", responses(
    (status = 200, body = Vec<AskedPartnership>),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn list_asked(
    State(app): State<App>,
    viewer: Viewer,
) -> Result<Json<Vec<AskedPartnership>>, ApiError> {
    Ok(Json(asked(app.store.reader(), &viewer).await?))
}

async fn asked(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
) -> Result<Vec<AskedPartnership>, StoreError> {
    let sql =
        "SELECT id, asked_for, asked_at FROM partnership_requests WHERE person_id = $1 ORDER BY asked_at, id";
    let rows = connection.rows::<Asked>(sql, [viewer.person.id.to_string().into()]).await?;
    rows.into_iter().map(AskedPartnership::try_from).collect()
}

/// Ask to work for an organisation
///
/// Its administrators are told. The answer is the same whether or not there is one of that
/// name; asking again for the same changes the note.
#[utoipa::path(put, path = "/account/partnerships", tag = "account", request_body = AskPartnership, responses(
    (status = 200, body = Vec<AskedPartnership>),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: support works for everybody"),
    (status = 422, body = Problem, description = "`invalid_fields`: one belongs there already, or asked too often"),
))]
pub async fn ask(
    State(app): State<App>,
    viewer: Viewer,
    speech: Speech,
    JsonBody(wish): JsonBody<AskPartnership>,
) -> Result<Json<Vec<AskedPartnership>>, ApiError> {
    if viewer.person.support {
        return Err(ApiError::new(ProblemCode::Forbidden, "Support works for every organisation."));
    }
    let wish = speech.speak(|| wish.validate()).map_err(ApiError::invalid)?;
    let refused = |message: String| {
        ApiError::invalid(vec![FieldError::new("/organisation", FieldCode::Conflict, message)])
    };
    let key = wish.organisation.to_lowercase();
    if viewer.places.iter().any(|place| place.organisation.name.to_lowercase() == key) {
        return Err(refused(speech.speak(texts::mistakes::works_there_already).to_owned()));
    }
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let before = asked(&*transaction, &viewer).await?;
    let again = before.iter().any(|known| known.organisation.to_lowercase() == key);
    if !again && before.len() >= PARTNERSHIPS_ASKED_MAX {
        return Err(refused(speech.speak(|| texts::mistakes::asked_at_most(PARTNERSHIPS_ASKED_MAX))));
    }
    let organisation = named(&transaction, &wish.organisation).await?;
    keep(&transaction, &viewer, &wish, organisation.as_ref().map(|known| known.id.clone()), now).await?;
    if let Some(organisation) = organisation.filter(|_| !again) {
        let to = id(&organisation.id)?;
        Record::by(&viewer, Act::PartnershipAsked).at(to).keep(&transaction, now).await?;
        tell_administrators(&transaction, &viewer, &organisation, now).await?;
    }
    let all = asked(&*transaction, &viewer).await?;
    transaction.commit().await?;
    Ok(Json(all))
}

#[derive(FromQueryResult)]
struct Organisation {
    id: String,
    name: String,
}

/// The organisation of a name, in any case.
async fn named(transaction: &Transaction, name: &str) -> Result<Option<Organisation>, StoreError> {
    let sql = "SELECT id, name FROM organisations WHERE name = $1 OR LOWER(name) = $2 ORDER BY name LIMIT 1";
    transaction.row(sql, [name.into(), name.to_lowercase().into()]).await
}

async fn keep(
    transaction: &Transaction,
    viewer: &Viewer,
    wish: &AskPartnership,
    organisation: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO partnership_requests (id, person_id, asked_for, key, organisation_id, note, asked_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person_id, key) DO UPDATE SET note = excluded.note, \
               organisation_id = excluded.organisation_id, asked_at = excluded.asked_at";
    let values = [
        Uuid::now_v7().to_string().into(),
        viewer.person.id.to_string().into(),
        wish.organisation.clone().into(),
        wish.organisation.to_lowercase().into(),
        organisation.into(),
        wish.note.clone().into(),
        to_micros(now).into(),
    ];
    transaction.run(sql, values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Administrator {
    email: String,
    name: String,
    preferences: String,
}

async fn tell_administrators(
    transaction: &Transaction,
    viewer: &Viewer,
    organisation: &Organisation,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "SELECT p.email, p.name, p.preferences FROM memberships m JOIN people p ON p.id = m.person_id \
               WHERE m.organisation_id = $1 AND m.role = 'administrator' AND p.active ORDER BY p.id";
    let administrators = transaction.rows::<Administrator>(sql, [organisation.id.clone().into()]).await?;
    for Administrator { email, name, preferences } in administrators {
        let to = Recipient { email, name: Some(name), language: language(&preferences)? };
        let (partner, organisation) = (viewer.person.name.clone(), organisation.name.clone());
        let mail = AccountMail::PartnershipAsked { partner, organisation };
        mail.write(transaction, "partnership", to, None, now).await?;
    }
    Ok(())
}

/// The language that somebody chose, or the first.
fn language(preferences: &str) -> Result<String, StoreError> {
    Ok(chosen_language(preferences)?.unwrap_or_else(|| texts::Language::english().tag.to_string()))
}

/// Take back what one asked for
#[utoipa::path(delete, path = "/account/partnerships/{id}", tag = "account", params(
    ("id" = Uuid, Path, description = "As in the list"),
), responses(
    (status = 204, description = "It is taken back"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`: also once it was answered"),
))]
pub async fn take_back(
    State(app): State<App>,
    viewer: Viewer,
    Path(request): Path<String>,
) -> Result<StatusCode, ApiError> {
    let transaction = app.store.begin().await?;
    let sql = "DELETE FROM partnership_requests WHERE id = $1 AND person_id = $2";
    let gone = transaction.run(sql, [request.into(), viewer.person.id.to_string().into()]).await?;
    transaction.commit().await?;
    if gone == 0 { Err(ApiError::not_found()) } else { Ok(StatusCode::NO_CONTENT) }
}

/// Stop working for an organisation
///
/// As a partner; one sees nothing of it from then on.
#[utoipa::path(delete, path = "/account/memberships/{organisation}", tag = "account", params(
    ("organisation" = Uuid, Path, description = "The organisation"),
), responses(
    (status = 204, description = "One works for it no longer"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one belongs to it"),
    (status = 404, body = Problem, description = "`not_found`: no organisation of the viewer’s"),
))]
pub async fn leave(
    State(app): State<App>,
    viewer: Viewer,
    Path(organisation): Path<String>,
) -> Result<StatusCode, ApiError> {
    let place = organisation.parse().ok().and_then(|organisation| viewer.place(organisation));
    let Place { organisation, role, .. } = place.ok_or_else(ApiError::not_found)?;
    if *role != MembershipRole::Partner {
        let detail = "Who belongs to an organisation is taken out by its administrators.";
        return Err(ApiError::new(ProblemCode::Forbidden, detail));
    }
    let (organisation, me, now) = (organisation.id, viewer.person.id, app.clock.now());
    let transaction = app.store.begin().await?;
    let known = member(&*transaction, organisation, &me.to_string()).await?;
    let known = known.filter(|known| known.active).ok_or_else(ApiError::not_found)?;
    moved(&transaction, "memberships", "former_members", organisation, &known, now).await?;
    Record::by(&viewer, Act::PartnershipLeft).at(organisation).keep(&transaction, now).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Answer a partner
///
/// For the organisation’s portal administrators; the partner is told by mail.
#[utoipa::path(post, path = "/organisations/{id}/partnerships/{request}", tag = "people", request_body = DecidePartnership, params(
    ("id" = Uuid, Path, description = "The organisation"),
    ("request" = Uuid, Path, description = "What the partner asked"),
), responses(
    (status = 204, description = "It is answered"),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`: also once it was answered or taken back"),
))]
pub async fn decide(
    State(app): State<App>,
    viewer: Viewer,
    Path((organisation, request)): Path<(String, String)>,
    JsonBody(DecidePartnership { approve }): JsonBody<DecidePartnership>,
) -> Result<StatusCode, ApiError> {
    let place = viewer.administered(&organisation)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let sql = format!("{REQUESTS} AND r.id = $2");
    let values = [place.id.to_string().into(), request.clone().into()];
    let asked = transaction.row::<Request>(&sql, values).await?.ok_or_else(ApiError::not_found)?;
    let gone = transaction.run("DELETE FROM partnership_requests WHERE id = $1", [request.into()]).await?;
    if gone == 0 {
        return Err(ApiError::not_found());
    }
    let partner = id(&asked.person_id)?;
    let organisation = place.name.clone();
    let (act, mail) = if approve {
        add_membership(&transaction, partner, place.id, MembershipRole::Partner, now).await?;
        (Act::PartnershipApproved, AccountMail::PartnershipApproved { organisation })
    } else {
        (Act::PartnershipDeclined, AccountMail::PartnershipDeclined { organisation })
    };
    Record::by(&viewer, act).at(place.id).to(partner).keep(&transaction, now).await?;
    let language = language(&asked.preferences)?;
    let to = Recipient { email: asked.email, name: Some(asked.name), language };
    mail.write(&transaction, "partnership", to, None, now).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
