//! Live reload: Trunk watches the portal, this watches the backend.

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, SystemTime};

use crate::args::Args;
use crate::error::{Error, Result};
use crate::setup::Setup;
use crate::{build, paths, process, run, setup};

/// `cargo xtask dev --help`
pub const HELP: &str = "\
cargo xtask dev [--port 8080] [--data DIR]

Serves a debug build of the portal that rebuilds and reloads when a file
changes, in front of a debug backend (on the next port), which is rebuilt and
restarted too. The design system is shown at /gallery. Ctrl-C stops both.";

const BACKEND_INPUTS: [&str; 6] =
    ["backend/Cargo.toml", "backend/src", "contract/src", "catalogues", "demo", "Cargo.lock"];
/// Trunk's output here, so that dist/ stays the release build.
const SITE: &str = "target/dev-site";

/// `cargo xtask dev`
pub fn run(mut args: Args) -> Result<()> {
    let port = args.port("--port", 8080)?;
    let data = match args.value("--data")? {
        Some(given) => std::path::absolute(&given).map_err(Error::file(given.as_ref()))?,
        None => paths::root().join("data"),
    };
    args.done()?;
    let setup = setup::for_build()?;
    let site = paths::root().join(SITE);
    std::fs::create_dir_all(&site).map_err(Error::file(&site))?;

    build::site::write_locales()?;
    let behind = port.checked_add(1).unwrap_or(8081);
    build_backend(&setup)?;
    let mut backend = Running::start(serve(&setup, behind, &data))?;
    let trunk = Running::start(watch(&setup, port, behind))?;
    println!("Open http://127.0.0.1:{port}");
    watch_both(&setup, &mut backend, trunk, || serve(&setup, behind, &data))
}

/// Restarts the backend when its sources change, until one of the two ends.
fn watch_both(
    setup: &Setup,
    backend: &mut Running,
    mut trunk: Running,
    serve: impl Fn() -> Command,
) -> Result<()> {
    let mut seen = SystemTime::now();
    loop {
        std::thread::sleep(Duration::from_millis(500));
        if trunk.ended()? {
            return Ok(());
        }
        if paths::newest(&BACKEND_INPUTS)? > Some(seen) {
            seen = SystemTime::now();
            // A compile error leaves the old one serving.
            if build_backend(setup).is_ok() {
                backend.stop();
                *backend = Running::start(serve())?;
            }
        } else if backend.ended()? {
            return Ok(());
        }
    }
}

fn build_backend(setup: &Setup) -> Result<()> {
    process::step("build the backend", || {
        process::run(setup.host("cargo").args(["build", "--quiet", "--package", "casement-backend"]))
    })
}

fn serve(setup: &Setup, port: u16, data: &Path) -> Command {
    let program =
        paths::root().join(format!("target/debug/casement-backend{}", std::env::consts::EXE_SUFFIX));
    let mut backend = run::serve(setup.host(program), port, data);
    backend.arg("--site").arg(paths::root().join(SITE));
    backend
}

fn watch(setup: &Setup, port: u16, behind: u16) -> Command {
    let mut trunk = setup.wasm("trunk", "target/wasm");
    trunk
        .args(["serve", "--offline", "--address", "127.0.0.1", "--port"])
        .arg(port.to_string())
        .args(["--dist", SITE, "--features", "gallery"])
        .arg(format!("--proxy-backend=http://127.0.0.1:{behind}/api/"))
        .env("RUST_BACKTRACE", "0")
        .env_remove("NO_COLOR");
    trunk
}

/// A program that does not outlive this one's errors.
struct Running(Child);

impl Running {
    fn start(mut command: Command) -> Result<Self> {
        let program = process::line(&command);
        let child = command.spawn().map_err(|source| Error::Start { program, source })?;
        Ok(Self(child))
    }

    fn ended(&mut self) -> Result<bool> {
        self.0
            .try_wait()
            .map(|status| status.is_some())
            .map_err(|source| Error::Start { program: "a program".to_owned(), source })
    }

    /// Ends it; that it has ended by itself is no error.
    fn stop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}
