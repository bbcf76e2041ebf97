//! Transactions, and the stream rows they leave behind.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, FromQueryResult, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use serde::Serialize;
use tokio::sync::watch;

use super::{CHANNEL, Database, Sql, StoreError, to_micros};

/// A transaction. It can announce signals, which reach the live stream when, and
/// only when, it commits.
pub struct Transaction {
    inner: DatabaseTransaction,
    database: Database,
    committed: watch::Sender<u64>,
    announced: Vec<(String, i64)>,
}

impl Deref for Transaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

#[derive(FromQueryResult)]
struct Counter {
    value: i64,
}

impl Transaction {
    pub(super) async fn begin(
        writer: &DatabaseConnection,
        database: Database,
        committed: watch::Sender<u64>,
    ) -> Result<Self, StoreError> {
        // Immediate: a SQLite transaction that reads first and writes later could
        // otherwise find that another process wrote in between.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = writer.begin_with_options(options).await?;
        Ok(Self { inner, database, committed, announced: Vec::new() })
    }

    /// Which database it is.
    #[must_use]
    pub const fn database(&self) -> Database {
        self.database
    }

    /// Announces a signal to the live stream at the commit.
    ///
    /// # Errors
    /// The signal cannot be written as JSON.
    pub fn announce(&mut self, signal: &impl Serialize, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.announced.push((serde_json::to_string(signal)?, to_micros(at)));
        Ok(())
    }

    /// Adds to a counter and answers its new value. Others who count wait until
    /// this transaction ends.
    ///
    /// # Errors
    /// The database refused.
    pub async fn count(&self, counter: &str, by: i64) -> Result<i64, StoreError> {
        let sql = "UPDATE counters SET value = value + $1 WHERE name = $2 RETURNING value";
        let row = self.inner.row::<Counter>(sql, [by.into(), counter.into()]).await?;
        row.map(|row| row.value).ok_or_else(|| StoreError::Unreadable(format!("no counter “{counter}”")))
    }

    /// Makes everything durable and wakes the live stream.
    ///
    /// Stream ids are taken here, at the very end: the counter's row stays locked
    /// until the commit, so ids appear in their own order and none can slip in
    /// behind a reader.
    ///
    /// # Errors
    /// The database refused; nothing was kept.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let announced = std::mem::take(&mut self.announced);
        if announced.is_empty() {
            return Ok(self.inner.commit().await?);
        }
        let count = i64::try_from(announced.len()).unwrap_or(i64::MAX);
        let last = self.count("stream", count).await?;
        for (id, (signal, at)) in (last - count + 1..=last).zip(announced) {
            let sql = "INSERT INTO stream (id, signal, created_at) VALUES ($1, $2, $3)";
            self.inner.run(sql, [id.into(), signal.into(), at.into()]).await?;
        }
        if self.database == Database::Postgres {
            self.inner.run("SELECT pg_notify($1, $2)", [CHANNEL.into(), last.to_string().into()]).await?;
        }
        self.inner.commit().await?;
        self.committed.send_modify(|commits| *commits += 1);
        Ok(())
    }
}
