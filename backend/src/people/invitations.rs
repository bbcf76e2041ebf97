//! `/organisations/{id}/invitations`: asking people to join, by links that are mailed.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use contract::{
    FieldError, Problem,
    audit::Act,
    field::FieldCode,
    member::{INVITATION_LASTS, Invitation, NewInvitations},
    people::{MembershipRole, OrganisationRef, PersonRef},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::members::{role, seats};
use crate::{
    accounts::{Viewer, chosen_language, hash, token},
    app::App,
    audit::Record,
    http::{ApiError, Begun, IdempotencyKey, JsonBody, Speech, StoredResponse},
    mail::{AccountMail, Recipient},
    store::{Sql, StoreError, Transaction, from_micros, id, to_micros},
};

const SELECT: &str = "SELECT i.id, i.email, i.role, i.invited_by, i.invited_at, i.expires_at, p.name \
                      FROM invitations i JOIN people p ON p.id = i.invited_by WHERE i.organisation_id = $1";

#[derive(FromQueryResult)]
struct Row {
    id: String,
    email: String,
    role: String,
    invited_by: String,
    invited_at: i64,
    expires_at: i64,
    name: String,
}

impl TryFrom<Row> for Invitation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            email: row.email,
            role: role(&row.role)?,
            by: PersonRef { id: id(&row.invited_by)?, name: row.name, support: false },
            at: from_micros(row.invited_at),
            expires_at: from_micros(row.expires_at),
        })
    }
}

/// An organisation's invitations, the newest first.
pub(super) async fn of(
    connection: &impl ConnectionTrait,
    organisation: Uuid,
) -> Result<Vec<Invitation>, StoreError> {
    let sql = format!("{SELECT} ORDER BY i.invited_at DESC, i.email");
    let rows = connection.rows::<Row>(&sql, [organisation.to_string().into()]).await?;
    rows.into_iter().map(Invitation::try_from).collect()
}

async fn find(
    connection: &impl ConnectionTrait,
    organisation: Uuid,
    column: &str,
    value: &str,
) -> Result<Option<Invitation>, StoreError> {
    let sql = format!("{SELECT} AND i.{column} = $2");
    let values = [organisation.to_string().into(), value.into()];
    connection.row::<Row>(&sql, values).await?.map(Invitation::try_from).transpose()
}

#[derive(FromQueryResult)]
struct Known {
    support: bool,
    member: bool,
    former: bool,
    preferences: String,
}

/// What the organisation knows of who has an address, and the language they read.
async fn known(
    transaction: &Transaction,
    organisation: Uuid,
    email: &str,
) -> Result<Option<Known>, StoreError> {
    let sql = "SELECT p.support, p.preferences, \
               EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = p.id AND m.organisation_id = $1) AS member, \
               EXISTS (SELECT 1 FROM former_members f WHERE f.person_id = p.id AND f.organisation_id = $1) AS former \
               FROM people p WHERE p.email = $2";
    transaction.row(sql, [organisation.to_string().into(), email.into()]).await
}

/// Why somebody cannot be invited.
fn mistake(known: &Known) -> Option<&'static str> {
    match known {
        Known { member: true, .. } => Some(texts::mistakes::is_member_already()),
        Known { former: true, .. } => Some(texts::mistakes::was_member()),
        Known { support: true, .. } => Some(texts::mistakes::cannot_be_invited()),
        _ => None,
    }
}

/// Invite people
///
/// For the organisation’s portal administrators. Each address is mailed a link that works
/// once, for seven days; whoever was invited before is sent another. All of them or nobody.
#[utoipa::path(post, path = "/organisations/{id}/invitations", tag = "people", request_body = NewInvitations, params(
    ("id" = Uuid, Path, description = "The organisation"),
    ("Idempotency-Key" = String, Header, description = "A new UUID for each new invitation"),
), responses(
    (status = 201, body = Vec<Invitation>),
    (status = 400, body = Problem, description = "`malformed_body`, `idempotency_key_missing`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`: no organisation of the viewer’s"),
    (status = 409, body = Problem, description = "`still_running`"),
    (status = 422, body = Problem, description = "`invalid_fields`: also for want of seats; `key_reused`"),
))]
pub async fn invite(
    State(app): State<App>,
    viewer: Viewer,
    Path(organisation): Path<String>,
    key: IdempotencyKey,
    speech: Speech,
    JsonBody(new): JsonBody<NewInvitations>,
) -> Result<StoredResponse, ApiError> {
    let place = viewer.administered(&organisation)?;
    let organisation = place.id;
    let attempt = app.running.hold(viewer.person.id, &key)?;
    let transaction = app.store.begin().await?;
    let now = app.clock.now();
    if let Begun::Done(answer) = attempt.begin(&transaction, &key, &new, now).await? {
        return Ok(answer);
    }
    let emails = speech.speak(|| new.validate()).map_err(ApiError::invalid)?;
    let seats = seats(&transaction, organisation).await?;
    let (mut mistakes, mut taking, mut languages) = (Vec::new(), 0, Vec::new());
    for email in &emails {
        let known = known(&transaction, organisation, email).await?;
        if let Some(message) = known.as_ref().and_then(|known| speech.speak(|| mistake(known))) {
            let given = |given: &String| given.trim().to_lowercase() == *email;
            let place = new.emails.iter().position(given).unwrap_or_default();
            mistakes.push(FieldError::new(format!("/emails/{place}"), FieldCode::Conflict, message));
        }
        let before = find(&*transaction, organisation, "email", email).await?;
        let sits = before.is_some_and(|invitation| invitation.role != MembershipRole::Partner);
        taking += usize::from(!sits && new.role != MembershipRole::Partner);
        let preferences = known.map(|known| known.preferences);
        languages.push(preferences.as_deref().map(chosen_language).transpose()?.flatten());
    }
    if seats.lack(taking) {
        let message = speech.speak(|| texts::mistakes::no_seat(seats.allowed.unwrap_or_default()));
        mistakes.push(FieldError::new("/emails", FieldCode::Conflict, message));
    }
    if !mistakes.is_empty() {
        return Err(ApiError::invalid(mistakes));
    }
    let spoken = speech.speak(|| texts::spoken().tag.to_string());
    let mut invited = Vec::with_capacity(emails.len());
    for (email, language) in emails.iter().zip(languages) {
        let language = language.unwrap_or_else(|| spoken.clone());
        keep(&transaction, place, &viewer, (email, new.role), language, now).await?;
        let record = Record::by(&viewer, Act::Invited).at(organisation);
        record.saying(email.clone()).keep(&transaction, now).await?;
        invited.extend(find(&*transaction, organisation, "email", email).await?);
    }
    let answer = StoredResponse::new(StatusCode::CREATED, &invited)?;
    attempt.finish(&transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

#[derive(FromQueryResult)]
struct Id {
    id: String,
}

/// Keeps an invitation with a new link, in place of what there was for the address.
async fn keep(
    transaction: &Transaction,
    organisation: &OrganisationRef,
    viewer: &Viewer,
    (email, role): (&str, MembershipRole),
    language: String,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO invitations (id, organisation_id, email, role, invited_by, invited_at, expires_at, \
               token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
               ON CONFLICT (organisation_id, email) DO UPDATE SET role = excluded.role, \
               invited_by = excluded.invited_by, invited_at = excluded.invited_at, expires_at = excluded.expires_at, \
               token_hash = excluded.token_hash RETURNING id";
    let (token, until) = (token(), now + INVITATION_LASTS);
    let values = [
        Uuid::now_v7().to_string().into(),
        organisation.id.to_string().into(),
        email.into(),
        role.key().into(),
        viewer.person.id.to_string().into(),
        to_micros(now).into(),
        to_micros(until).into(),
        hash(&token).into(),
    ];
    let kept = transaction.row::<Id>(sql, values).await?;
    let Id { id } = kept.ok_or_else(|| StoreError::Unreadable("no invitation was kept".to_owned()))?;
    // A link that works no longer need not be mailed.
    AccountMail::take_back(transaction, &id).await?;
    let to = Recipient { email: email.to_owned(), name: None, language };
    let (organisation, inviter) = (organisation.name.clone(), viewer.person.name.clone());
    AccountMail::Invitation { token, organisation, inviter }
        .write(transaction, &id, to, Some(until), now)
        .await
}

/// Send an invitation again
///
/// With another link, which works seven days from now; the one before works no longer.
#[utoipa::path(post, path = "/organisations/{id}/invitations/{invitation}", tag = "people", params(
    ("id" = Uuid, Path, description = "The organisation"),
    ("invitation" = Uuid, Path, description = "The invitation"),
), responses(
    (status = 204, description = "It is on its way"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`: also once it was accepted or withdrawn"),
))]
pub async fn send_again(
    State(app): State<App>,
    viewer: Viewer,
    Path((organisation, invitation)): Path<(String, String)>,
    speech: Speech,
) -> Result<StatusCode, ApiError> {
    let place = viewer.administered(&organisation)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let found = find(&*transaction, place.id, "id", &invitation).await?.ok_or_else(ApiError::not_found)?;
    let known = known(&transaction, place.id, &found.email).await?;
    let preferences = known.map(|known| known.preferences);
    let chosen = preferences.as_deref().map(chosen_language).transpose()?.flatten();
    let language = chosen.unwrap_or_else(|| speech.speak(|| texts::spoken().tag.to_string()));
    keep(&transaction, place, &viewer, (&found.email, found.role), language, now).await?;
    let record = Record::by(&viewer, Act::InvitationSentAgain).at(place.id);
    record.saying(found.email).keep(&transaction, now).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Withdraw an invitation
///
/// Its link works no longer.
#[utoipa::path(delete, path = "/organisations/{id}/invitations/{invitation}", tag = "people", params(
    ("id" = Uuid, Path, description = "The organisation"),
    ("invitation" = Uuid, Path, description = "The invitation"),
), responses(
    (status = 204, description = "It is withdrawn"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`: also once it was accepted or withdrawn"),
))]
pub async fn withdraw(
    State(app): State<App>,
    viewer: Viewer,
    Path((organisation, invitation)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let organisation = viewer.administered(&organisation)?.id;
    let transaction = app.store.begin().await?;
    let found =
        find(&*transaction, organisation, "id", &invitation).await?.ok_or_else(ApiError::not_found)?;
    AccountMail::take_back(&transaction, &invitation).await?;
    transaction.run("DELETE FROM invitations WHERE id = $1", [invitation.into()]).await?;
    let record = Record::by(&viewer, Act::InvitationWithdrawn).at(organisation);
    record.saying(found.email).keep(&transaction, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
