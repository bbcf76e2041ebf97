//! One reader of the stream table for all connections of this process.

use std::{sync::Arc, time::Duration};

use sea_orm::FromQueryResult;
use sqlx::postgres::PgListener;
use tokio::{
    sync::{broadcast, watch},
    time,
};

use super::Signal;
use crate::store::{CHANNEL, Sql, Store, StoreError};

/// How many signals a slow connection may fall behind before it reads them from
/// the database instead.
const BACKLOG: usize = 1024;
/// How long to trust that somebody tells of new rows before looking anyway; and how often to
/// look whether what people may see has changed.
const LOOK_ANYWAY: Duration = Duration::from_millis(800);
/// Rows read at once.
const BATCH: i64 = 500;

/// A signal with its place in the stream.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Grows by one each; the event's id.
    pub id: i64,
    /// What happened.
    pub signal: Signal,
}

/// Hands new stream rows to everyone who listens.
#[derive(Clone)]
pub struct Hub {
    store: Store,
    sender: broadcast::Sender<Arc<Sent>>,
    closing: watch::Sender<bool>,
    permissions: watch::Sender<i64>,
}

#[derive(FromQueryResult)]
struct Counter {
    value: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    signal: String,
}

#[derive(FromQueryResult)]
struct Bounds {
    oldest: Option<i64>,
    newest: i64,
}

impl Hub {
    /// Starts reading where the stream stands now.
    ///
    /// # Errors
    /// The database refused.
    pub async fn start(store: Store) -> Result<Self, StoreError> {
        let hub = Self {
            store,
            sender: broadcast::Sender::new(BACKLOG),
            closing: watch::Sender::new(false),
            permissions: watch::Sender::new(0),
        };
        let newest = hub.bounds().await?.1;
        hub.look_at_permissions().await?;
        tokio::spawn(hub.clone().read_on(newest));
        Ok(hub)
    }

    /// Everything from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Sent>> {
        self.sender.subscribe()
    }

    /// Ends all streams: the program stops.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Turns true when the program stops.
    #[must_use]
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Changes when anybody may see more or less than before.
    #[must_use]
    pub fn permissions(&self) -> watch::Receiver<i64> {
        self.permissions.subscribe()
    }

    async fn look_at_permissions(&self) -> Result<(), StoreError> {
        let sql = "SELECT value FROM counters WHERE name = 'permissions'";
        if let Some(Counter { value }) = self.store.reader().row(sql, []).await? {
            self.permissions.send_if_modified(|known| std::mem::replace(known, value) != value);
        }
        Ok(())
    }

    /// The oldest kept and the newest id; where none is kept, the oldest is the next to come.
    ///
    /// # Errors
    /// The database refused.
    pub async fn bounds(&self) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT (SELECT MIN(id) FROM stream) AS oldest, value AS newest FROM counters WHERE name = 'stream'";
        let row = self.store.reader().row::<Bounds>(sql, []).await?;
        let row = row.ok_or_else(|| StoreError::Unreadable("no counter “stream”".to_owned()))?;
        Ok((row.oldest.unwrap_or(row.newest + 1), row.newest))
    }

    /// Up to `limit` signals after an id, in order.
    ///
    /// # Errors
    /// The database refused, or a row cannot be read.
    pub async fn after(&self, id: i64, limit: i64) -> Result<Vec<Sent>, StoreError> {
        let sql = "SELECT id, signal FROM stream WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = self.store.reader().rows::<Row>(sql, [id.into(), limit.into()]).await?;
        rows.into_iter()
            .map(|row| Ok(Sent { id: row.id, signal: serde_json::from_str(&row.signal)? }))
            .collect()
    }

    async fn read_on(self, mut last: i64) {
        let mut commits = self.store.commits();
        let mut closing = self.closing();
        let mut listener = self.listen().await;
        while !*closing.borrow_and_update() {
            match self.after(last, BATCH).await {
                Ok(batch) => {
                    let full = batch.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
                    for sent in batch {
                        last = sent.id;
                        // Nobody listening is fine.
                        let _ = self.sender.send(Arc::new(sent));
                    }
                    if full {
                        continue;
                    }
                }
                Err(error) => tracing::warn!(%error, "the stream cannot be read just now"),
            }
            if let Err(error) = self.look_at_permissions().await {
                tracing::warn!(%error, "what people may see cannot be read just now");
            }
            tokio::select! {
                _ = commits.changed() => {}
                _ = closing.changed() => {}
                () = notified(&mut listener) => {}
                () = time::sleep(LOOK_ANYWAY) => {}
            }
            if listener.is_none() {
                listener = self.listen().await;
            }
        }
    }

    /// Listens for other processes on the same PostgreSQL.
    async fn listen(&self) -> Option<PgListener> {
        let mut listener = PgListener::connect_with(self.store.postgres_pool()?).await.ok()?;
        listener.listen(CHANNEL).await.ok()?;
        Some(listener)
    }
}

/// Waits for a notification; never, without a listener. A broken listener is dropped.
async fn notified(listener: &mut Option<PgListener>) {
    let Some(open) = listener else { return std::future::pending().await };
    if open.recv().await.is_err() {
        *listener = None;
    }
}
