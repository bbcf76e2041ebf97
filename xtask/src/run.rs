//! From a fresh clone to a working portal.

use std::path::Path;
use std::process::Command;

use crate::args::Args;
use crate::error::{Error, Result};
use crate::{build, paths, process, setup};

/// `cargo xtask run --help`
pub const HELP: &str = "\
cargo xtask run [--port 8080] [--data DIR]

Builds the portal and the backend, loads the demo data once into DIR (./data
unless told), serves both and prints the address and the demo accounts.
Ctrl-C stops it.";

/// `cargo xtask run`
pub fn run(mut args: Args) -> Result<()> {
    let port = args.port("--port", 8080)?;
    let data = match args.value("--data")? {
        Some(given) => std::path::absolute(&given).map_err(Error::file(given.as_ref()))?,
        None => paths::root().join("data"),
    };
    args.done()?;
    build::all(&setup::for_build()?)?;
    let mut backend = serve(process::command(paths::backend()), port, &data);
    become_program(backend.arg("--site").arg(paths::dist()))
}

/// Adds what serves the demo data.
pub fn serve(mut backend: Command, port: u16, data: &Path) -> Command {
    backend.args(["serve", "--demo", "--port"]).arg(port.to_string()).arg("--data").arg(data);
    backend
}

/// Becomes the program, so that signals reach it and nothing waits beside it.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let source = command.exec();
    Err(Error::Start { program: process::line(command), source })
}

/// Waits for it; the console sends Ctrl-C to both.
#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    process::run(command)
}
