//! The wasm toolchain without rustup's downloads: Debian's rustc with std
//! compiled here once from Debian's copy of its sources.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::apt;
use super::wasm::{LINKED, TARGET};
use crate::error::{Error, Result};
use crate::{paths, process};

const PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-22"];
const RUSTC: &str = "/usr/bin/rustc";
const SYSROOT: &str = "/usr/lib/rustlib";
/// rustc looks for a linker of this name.
const LINKER: &str = "/usr/local/bin/rust-lld";

/// Packages, std, linker, and a name for it all in rustup.
pub fn install() -> Result<()> {
    apt::install("a Rust toolchain for wasm", &PACKAGES)?;
    if process::find("rust-lld").is_none() {
        process::run(apt::as_root("ln").args(["-sf", "/usr/bin/lld-22", LINKER]))?;
    }
    let libraries = process::step("compile std for wasm", compile_std)?;
    place(&libraries)?;
    process::run(process::command("rustup").args(["toolchain", "link", LINKED, "/usr"]))
}

/// True if std was compiled here by another rustc than the one installed now.
pub fn outdated() -> bool {
    std::fs::read_to_string(stamp()).is_ok_and(|made_by| Some(made_by) != version())
}

/// Says which rustc compiled the std beside it.
fn stamp() -> PathBuf {
    Path::new(SYSROOT).join(TARGET).join("casement-std.txt")
}

fn version() -> Option<String> {
    process::output(process::command(RUSTC).arg("-vV"))
}

/// Compiles an empty crate with std from source and answers std's libraries.
fn compile_std() -> Result<Vec<PathBuf>> {
    let folder = paths::root().join("target/tools/std");
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
                    [lib]\n[workspace]\n";
    paths::write(&folder.join("Cargo.toml"), manifest)?;
    paths::write(&folder.join("src/lib.rs"), "#![no_std]\n")?;
    let built = folder.join("target").join(TARGET).join("release/deps");
    if built.exists() {
        // Libraries of an earlier rustc must not get in.
        std::fs::remove_dir_all(&built).map_err(Error::file(&built))?;
    }
    process::run(
        Command::new("/usr/bin/cargo")
            .current_dir(&folder)
            .args(["build", "--quiet", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", RUSTC)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .env("RUSTFLAGS", "-Zforce-unstable-if-unmarked -Cembed-bitcode=yes"),
    )?;
    Ok(paths::files(&built)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|kind| kind == "rlib"))
        .filter(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with("libempty")))
        .collect())
}

/// Replaces the target's libraries with these.
fn place(libraries: &[PathBuf]) -> Result<()> {
    let folder = Path::new(SYSROOT).join(TARGET).join("lib");
    process::run(apt::as_root("rm").arg("-rf").arg(&folder))?;
    process::run(apt::as_root("mkdir").arg("-p").arg(&folder))?;
    process::run(apt::as_root("cp").args(libraries).arg(&folder))?;
    let made_by = paths::root().join("target/tools/casement-std.txt");
    paths::write(&made_by, version().unwrap_or_default())?;
    process::run(apt::as_root("cp").arg(&made_by).arg(stamp()))
}
