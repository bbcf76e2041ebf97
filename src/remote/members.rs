//! Looking after an organisation's people.

use contract::{
    Page,
    audit::AuditEntry,
    member::{
        ChangeMember, HandedOver, Handover, Invitation, InvitedTo, Join, Member, MemberChange, Members,
        NewInvitations, Policy,
    },
    partnership::DecidePartnership,
};
use uuid::Uuid;

use super::{Remote, RemoteError, request::Request};

/// The people of an organisation.
pub async fn list(remote: Remote, organisation: Uuid) -> Result<Members, RemoteError> {
    Request::get(format!("/organisations/{organisation}/members")).read(remote).await
}

/// Changes what somebody is there.
pub async fn change(
    remote: Remote,
    organisation: Uuid,
    person: Uuid,
    change: MemberChange,
) -> Result<Member, RemoteError> {
    let path = format!("/organisations/{organisation}/members/{person}");
    Request::patch(path, &ChangeMember { change }).read(remote).await
}

/// Gives somebody's open cases to another.
pub async fn hand_over(
    remote: Remote,
    organisation: Uuid,
    person: Uuid,
    to: Uuid,
) -> Result<HandedOver, RemoteError> {
    let path = format!("/organisations/{organisation}/members/{person}/handover");
    Request::post(path, &Handover { to }).read(remote).await
}

/// Invites people.
pub async fn invite(
    remote: Remote,
    organisation: Uuid,
    new: &NewInvitations,
    key: &str,
) -> Result<Vec<Invitation>, RemoteError> {
    Request::post(format!("/organisations/{organisation}/invitations"), new).key(key).read(remote).await
}

/// Sends an invitation again.
pub async fn send_again(remote: Remote, organisation: Uuid, invitation: Uuid) -> Result<(), RemoteError> {
    let path = format!("/organisations/{organisation}/invitations/{invitation}");
    Request::post(path, &()).send(remote).await.map(drop)
}

/// Answers a partner.
pub async fn decide(
    remote: Remote,
    organisation: Uuid,
    request: Uuid,
    approve: bool,
) -> Result<(), RemoteError> {
    let path = format!("/organisations/{organisation}/partnerships/{request}");
    Request::post(path, &DecidePartnership { approve }).send(remote).await.map(drop)
}

/// Withdraws an invitation.
pub async fn withdraw(remote: Remote, organisation: Uuid, invitation: Uuid) -> Result<(), RemoteError> {
    let path = format!("/organisations/{organisation}/invitations/{invitation}");
    Request::delete(path).send(remote).await.map(drop)
}

/// What an organisation's administrators set for it.
pub async fn policy(remote: Remote, organisation: Uuid) -> Result<Policy, RemoteError> {
    Request::get(format!("/organisations/{organisation}/policy")).read(remote).await
}

/// Sets it.
pub async fn set_policy(remote: Remote, organisation: Uuid, policy: &Policy) -> Result<Policy, RemoteError> {
    Request::put(format!("/organisations/{organisation}/policy"), policy).read(remote).await
}

/// A page of what was done in an organisation, the newest first.
pub async fn audit(
    remote: Remote,
    organisation: Uuid,
    cursor: Option<&str>,
) -> Result<Page<AuditEntry>, RemoteError> {
    let cursor = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
    Request::get(format!("/organisations/{organisation}/audit{cursor}")).read(remote).await
}

/// What a link invites to.
pub async fn invitation(remote: Remote, token: &str) -> Result<InvitedTo, RemoteError> {
    Request::get(format!("/invitations/{token}")).read(remote).await
}

/// Accepts it.
pub async fn join(remote: Remote, token: &str, join: &Join) -> Result<(), RemoteError> {
    Request::post(format!("/invitations/{token}"), join).send(remote).await.map(drop)
}
