//! A Rust toolchain that can build for the browser.

use std::path::PathBuf;
use std::process::Command;

use super::{apt, debian_wasm};
use crate::error::{Error, Result};
use crate::process;

/// What the portal is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The name rustup knows the second way's toolchain by.
pub const LINKED: &str = "wasm";

/// Which toolchain builds for wasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wasm {
    /// The active one has the target: the ordinary way.
    Active,
    /// One linked into rustup as `wasm`: for machines that can't fetch the
    /// target, made of Debian's packages.
    Linked,
}

impl Wasm {
    /// Makes a command use this toolchain.
    pub fn choose(self, command: &mut Command) {
        if self == Self::Linked {
            command.env("RUSTUP_TOOLCHAIN", LINKED);
        }
    }

    /// True if it has std for the target.
    fn ready(self) -> bool {
        self.std_folder().is_some_and(|folder| {
            std::fs::read_dir(folder).is_ok_and(|entries| {
                entries
                    .filter_map(std::result::Result::ok)
                    .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
            })
        })
    }

    fn std_folder(self) -> Option<PathBuf> {
        let mut ask = process::command("rustc");
        ask.args(["--print", "sysroot"]);
        self.choose(&mut ask);
        let sysroot = PathBuf::from(process::output(&mut ask)?);
        Some(sysroot.join("lib/rustlib").join(TARGET).join("lib"))
    }
}

/// Finds a toolchain with the target, or makes one.
pub fn ensure() -> Result<Wasm> {
    if Wasm::Active.ready() {
        return Ok(Wasm::Active);
    }
    if Wasm::Linked.ready() && !debian_wasm::outdated() {
        return Ok(Wasm::Linked);
    }
    let mut add = process::command("rustup");
    add.args(["target", "add", TARGET]).env("RUST_BACKTRACE", "0");
    let added = process::step(&process::line(&add), || process::run(&mut add));
    if added.is_ok() && Wasm::Active.ready() {
        return Ok(Wasm::Active);
    }
    if apt::available() {
        println!("    That failed; taking Debian's Rust for wasm instead.");
        debian_wasm::install()?;
        if Wasm::Linked.ready() {
            return Ok(Wasm::Linked);
        }
    }
    Err(Error::Missing { what: format!("Rust's {TARGET} target"), command: process::line(&add) })
}
