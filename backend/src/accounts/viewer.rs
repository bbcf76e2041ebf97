//! The person a request is for, and what they may see.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Extension, FromRequestParts, Request, State},
    http::{header, request::Parts},
    middleware::Next,
    response::Response,
};
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, Utc};
use contract::{
    ProblemCode,
    lifecycle::{Role, Standing},
    people::{MembershipRole, OrganisationRef, PersonRef, Preferences},
    token::{Scope, scope_of},
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{sessions, throttle::origin, tokens};
use crate::{
    app::App,
    http::ApiError,
    store::{Parameters, Sql, Store, StoreError, id},
};

/// A person with what they may see.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person.
    pub person: PersonRef,
    /// The address they sign in with.
    pub email: String,
    /// Where they belong; empty for the support team.
    pub places: Vec<Place>,
    /// What they set for themselves.
    pub preferences: Preferences,
    /// The session they came with.
    pub token_hash: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// Whether they lead the support team.
    pub lead: bool,
    /// The network address they came from, as far as it is known.
    pub origin: Option<String>,
}

/// A viewer's place in one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The organisation.
    pub organisation: OrganisationRef,
    /// What the viewer is there.
    pub role: MembershipRole,
    /// Whether they see everyone's cases there, or only their own.
    pub sees_all: bool,
}

#[derive(FromQueryResult)]
struct PersonRow {
    email: String,
    name: String,
    support: bool,
    lead: bool,
    preferences: String,
}

#[derive(FromQueryResult)]
struct PlaceRow {
    id: String,
    name: String,
    visibility: String,
    role: String,
}

impl Viewer {
    /// The viewer of a session.
    ///
    /// # Errors
    /// The database refused.
    pub async fn load(store: &Store, session: sessions::SessionRow) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT email, name, support, lead, preferences FROM people WHERE id = $1 AND active";
        let person = store.reader().row::<PersonRow>(sql, [session.person_id.to_string().into()]).await?;
        let Some(person) = person else { return Ok(None) };
        let sql = "SELECT o.id, o.name, o.visibility, m.role FROM memberships m \
                   JOIN organisations o ON o.id = m.organisation_id WHERE m.person_id = $1 ORDER BY o.name, o.id";
        let rows = store.reader().rows::<PlaceRow>(sql, [session.person_id.to_string().into()]).await?;
        Ok(Some(Self {
            person: PersonRef { id: session.person_id, name: person.name, support: person.support },
            email: person.email,
            places: rows.into_iter().map(Place::try_from).collect::<Result<_, _>>()?,
            preferences: serde_json::from_str(&person.preferences)
                .map_err(|error| StoreError::Unreadable(format!("the preferences: {error}")))?,
            token_hash: session.token_hash,
            expires_at: session.expires_at,
            lead: person.support && person.lead,
            origin: None,
        }))
    }

    /// Somebody who writes by mail, with no session.
    ///
    /// # Errors
    /// The database refused.
    pub async fn by_mail(
        store: &Store,
        person_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        Self::load(store, sessions::SessionRow { token_hash: String::new(), person_id, expires_at: now })
            .await
    }

    /// The viewer's place in an organisation.
    #[must_use]
    pub fn place(&self, organisation: Uuid) -> Option<&Place> {
        self.places.iter().find(|place| place.organisation.id == organisation)
    }

    /// The organisations they administer.
    pub fn administers(&self) -> impl Iterator<Item = &OrganisationRef> {
        let places = self.places.iter().filter(|place| place.role == MembershipRole::Administrator);
        places.map(|place| &place.organisation)
    }

    /// The organisation of an id, if they administer it.
    ///
    /// # Errors
    /// They only belong to it (403), or it does not exist for them (404).
    pub fn administered(&self, organisation: &str) -> Result<&OrganisationRef, ApiError> {
        let place = organisation.parse().ok().and_then(|organisation| self.place(organisation));
        match place.ok_or_else(ApiError::not_found)? {
            Place { role: MembershipRole::Administrator, organisation, .. } => Ok(organisation),
            _ => Err(ApiError::new(ProblemCode::Forbidden, "This is for portal administrators.")),
        }
    }

    /// Whether a case exists for them; `own` where they are its requester or filer, or
    /// follow it.
    #[must_use]
    pub fn sees(&self, organisation: Uuid, own: bool) -> bool {
        self.person.support || self.place(organisation).is_some_and(|place| place.sees_all || own)
    }

    /// [`Viewer::sees`] as SQL on the cases `c`.
    #[must_use]
    pub fn sees_sql(&self, parameters: &mut Parameters) -> String {
        if self.person.support {
            return "TRUE".to_owned();
        }
        let (all, own): (Vec<_>, Vec<_>) = self.places.iter().partition(|place| place.sees_all);
        fn ids(places: &[&Place]) -> impl Iterator<Item = String> {
            places.iter().map(|place| place.organisation.id.to_string())
        }
        let mut ways = Vec::new();
        if !all.is_empty() {
            ways.push(format!("c.organisation_id IN ({})", parameters.add_all(ids(&all))));
        }
        if !own.is_empty() {
            let (organisations, me) =
                (parameters.add_all(ids(&own)), parameters.add(self.person.id.to_string()));
            ways.push(format!(
                "(c.organisation_id IN ({organisations}) AND ({me} IN (c.requester_id, c.filer_id) OR EXISTS \
                 (SELECT 1 FROM watchers o WHERE o.case_id = c.id AND o.person_id = {me})))"
            ));
        }
        if ways.is_empty() { "FALSE".to_owned() } else { format!("({})", ways.join(" OR ")) }
    }

    /// Their standing towards a case they can see, as far as it does not matter whether
    /// they follow it.
    #[must_use]
    pub fn standing(&self, organisation: Uuid, requester: Uuid, filer: Uuid) -> Standing {
        let role = match self.place(organisation).map(|place| place.role) {
            _ if self.person.support => Role::Analyst,
            Some(MembershipRole::Administrator) => Role::Administrator,
            Some(MembershipRole::Partner) => Role::Partner,
            Some(MembershipRole::User) | None => Role::Customer,
        };
        let me = self.person.id;
        Standing { role, requester: me == requester, filer: me == filer, watcher: false }
    }
}

impl TryFrom<PlaceRow> for Place {
    type Error = StoreError;

    fn try_from(row: PlaceRow) -> Result<Self, Self::Error> {
        let role = MembershipRole::from_key(&row.role)
            .ok_or_else(|| StoreError::Unreadable(format!("the role “{}”", row.role)))?;
        let sees_all = role == MembershipRole::Administrator || row.visibility == "organisation";
        Ok(Self { organisation: OrganisationRef { id: id(&row.id)?, name: row.name }, role, sees_all })
    }
}

/// Lets only signed-in people pass. It stands before every route but the few in
/// the open router, so that a new route is closed until someone opens it.
pub async fn require_session(
    State(app): State<App>,
    jar: CookieJar,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let viewer = match tokens::carried(request.headers()) {
        Some(token) => {
            let headers = request.headers();
            let browser = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
            let wanted = scope_of(request.method().as_str(), request.uri().path());
            by_token(&app, token, browser, wanted).await?
        }
        None => signed_in(&app, &jar).await?,
    };
    let viewer = viewer.ok_or_else(ApiError::sign_in_required)?;
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().copied().map(Extension);
    let viewer = Viewer { origin: origin(peer.as_ref()), ..viewer };
    request.extensions_mut().insert(viewer);
    Ok(next.run(request).await)
}

/// Who a program comes for, with a token that has the wanted scope; where none is, no token
/// will do.
async fn by_token(
    app: &App,
    token: &str,
    browser: bool,
    wanted: Option<Scope>,
) -> Result<Option<Viewer>, ApiError> {
    // Whatever a page can read, a script in it can.
    if browser {
        return Err(ApiError::new(ProblemCode::CrossSite, "Tokens are for programs, not for browsers."));
    }
    let Some(bearer) = tokens::bearer(&app.store, token, app.clock.now()).await? else { return Ok(None) };
    let session = sessions::SessionRow {
        token_hash: String::new(),
        person_id: bearer.person_id,
        expires_at: bearer.expires_at,
    };
    let Some(viewer) = Viewer::load(&app.store, session).await? else { return Ok(None) };
    if wanted.is_some_and(|wanted| bearer.scopes.contains(&wanted)) {
        return Ok(Some(viewer));
    }
    Err(ApiError::new(ProblemCode::Forbidden, "This token does not reach that."))
}

/// Who the cookie says is signed in.
///
/// # Errors
/// The database refused.
pub async fn signed_in(app: &App, jar: &CookieJar) -> Result<Option<Viewer>, StoreError> {
    let Some(token_hash) = sessions::token_hash(jar, app.settings.secure_cookies) else { return Ok(None) };
    match sessions::find(&app.store, &token_hash, app.clock.now()).await? {
        Some(session) => Viewer::load(&app.store, session).await,
        None => Ok(None),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or_else(ApiError::sign_in_required)
    }
}
