//! `/invitations/{token}`: accepting an invitation, by whoever has the link that was mailed.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use contract::{
    Problem,
    audit::Act,
    member::{InvitedTo, Join},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::members::role;
use crate::{
    accounts::{Peer, add_membership, hash, open_account, origin},
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    store::{Sql, StoreError, id, to_micros},
};

#[derive(FromQueryResult)]
struct Row {
    organisation_id: String,
    organisation: String,
    inviter: String,
    role: String,
    email: String,
    person_id: Option<String>,
    account: Option<bool>,
}

impl Row {
    /// The invitation of a token, while it can be accepted.
    async fn find(
        connection: &impl ConnectionTrait,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT i.organisation_id, o.name AS organisation, b.name AS inviter, i.role, i.email, \
                   p.id AS person_id, p.active AND p.password IS NOT NULL AS account FROM invitations i \
                   JOIN organisations o ON o.id = i.organisation_id JOIN people b ON b.id = i.invited_by \
                   LEFT JOIN people p ON p.email = i.email WHERE i.token_hash = $1 AND i.expires_at > $2";
        connection.row(sql, [hash(token).into(), to_micros(now).into()]).await
    }

    fn has_account(&self) -> bool {
        self.account.unwrap_or_default()
    }

    fn invited_to(self) -> Result<InvitedTo, StoreError> {
        let account = self.has_account();
        Ok(InvitedTo {
            organisation: self.organisation,
            by: self.inviter,
            role: role(&self.role)?,
            email: self.email,
            account,
        })
    }
}

/// Read what a link invites to
#[utoipa::path(get, path = "/invitations/{token}", tag = "people", params(
    ("token" = String, Path, description = "As the mail has it"),
), responses(
    (status = 200, body = InvitedTo),
    (status = 404, body = Problem, description = "`not_found`: accepted, withdrawn, or too old"),
))]
pub async fn read_invitation(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<InvitedTo>, ApiError> {
    let row = Row::find(app.store.reader(), &token, app.clock.now()).await?;
    Ok(Json(row.ok_or_else(ApiError::not_found)?.invited_to()?))
}

/// Accept an invitation
///
/// Once. Without an account one is made for the address, with the name and the password.
#[utoipa::path(post, path = "/invitations/{token}", tag = "people", request_body = Join, params(
    ("token" = String, Path, description = "As the mail has it"),
), responses(
    (status = 204, description = "One belongs to the organisation"),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 404, body = Problem, description = "`not_found`: accepted, withdrawn, or too old"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
pub async fn join(
    State(app): State<App>,
    Path(token): Path<String>,
    peer: Peer,
    speech: Speech,
    JsonBody(join): JsonBody<Join>,
) -> Result<StatusCode, ApiError> {
    let now = app.clock.now();
    let row = Row::find(app.store.reader(), &token, now).await?.ok_or_else(ApiError::not_found)?;
    let join = speech.speak(|| join.validate(row.has_account())).map_err(ApiError::invalid)?;
    let password = match row.has_account() {
        true => None,
        false => Some(app.passwords.hashed(join.password).await?),
    };
    let transaction = app.store.begin().await?;
    // Whoever comes second finds it accepted.
    let row = Row::find(&*transaction, &token, now).await?.ok_or_else(ApiError::not_found)?;
    let sql = "DELETE FROM invitations WHERE token_hash = $1";
    if transaction.run(sql, [hash(&token).into()]).await? == 0 {
        return Err(ApiError::not_found());
    }
    let person = match (row.person_id.as_deref().filter(|_| row.has_account()), password) {
        (Some(person), _) => id(person)?,
        (None, Some(password)) => open_account(&transaction, &row.email, join.name, password, now).await?,
        // The account was closed while this was answered.
        (None, None) => return Err(ApiError::not_found()),
    };
    let (organisation, role) = (id(&row.organisation_id)?, role(&row.role)?);
    add_membership(&transaction, person, organisation, role, now).await?;
    let origin = origin(peer.as_ref());
    let record = Record::of(Act::Joined, person, origin.as_deref()).at(organisation);
    record.keep(&transaction, now).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
