//! `/organisations/{id}/members`: who belongs to an organisation.

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{DateTime, Utc};
use contract::{
    FieldError, Problem,
    audit::Act,
    field::FieldCode,
    member::{ChangeMember, Member, MemberChange, Members, Seats},
    people::{MembershipRole, PersonRef},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{invitations, partnerships};
use crate::{
    accounts::{Viewer, end_sessions, is_forgotten},
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    store::{Sql, StoreError, Transaction, from_micros, id, to_micros},
};

/// The members `m`, in use or former, as [`Row`] reads them.
const SELECT: &str = "SELECT p.id, p.name, p.email, p.seen_at, m.role, m.since, m.active, \
    (SELECT COUNT(*) FROM cases c WHERE c.organisation_id = $1 AND c.requester_id = p.id \
     AND c.status <> 'closed') AS open_cases FROM (\
      SELECT person_id, role, since, TRUE AS active FROM memberships WHERE organisation_id = $1 \
      UNION ALL SELECT person_id, role, since, FALSE AS active FROM former_members WHERE organisation_id = $1) m \
    JOIN people p ON p.id = m.person_id";

#[derive(FromQueryResult)]
struct Row {
    id: String,
    name: String,
    email: String,
    seen_at: Option<i64>,
    role: String,
    since: i64,
    active: bool,
    open_cases: i64,
}

impl TryFrom<Row> for Member {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            person: PersonRef { id: id(&row.id)?, name: row.name, support: false },
            email: row.email,
            role: role(&row.role)?,
            active: row.active,
            since: from_micros(row.since),
            seen: row.seen_at.map(from_micros),
            open_cases: u32::try_from(row.open_cases).unwrap_or_default(),
        })
    }
}

/// The role of a stored key.
pub(super) fn role(key: &str) -> Result<MembershipRole, StoreError> {
    MembershipRole::from_key(key).ok_or_else(|| StoreError::Unreadable(format!("the role “{key}”")))
}

/// One of an organisation's people, in use or former.
pub(super) async fn member(
    connection: &impl ConnectionTrait,
    organisation: Uuid,
    person: &str,
) -> Result<Option<Member>, StoreError> {
    let sql = format!("{SELECT} WHERE p.id = $2");
    let values = [organisation.to_string().into(), person.into()];
    connection.row::<Row>(&sql, values).await?.map(Member::try_from).transpose()
}

#[derive(FromQueryResult)]
struct Taken {
    used: i64,
    seats: Option<i64>,
}

/// How many seats an organisation has; its row is held, so that nobody takes one meanwhile.
pub(super) async fn seats(transaction: &Transaction, organisation: Uuid) -> Result<Seats, StoreError> {
    let values = [organisation.to_string().into()];
    transaction.run("UPDATE organisations SET seats = seats WHERE id = $1", values).await?;
    counted(&**transaction, organisation).await
}

async fn counted(connection: &impl ConnectionTrait, organisation: Uuid) -> Result<Seats, StoreError> {
    let sql = "SELECT seats, (SELECT COUNT(*) FROM memberships WHERE organisation_id = $1 AND role <> 'partner') \
               + (SELECT COUNT(*) FROM invitations WHERE organisation_id = $1 AND role <> 'partner') AS used \
               FROM organisations WHERE id = $1";
    let taken = connection.row::<Taken>(sql, [organisation.to_string().into()]).await?;
    let Taken { used, seats } =
        taken.ok_or_else(|| StoreError::Unreadable("an organisation is gone".to_owned()))?;
    let number = |count: i64| u32::try_from(count).unwrap_or_default();
    Ok(Seats { used: number(used), allowed: seats.map(number) })
}

/// List an organisation’s people
///
/// For its portal administrators: who belongs to it, who did, and who is invited.
#[utoipa::path(get, path = "/organisations/{id}/members", tag = "people", params(
    ("id" = Uuid, Path, description = "The organisation"),
), responses(
    (status = 200, body = Members),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`: no organisation of the viewer’s"),
))]
pub async fn list_members(
    State(app): State<App>,
    viewer: Viewer,
    Path(organisation): Path<String>,
) -> Result<Json<Members>, ApiError> {
    let organisation = viewer.administered(&organisation)?.id;
    let reader = app.store.reader();
    let sql = format!("{SELECT} ORDER BY p.name, p.email");
    let rows = reader.rows::<Row>(&sql, [organisation.to_string().into()]).await?;
    Ok(Json(Members {
        // Who was forgotten is listed for the sake of open cases alone.
        members: rows
            .into_iter()
            .filter(|row| row.open_cases > 0 || !is_forgotten(&row.email))
            .map(Member::try_from)
            .collect::<Result<_, _>>()?,
        invitations: invitations::of(reader, organisation).await?,
        requests: partnerships::requests(reader, organisation).await?,
        seats: counted(reader, organisation).await?,
    }))
}

/// Change what somebody is in an organisation
///
/// For its portal administrators, of whom one stays. Whoever is deactivated and belongs
/// nowhere else is signed out at once and cannot sign in; their cases stay.
#[utoipa::path(patch, path = "/organisations/{id}/members/{person}", tag = "people", request_body = ChangeMember, params(
    ("id" = Uuid, Path, description = "The organisation"),
    ("person" = Uuid, Path, description = "Whose place it is"),
), responses(
    (status = 200, body = Member),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 422, body = Problem, description = "`invalid_fields`: there is no seat, it is the last administrator, \
        or they are not what the change is for"),
))]
pub async fn change_member(
    State(app): State<App>,
    viewer: Viewer,
    Path((organisation, person)): Path<(String, String)>,
    speech: Speech,
    JsonBody(ChangeMember { change }): JsonBody<ChangeMember>,
) -> Result<Json<Member>, ApiError> {
    let organisation = viewer.administered(&organisation)?.id;
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let seats = seats(&transaction, organisation).await?;
    let known = member(&*transaction, organisation, &person).await?.ok_or_else(ApiError::not_found)?;
    if !change.applies(known.role, known.active) {
        return Err(refused(speech.speak(texts::mistakes::member_changed_meanwhile)));
    }
    if is_forgotten(&known.email) {
        return Err(refused(speech.speak(texts::mistakes::account_is_deleted)));
    }
    if change.takes_administrator(known.role) && administrators(&transaction, organisation).await? < 2 {
        return Err(refused(speech.speak(texts::mistakes::last_administrator)));
    }
    if change == MemberChange::Reactivate && known.role != MembershipRole::Partner && seats.lack(1) {
        return Err(refused(speech.speak(|| texts::mistakes::no_seat(seats.allowed.unwrap_or_default()))));
    }
    make(&mut transaction, organisation, &known, change, now).await?;
    let act = match change {
        MemberChange::Promote => Act::Promoted,
        MemberChange::Demote => Act::Demoted,
        MemberChange::Deactivate => Act::Deactivated,
        MemberChange::Reactivate => Act::Reactivated,
    };
    Record::by(&viewer, act).at(organisation).to(known.person.id).keep(&transaction, now).await?;
    let changed = member(&*transaction, organisation, &person).await?.ok_or_else(ApiError::not_found)?;
    transaction.commit().await?;
    Ok(Json(changed))
}

fn refused(message: impl Into<String>) -> ApiError {
    ApiError::invalid(vec![FieldError::new("/change", FieldCode::Conflict, message)])
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

async fn administrators(transaction: &Transaction, organisation: Uuid) -> Result<i64, StoreError> {
    let sql =
        "SELECT COUNT(*) AS count FROM memberships WHERE organisation_id = $1 AND role = 'administrator'";
    let count = transaction.row::<Count>(sql, [organisation.to_string().into()]).await?;
    Ok(count.map_or(0, |row| row.count))
}

async fn make(
    transaction: &mut Transaction,
    organisation: Uuid,
    member: &Member,
    change: MemberChange,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    match change {
        MemberChange::Promote | MemberChange::Demote => {
            let role = if change == MemberChange::Promote {
                MembershipRole::Administrator
            } else {
                MembershipRole::User
            };
            let sql = "UPDATE memberships SET role = $1 WHERE person_id = $2 AND organisation_id = $3";
            let values =
                [role.key().into(), member.person.id.to_string().into(), organisation.to_string().into()];
            transaction.run(sql, values).await?;
        }
        MemberChange::Deactivate => {
            moved(transaction, "memberships", "former_members", organisation, member, now).await?;
            if member.role != MembershipRole::Partner {
                deactivate_if_nowhere(transaction, member.person.id, now).await?;
            }
        }
        MemberChange::Reactivate => {
            moved(transaction, "former_members", "memberships", organisation, member, now).await?;
            let values = [member.person.id.to_string().into()];
            transaction.run("UPDATE people SET active = TRUE WHERE id = $1", values).await?;
        }
    }
    Ok(())
}

/// Takes somebody's place from one table to the other.
pub(super) async fn moved(
    transaction: &Transaction,
    from: &str,
    to: &str,
    organisation: Uuid,
    member: &Member,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (person, organisation) = (member.person.id.to_string(), organisation.to_string());
    let sql = format!("DELETE FROM {from} WHERE person_id = $1 AND organisation_id = $2");
    transaction.run(&sql, [person.clone().into(), organisation.clone().into()]).await?;
    let sql = format!("INSERT INTO {to} (person_id, organisation_id, role, since) VALUES ($1, $2, $3, $4)");
    let values = [person.into(), organisation.into(), member.role.key().into(), to_micros(now).into()];
    transaction.run(&sql, values).await?;
    Ok(())
}

/// Whoever belongs nowhere cannot sign in. Partners can, and ask to work for somebody else.
async fn deactivate_if_nowhere(
    transaction: &mut Transaction,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "UPDATE people SET active = FALSE WHERE id = $1 AND NOT support \
               AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = $1)";
    if transaction.run(sql, [person.to_string().into()]).await? > 0 {
        end_sessions(transaction, person, None, now).await?;
    }
    Ok(())
}
