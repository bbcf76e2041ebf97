//! `GET /events`: the stream as server-sent events.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use contract::{Problem, ProblemCode, live::LiveEvent};
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::{
    sync::{broadcast, watch},
    time,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::Sent;
use crate::{
    accounts::{SessionRow, Viewer, session_lasts},
    app::App,
    http::ApiError,
    store::StoreError,
};

/// Most events sent to catch up; beyond that everything is fetched anew.
const CATCH_UP_MAX: i64 = 1000;
/// Rows read at once while catching up.
const BATCH: i64 = 200;
/// How often an idle stream says that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often to look whether the session still lasts: it can expire without a word.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// How soon a browser comes back after a cut.
const RETRY: Duration = Duration::from_secs(1);

/// The live stream, for those signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Where to resume, for clients that cannot send `Last-Event-ID`.
#[derive(Deserialize)]
struct Resume {
    after: Option<String>,
}

/// Follow what happens
///
/// Server-sent events; see `docs/contract.md`.
#[utoipa::path(get, path = "/events", tag = "live", params(
    ("Last-Event-ID" = Option<i64>, Header, description = "Resume after this event"),
    ("after" = Option<i64>, Query, description = "The same, as a parameter"),
), responses(
    (status = 200, body = LiveEvent, content_type = "text/event-stream"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn events(
    State(app): State<App>,
    viewer: Viewer,
    Query(resume): Query<Resume>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let header = headers.get("last-event-id").map(|value| value.to_str().unwrap_or_default());
    let after = match (header, resume.after.as_deref()) {
        (Some(id), _) => Some(number("Last-Event-ID", id)?),
        (None, Some(id)) => Some(number("after", id)?),
        (None, None) => None,
    };
    let follower = Follower::start(app, viewer, after).await?;
    let stream = stream::unfold(follower, |mut follower| async move {
        follower.next().await.map(|(id, event)| (Ok(encode(id, &event)), follower))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

fn number(name: &str, id: &str) -> Result<i64, ApiError> {
    let malformed = |_| ApiError::new(ProblemCode::MalformedRequest, format!("{name} must be a number."));
    id.trim().parse().map_err(malformed)
}

fn encode(id: i64, event: &LiveEvent) -> Event {
    let encoded = Event::default().id(id.to_string()).retry(RETRY);
    encoded.json_data(event).unwrap_or_default()
}

/// One connection's way along the stream.
struct Follower {
    app: App,
    viewer: Viewer,
    receiver: broadcast::Receiver<Arc<Sent>>,
    closing: watch::Receiver<bool>,
    permissions: watch::Receiver<i64>,
    /// Everything up to here was sent or was not for the viewer.
    position: i64,
    waiting: VecDeque<(i64, LiveEvent)>,
    ended: bool,
}

impl Follower {
    async fn start(app: App, viewer: Viewer, after: Option<i64>) -> Result<Self, StoreError> {
        // Subscribe before reading, so that nothing falls between the two.
        let (receiver, closing, permissions) =
            (app.hub.subscribe(), app.hub.closing(), app.hub.permissions());
        let (oldest, newest) = app.hub.bounds().await?;
        let mut follower = Self {
            app,
            viewer,
            receiver,
            closing,
            permissions,
            position: newest,
            waiting: VecDeque::new(),
            ended: false,
        };
        match after {
            None => follower.waiting.push_back((newest, LiveEvent::Hello)),
            Some(after) if after > newest || after < oldest - 1 || newest - after > CATCH_UP_MAX => {
                follower.waiting.push_back((newest, LiveEvent::Reload));
            }
            Some(after) => {
                follower.position = after;
                follower.catch_up().await?;
            }
        }
        // Signed out between the request's check and the subscription.
        follower.ended = !follower.session_lasts().await;
        Ok(follower)
    }

    /// Whether the viewer is still signed in; a database that cannot be asked just
    /// now ends nothing.
    async fn session_lasts(&self) -> bool {
        let now = self.app.clock.now();
        session_lasts(&self.app.store, &self.viewer.token_hash, now).await.unwrap_or(true)
    }

    /// Reads anew who the viewer is: their stream ends with their account, and where they see
    /// other cases than before, their pages are to ask again.
    async fn look_again(&mut self) -> Result<(), StoreError> {
        let Viewer { person, token_hash, expires_at, .. } = self.viewer.clone();
        let session = SessionRow { token_hash, person_id: person.id, expires_at };
        match Viewer::load(&self.app.store, session).await? {
            None => self.ended = true,
            Some(now) if now.places != self.viewer.places || now.person != self.viewer.person => {
                self.viewer = now;
                self.waiting.push_back((self.position, LiveEvent::Reload));
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// Reads on in the database until there is nothing more.
    async fn catch_up(&mut self) -> Result<(), StoreError> {
        loop {
            let batch = self.app.hub.after(self.position, BATCH).await?;
            let done = batch.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
            for sent in batch {
                self.take(&sent);
            }
            if done {
                return Ok(());
            }
        }
    }

    fn take(&mut self, sent: &Sent) {
        if sent.id <= self.position {
            return;
        }
        self.position = sent.id;
        self.ended |= sent.signal.ends_session_of(&self.viewer);
        if let Some(event) = sent.signal.event_for(&self.viewer) {
            self.waiting.push_back((sent.id, event));
        }
    }

    async fn next(&mut self) -> Option<(i64, LiveEvent)> {
        loop {
            if self.ended || *self.closing.borrow() {
                return None;
            }
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            let received = tokio::select! {
                received = self.receiver.recv() => received,
                _ = self.closing.changed() => return None,
                _ = self.permissions.changed() => {
                    // The browser comes back, and is asked who it is.
                    self.look_again().await.ok()?;
                    continue;
                }
                () = time::sleep(LOOK_AGAIN) => {
                    self.ended = !self.session_lasts().await;
                    continue;
                }
            };
            match received {
                Ok(sent) => self.take(&sent),
                Err(broadcast::error::RecvError::Lagged(_)) => self.catch_up().await.ok()?,
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}
