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
        OnceLock,
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
    _keeper: Child,
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
            Err(error) if start.elapsed() > PATIENCE => {
                panic!("PostgreSQL does not start: {error}\n{}", fs::read_to_string(log()).unwrap_or_default())
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
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

fn log() -> PathBuf {
    server().folder.join("log")
}

fn start() -> Result<Server, String> {
    let programs = programs().ok_or(MISSING)?;
    let folder = tempfile::Builder::new().prefix("casement-pg-").tempdir().map_err(told)?.keep();
    let as_user = as_user(&folder)?;
    let data = folder.join("data");
    let made = command(&as_user, &programs.join("initdb"))
        .args(["--username=casement", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"])
        .arg(&data)
        .output()
        .map_err(told)?;
    if !made.status.success() {
        return Err(format!("initdb failed: {}", String::from_utf8_lossy(&made.stderr)));
    }
    let log = File::create(folder.join("log")).map_err(told)?;
    let mut keeper = Command::new("sh");
    keeper.arg("-c").arg(include_str!("keep_postgres.sh")).arg("keep_postgres").arg(&folder);
    keeper.args(&as_user).arg(programs.join("postgres")).arg("-D").arg(&data).arg("-k").arg(&folder);
    // Sockets only: no port to find, and nobody else's to meet.
    for setting in [
        "listen_addresses=",
        "max_connections=300",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "shared_buffers=64MB",
        "autovacuum=off",
    ] {
        keeper.arg("-c").arg(setting);
    }
    // A group of its own: Ctrl-C at the tests must not stop the keeper before it has tidied up.
    let keeper = keeper
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(log)
        .process_group(0)
        .spawn()
        .map_err(told)?;
    Ok(Server { folder, _keeper: keeper })
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
    on_path.chain(versions.into_iter().rev()).find(|folder| {
        ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file())
    })
}

/// What to put before a command: PostgreSQL refuses to run as root.
fn as_user(folder: &Path) -> Result<Vec<String>, String> {
    if fs::metadata(folder).map_err(told)?.uid() != 0 {
        return Ok(Vec::new());
    }
    let found = ["postgres", "nobody"].into_iter().find_map(|name| Some((id("-u", name)?, id("-g", name)?)));
    let (user, group) = found.ok_or("PostgreSQL refuses to run as root, and there is no user `nobody`")?;
    chown(folder, Some(user), Some(group)).map_err(told)?;
    Ok(["setpriv", &format!("--reuid={user}"), &format!("--regid={group}"), "--clear-groups", "--"]
        .map(str::to_owned)
        .to_vec())
}

fn id(kind: &str, name: &str) -> Option<u32> {
    let output = Command::new("id").args([kind, name]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

fn command(as_user: &[String], program: &Path) -> Command {
    let mut words = as_user.iter().map(AsRef::as_ref).chain([program.as_os_str()]);
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

fn told(error: std::io::Error) -> String {
    format!("PostgreSQL cannot be started: {error}")
}
