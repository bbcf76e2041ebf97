//! One PostgreSQL server for the whole test process, and a database for each test.

use std::{
    fs::{self, File},
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use casement_backend::store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

/// What to say where there is no PostgreSQL: the suite does not skip a database.
const MISSING: &str = "these tests need PostgreSQL: install it with `apt-get install postgresql`";
/// How long the server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);
/// A migrated database that the tests' own are copied from.
const TEMPLATE: &str = "casement_template";

static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
static TEMPLATE_MADE: OnceCell<()> = OnceCell::const_new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A running server. It stops when this process ends: see `keep_postgres.sh`.
struct Server {
    folder: PathBuf,
    /// Holds the pipe whose end stops the server.
    keeper: Mutex<Child>,
}

/// The address of a new database with the schema and nothing else.
pub async fn create() -> String {
    TEMPLATE_MADE.get_or_init(make_template).await;
    let name = format!("casement_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    administer(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await;
    address(&name)
}

/// Drops the database of an address, whoever is connected.
pub async fn destroy(address: &str) {
    administer(&format!("DROP DATABASE {} WITH (FORCE)", name(address))).await;
}

/// Cuts every connection to the database of an address.
pub async fn cut_connections(address: &str) {
    let name = name(address);
    administer(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
        .await;
}

fn name(address: &str) -> &str {
    address.rsplit('/').find_map(|part| part.split_once("?host=")).map_or(address, |(name, _)| name)
}

async fn make_template() {
    let mut connection = admitted().await;
    let sql = format!("CREATE DATABASE {TEMPLATE} TEMPLATE template0");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the template is made");
    let store = Store::postgres(&address(TEMPLATE)).await.expect("the schema is made");
    store.postgres_pool().expect("a PostgreSQL pool").close().await;
}

async fn administer(sql: &str) {
    let mut connection = PgConnection::connect(&address("postgres")).await.expect("PostgreSQL answers");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("PostgreSQL does as told");
}

/// The first connection, as soon as the server lets one in.
async fn admitted() -> PgConnection {
    let start = Instant::now();
    loop {
        match PgConnection::connect(&address("postgres")).await {
            Ok(connection) => return connection,
            Err(error) if start.elapsed() > PATIENCE || has_given_up() => {
                let log = fs::read_to_string(server().folder.join("log")).unwrap_or_default();
                panic!("PostgreSQL does not start: {error}\n{log}");
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

fn has_given_up() -> bool {
    let mut keeper = server().keeper.lock().unwrap_or_else(PoisonError::into_inner);
    keeper.try_wait().is_ok_and(|ended| ended.is_some())
}

fn server() -> &'static Server {
    match SERVER.get_or_init(start) {
        Ok(server) => server,
        Err(sentence) => panic!("{sentence}"),
    }
}

fn address(database: &str) -> String {
    format!("postgres://casement@localhost/{database}?host={}", server().folder.display())
}

fn start() -> Result<Server, String> {
    let programs = programs().ok_or(MISSING)?;
    let folder = tempfile::Builder::new().prefix("casement-pg-").tempdir();
    let folder = folder.map_err(|error| told(&error))?.keep();
    let log = File::create(folder.join("log")).map_err(|error| told(&error))?;
    let mut keeper = Command::new("sh");
    keeper.arg("-c").arg(include_str!("keep_postgres.sh")).arg("keep_postgres");
    keeper.arg(&folder).arg(programs).args(as_user(&folder)?);
    keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log);
    // A group of its own: Ctrl-C at the tests must not stop the keeper before it has tidied up.
    let keeper = keeper.process_group(0).spawn().map_err(|error| told(&error))?;
    Ok(Server { folder, keeper: Mutex::new(keeper) })
}

/// The folder of `initdb` and `postgres`: on the path, or where Debian keeps them.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path);
    let mut versions: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path().join("bin")))
        .collect();
    versions.sort();
    on_path
        .chain(versions.into_iter().rev())
        .find(|folder| ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file()))
}

/// What to put before a command: PostgreSQL refuses to run as root.
fn as_user(folder: &Path) -> Result<Vec<String>, String> {
    if fs::metadata(folder).map_err(|error| told(&error))?.uid() != 0 {
        return Ok(Vec::new());
    }
    let found = ["postgres", "nobody"].into_iter().find_map(|name| Some((id("-u", name)?, id("-g", name)?)));
    let (user, group) = found.ok_or("PostgreSQL refuses to run as root, and there is no user `nobody`")?;
    chown(folder, Some(user), Some(group)).map_err(|error| told(&error))?;
    Ok(["setpriv", &format!("--reuid={user}"), &format!("--regid={group}"), "--clear-groups", "--"]
        .map(str::to_owned)
        .to_vec())
}

fn id(kind: &str, name: &str) -> Option<u32> {
    let output = Command::new("id").args([kind, name]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

fn told(error: &std::io::Error) -> String {
    format!("PostgreSQL cannot be started: {error}")
}
