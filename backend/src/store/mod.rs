//! The database: one code path for SQLite and PostgreSQL.
//!
//! Statements are plain SQL that both understand, with `$1` parameters; where the
//! two differ, [`Database`] says which it is. SQLite has one writer connection
//! and several readers (WAL), PostgreSQL one pool for both.

mod id;
mod sql;
mod time;
mod transaction;

use std::{path::Path, str::FromStr, time::Duration};

use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlx::{
    Connection, PgConnection, PgPool,
    migrate::MigrateError,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::watch;

pub use id::id;
pub use sql::{Parameters, Sql};
pub use time::{from_micros, to_micros};
pub use transaction::Transaction;

/// The PostgreSQL channel that tells of new stream rows.
pub const CHANNEL: &str = "casement_stream";

/// Which database it is, for the few statements that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// Embedded, one process.
    Sqlite,
    /// A server, any number of processes.
    Postgres,
}

impl Database {
    /// What a `SELECT` ends with to keep its row until the transaction's end.
    /// SQLite needs nothing: its transactions are the only writer from the start.
    #[must_use]
    pub const fn lock(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE OF c",
        }
    }

    /// What a `SELECT` ends with to keep the rows of a table until the transaction's end,
    /// and to leave those out that another process keeps.
    #[must_use]
    pub fn skip_locked(self, table: &str) -> String {
        match self {
            Self::Sqlite => String::new(),
            Self::Postgres => format!(" FOR UPDATE OF {table} SKIP LOCKED"),
        }
    }
}

/// The database could not be reached or refused a statement.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A statement failed.
    #[error("the database refused a statement: {0}")]
    Statement(#[from] sea_orm::DbErr),
    /// Connecting failed.
    #[error("cannot open the database: {0}")]
    Connect(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("cannot migrate the database: {0}")]
    Migrate(#[from] MigrateError),
    /// A stored value cannot be read back.
    #[error("the database holds something unreadable: {0}")]
    Unreadable(String),
    /// The address names no database we know.
    #[error("“{0}” is no database address: use postgres://… or leave it out for SQLite")]
    Address(String),
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// Open connections to the database.
#[derive(Clone)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    database: Database,
    /// Kept for LISTEN, which needs a connection of its own.
    postgres: Option<PgPool>,
    committed: watch::Sender<u64>,
}

impl Store {
    /// Opens a SQLite file, making it if need be, and brings its schema up to date.
    ///
    /// # Errors
    /// The file cannot be opened or migrated.
    pub async fn sqlite(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .pragma("cache_size", "-65536")
            .optimize_on_close(true, None);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await?;
        let reader =
            SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true)).await?;
        Ok(Self {
            reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
            writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
            database: Database::Sqlite,
            postgres: None,
            committed: watch::Sender::new(0),
        })
    }

    /// Connects to PostgreSQL and brings the schema up to date.
    ///
    /// # Errors
    /// The address is wrong, the server cannot be reached or the schema not migrated.
    pub async fn postgres(address: &str) -> Result<Self, StoreError> {
        let refused = || StoreError::Address(address.split('@').next_back().unwrap_or_default().to_owned());
        if !["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme)) {
            return Err(refused());
        }
        let options = PgConnectOptions::from_str(address).map_err(|_| refused())?;
        // Once by hand: a pool would try for long and then not say what is wrong.
        PgConnection::connect_with(&options).await?.close().await?;
        let pool = PgPoolOptions::new().max_connections(20).connect_with(options).await?;
        sqlx::migrate!("migrations/postgres").run(&pool).await?;
        let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
        Ok(Self {
            reader: connection.clone(),
            writer: connection,
            database: Database::Postgres,
            postgres: Some(pool),
            committed: watch::Sender::new(0),
        })
    }

    /// A connection that sees everything committed. For reading.
    #[must_use]
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Which database it is.
    #[must_use]
    pub const fn database(&self) -> Database {
        self.database
    }

    /// The PostgreSQL pool, where there is one.
    #[must_use]
    pub const fn postgres_pool(&self) -> Option<&PgPool> {
        self.postgres.as_ref()
    }

    /// Changes after each commit of this process that wrote to the stream.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// Starts a transaction that may write. Dropping it undoes everything.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Transaction::begin(&self.writer, self.database, self.committed.clone()).await
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        self.reader.ping().await.is_ok()
    }
}
