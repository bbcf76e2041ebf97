//! Finds out what is missing and installs it; quick when nothing is.

mod apt;
mod browser;
mod debian_wasm;
mod npm;
mod postgres;
mod programs;
mod rust;
mod tools;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::Args;
use crate::error::Result;
use crate::{paths, process};

pub use wasm::{TARGET, Wasm};

/// `cargo xtask setup --help`
pub const HELP: &str = "\
cargo xtask setup

Installs what building and testing need and this machine lacks: Rust's wasm
target, trunk, wasm-bindgen of Cargo.lock's version, cargo-deny, the npm
packages, Chromium with its driver, PostgreSQL. The other commands do the same
for what they need. Tools go to ~/.cache/casement/, not onto your PATH.";

/// `cargo xtask setup`
pub fn run(args: Args) -> Result<()> {
    args.done()?;
    for_tests()?;
    println!("Everything needed is installed.");
    Ok(())
}

/// What was found or installed, and how to run programs with it.
pub struct Setup {
    wasm: Wasm,
    folders: Vec<PathBuf>,
}

/// What building needs.
pub fn for_build() -> Result<Setup> {
    let wasm = wasm::ensure()?;
    npm::ensure()?;
    Ok(Setup {
        wasm,
        folders: vec![
            tools::ensure(&tools::trunk())?,
            tools::ensure(&tools::wasm_bindgen()?)?,
            tools::ensure(&tools::wasm_split())?,
            paths::root().join("node_modules/.bin"),
        ],
    })
}

/// What building and testing need.
pub fn for_tests() -> Result<Setup> {
    let mut setup = for_build()?;
    rust::ensure(setup.wasm)?;
    browser::ensure()?;
    postgres::ensure()?;
    setup.folders.push(tools::ensure(&tools::cargo_deny())?);
    Ok(setup)
}

impl Setup {
    /// A program for the host, the tools on its PATH.
    pub fn host(&self, program: impl AsRef<Path>) -> Command {
        let mut command = process::command(program.as_ref());
        command.env("PATH", process::path_with(&self.folders));
        command
    }

    /// A program that builds for wasm, in a target folder of its own so that
    /// it never waits for a host build.
    pub fn wasm(&self, program: impl AsRef<Path>, target_folder: &str) -> Command {
        let mut command = self.host(program);
        command.env("CARGO_TARGET_DIR", paths::root().join(target_folder));
        self.wasm.choose(&mut command);
        command
    }
}
