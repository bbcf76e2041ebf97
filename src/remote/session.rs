//! Who is signed in.

use std::sync::Arc;

use contract::people::{Credentials, MembershipRole, OrganisationRef, Preferences, Session};
use js_sys::{Promise, Reflect};
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{Remote, RemoteError, request::Request};
use crate::language;

/// What is known of the session.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Not yet known.
    Asking,
    /// Nobody is signed in.
    Out,
    /// Somebody is.
    In(Arc<Session>),
    /// Somebody was, and their pages are still open.
    Expired(Arc<Session>),
}

impl Standing {
    /// Whose pages are open.
    pub fn session(&self) -> Option<&Arc<Session>> {
        match self {
            Self::In(session) | Self::Expired(session) => Some(session),
            Self::Asking | Self::Out => None,
        }
    }
}

/// The person whose pages these are; a context of everything behind sign-in.
#[derive(Clone)]
pub struct Account(pub Arc<Session>);

impl Account {
    /// The page's person.
    pub fn here() -> Self {
        expect_context()
    }

    /// Their id, which parts what the browser keeps for them from what it keeps for others.
    pub fn id(&self) -> Uuid {
        self.0.person.id
    }

    /// Whether they are of the support team.
    pub fn is_support(&self) -> bool {
        self.0.person.support
    }

    /// Whether they see cases of several organisations.
    pub fn sees_organisations(&self) -> bool {
        self.is_support() || self.0.memberships.len() > 1
    }

    /// The organisations they administer.
    pub fn administered(&self) -> Vec<OrganisationRef> {
        let places = self.0.memberships.iter().filter(|place| place.role == MembershipRole::Administrator);
        places.map(|place| place.organisation.clone()).collect()
    }

    /// Whether they file as a partner wherever they file.
    pub fn is_only_partner(&self) -> bool {
        let mut roles = self.0.memberships.iter().map(|membership| membership.role);
        !self.0.memberships.is_empty() && roles.all(|role| role == MembershipRole::Partner)
    }
}

impl Remote {
    /// Whether who is signed in administers an organisation, for what stands outside of the
    /// pages.
    pub fn administers(self) -> bool {
        self.standing.with_untracked(|standing| {
            let places = standing.session().into_iter().flat_map(|session| &session.memberships);
            places.into_iter().any(|place| place.role == MembershipRole::Administrator)
        })
    }

    /// Notes that the session is over, and whose it was.
    pub fn expire(self) {
        let next = match self.standing.try_get_untracked() {
            Some(Standing::Asking) => Standing::Out,
            Some(Standing::In(session)) => Standing::Expired(session),
            _ => return,
        };
        self.standing.set(next);
    }

    /// Notes who is signed in. Pages of somebody else are not shown to them.
    pub fn admit(self, session: Session) {
        let stranger = self.standing.with_untracked(|standing| {
            standing.session().is_some_and(|known| known.person.id != session.person.id)
        });
        if stranger {
            // Everything in memory is somebody else's: begin anew.
            let _reloads = window().location().reload();
            return;
        }
        language::follow(session.preferences.language.as_deref());
        self.standing.set(Standing::In(Arc::new(session)));
    }
}

/// Asks who is signed in.
pub async fn current(remote: Remote) -> Result<Session, RemoteError> {
    Request::get("/session").read(remote).await
}

/// The answer that `boot.js` asked for beside the wasm download, or a new one
/// where it brought none.
pub async fn first(remote: Remote) -> Result<Session, RemoteError> {
    match early().await {
        Some((200, body)) => serde_json::from_str(&body).map_err(|_| RemoteError::Unreadable(200)),
        Some((status @ 401, _)) => {
            remote.expire();
            Err(RemoteError::Unreadable(status))
        }
        _ => current(remote).await,
    }
}

async fn early() -> Option<(u16, String)> {
    let promise = Reflect::get(&js_sys::global(), &"casementSession".into()).ok()?;
    let answer = JsFuture::from(promise.dyn_into::<Promise>().ok()?).await.ok()?;
    let status = Reflect::get(&answer, &"status".into()).ok()?.as_f64()?;
    let body = Reflect::get(&answer, &"body".into()).ok()?;
    let body = js_sys::JSON::stringify(&body).ok()?;
    Some((
        if status == 200.0 {
            200
        } else if status == 401.0 {
            401
        } else {
            0
        },
        body.into(),
    ))
}

/// Signs in.
pub async fn sign_in(remote: Remote, credentials: &Credentials) -> Result<Session, RemoteError> {
    Request::post("/session", credentials).read(remote).await
}

/// Keeps what the person set for themselves.
pub async fn set_preferences(remote: Remote, preferences: &Preferences) -> Result<(), RemoteError> {
    Request::put("/account/preferences", preferences).send(remote).await.map(|_| ())
}

/// Signs out.
pub async fn sign_out(remote: Remote) -> Result<(), RemoteError> {
    Request::delete("/session").send(remote).await.map(|_| ())
}
