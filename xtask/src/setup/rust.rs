//! rustfmt and clippy.

use super::wasm::Wasm;
use super::{TARGET, apt};
use crate::error::{Error, Result};
use crate::process;

/// The toolchain's own checkers, for the host and for wasm.
pub fn ensure(wasm: Wasm) -> Result<()> {
    component("rustfmt", "fmt")?;
    component("clippy", "clippy")?;
    let mut check = process::command("cargo");
    check.args(["clippy", "--version"]);
    wasm.choose(&mut check);
    if process::succeeds(&mut check) {
        return Ok(());
    }
    apt::install(&format!("clippy for {TARGET}"), &["rust-web-clippy"])
}

fn component(name: &str, subcommand: &str) -> Result<()> {
    let has = || process::succeeds(process::command("cargo").args([subcommand, "--version"]));
    if has() {
        return Ok(());
    }
    let mut add = process::command("rustup");
    add.args(["component", "add", name]);
    if process::step(&process::line(&add), || process::run(&mut add)).is_ok() && has() {
        return Ok(());
    }
    Err(Error::Missing { what: name.to_owned(), command: process::line(&add) })
}
