//! One test's world.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, OnceLock},
    time::Duration,
};

use casement_backend::{
    accounts::{Passwords, Throttle},
    app::{App, Settings},
    attachments::Storage,
    branding::Branding,
    catalogue::{self, CurrentCatalogue},
    clock::Clock,
    http::{Running, router},
    live::Hub,
    reminders::Reminders,
    store::{Database, Sql, Store},
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{catalogue::Catalogue, lifecycle::Reopening};
use sea_orm::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::{Client, PASSWORD, People, postgres};

/// When every test plays.
const NOW: &str = "2026-03-02T09:00:00Z";
/// How long one test may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// [`NOW`] as a time.
pub fn now() -> DateTime<Utc> {
    NOW.parse().expect("a time")
}

/// Runs a test on a database.
pub fn run<F: Future<Output = ()>>(database: Database, test: fn(Portal) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(async {
        let place = Place::create(database).await;
        let portal = Portal::start(&place).await;
        tokio::time::timeout(PATIENCE, test(portal)).await.expect("the test ends in time");
        place.destroy().await;
    });
    runtime.shutdown_background();
}

/// Where a database lives.
#[derive(Clone)]
pub enum Place {
    /// A folder with a file.
    Sqlite(Arc<TempDir>),
    /// An address.
    Postgres(String),
}

impl Place {
    async fn create(database: Database) -> Self {
        match database {
            Database::Sqlite => Self::Sqlite(Arc::new(tempfile::tempdir().expect("a folder"))),
            Database::Postgres => Self::Postgres(postgres::create().await),
        }
    }

    async fn destroy(self) {
        if let Self::Postgres(address) = self {
            postgres::destroy(&address).await;
        }
    }

    /// Opens the database once more, as another process would.
    pub async fn open(&self) -> Store {
        match self {
            Self::Sqlite(folder) => Store::sqlite(&folder.path().join("casement.db")).await,
            Self::Postgres(address) => Store::postgres(address).await,
        }
        .expect("the database opens")
    }

    /// What the command line needs to find it.
    pub fn flags(&self) -> [String; 2] {
        match self {
            Self::Sqlite(folder) => ["--data".to_owned(), folder.path().display().to_string()],
            Self::Postgres(address) => ["--database-url".to_owned(), address.clone()],
        }
    }
}

/// A server that answers until the test ends.
pub struct Server {
    /// What its handlers reach.
    pub app: App,
    /// Such as `http://127.0.0.1:4711`.
    pub base: String,
}

impl Server {
    /// Starts answering.
    pub async fn start(app: App) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { app, base }
    }
}

/// A database with people, and a server on it whose clock stands still at [`NOW`].
pub struct Portal {
    /// Where the database lives.
    pub place: Place,
    /// The server.
    pub server: Server,
    /// The people.
    pub people: People,
    /// Where the files are.
    pub files: Arc<TempDir>,
}

impl Portal {
    async fn start(place: &Place) -> Self {
        let store = place.open().await;
        let people = People::add(&store).await;
        let files = Arc::new(tempfile::tempdir().expect("a folder"));
        let storage = Storage::folder(files.path()).expect("a store of files");
        let server = Server::start(app(store, storage).await).await;
        Self { place: place.clone(), server, people, files }
    }

    /// What the handlers reach.
    pub fn app(&self) -> &App {
        &self.server.app
    }

    /// Another server in the same process, some time later.
    pub async fn later(&self, by: TimeDelta) -> Server {
        Server::start(App { clock: Clock::Fixed(now() + by), ..self.app().clone() }).await
    }

    /// Another server in the same process, with other settings.
    pub async fn with_settings(&self, change: impl FnOnce(&mut Settings)) -> Server {
        let mut settings = Settings::clone(&self.app().settings);
        change(&mut settings);
        Server::start(App { settings: Arc::new(settings), ..self.app().clone() }).await
    }

    /// Another server in the same process, with its files elsewhere.
    pub async fn with_files(&self, files: Storage) -> Server {
        Server::start(App { files, ..self.app().clone() }).await
    }

    /// A server that shares nothing but the database and the files, as another process would.
    pub async fn second_process(&self) -> Server {
        let files = Storage::folder(self.files.path()).expect("a store of files");
        Server::start(app(self.place.open().await, files).await).await
    }

    /// Runs SQL on the database.
    pub async fn sql(&self, sql: &str, values: impl IntoIterator<Item = Value> + Send) -> u64 {
        let transaction = self.app().store.begin().await.expect("a transaction");
        let touched = transaction.run(sql, values).await.expect("the statement runs");
        transaction.commit().await.expect("a commit");
        touched
    }

    /// One number out of the database.
    pub async fn number(&self, sql: &str) -> i64 {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            value: i64,
        }
        let row = self.app().store.reader().row::<Row>(sql, []).await.expect("the query runs");
        row.expect("a row").value
    }

    /// Somebody who has not signed in.
    pub fn anonymous(&self) -> Client {
        Client::anonymous(&self.server.base)
    }

    /// Somebody signed in.
    pub async fn sign_in(&self, email: &str) -> Client {
        let mut client = self.anonymous();
        client.try_sign_in(email, PASSWORD).await.expect(201);
        client
    }

    /// A user of Acme.
    pub async fn customer(&self) -> Client {
        self.sign_in("customer@acme.test").await
    }

    /// Another user of Acme.
    pub async fn colleague(&self) -> Client {
        self.sign_in("colleague@acme.test").await
    }

    /// Acme's portal administrator.
    pub async fn administrator(&self) -> Client {
        self.sign_in("admin@acme.test").await
    }

    /// A partner of Acme and Nordwerk.
    pub async fn partner(&self) -> Client {
        self.sign_in("partner@agency.test").await
    }

    /// A user of Nordwerk: Acme's cases do not exist for them.
    pub async fn stranger(&self) -> Client {
        self.sign_in("user@nordwerk.test").await
    }

    /// A member of the support team.
    pub async fn analyst(&self) -> Client {
        self.sign_in("analyst@support.test").await
    }
}

async fn app(store: Store, files: Storage) -> App {
    static PASSWORDS: OnceLock<Passwords> = OnceLock::new();
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    let settings = Settings {
        product_name: "Casement".to_owned(),
        branding: Branding::default(),
        secure_cookies: false,
        reopening: Reopening::Always,
        reminders: Reminders { waiting_days: 5, close_unanswered: true },
        demo_accounts: Vec::new(),
        site: None,
    };
    App {
        hub: Hub::start(store.clone()).await.expect("a hub"),
        store,
        files,
        catalogue: CurrentCatalogue::new(
            CATALOGUE.get_or_init(|| catalogue::load("spryker").expect("the catalogue")).clone(),
        ),
        clock: Clock::Fixed(now()),
        settings: Arc::new(settings),
        passwords: PASSWORDS.get_or_init(|| Passwords::new(4).expect("a stand-in")).clone(),
        throttle: Throttle::default(),
        running: Running::default(),
    }
}
