//! Programs from crates.io, each of one exact version in a folder of its own.

use std::path::PathBuf;
use std::process::Command;

use crate::error::{Error, Result};
use crate::{paths, process};

/// A program to install.
pub struct Tool {
    /// The crate's name.
    package: &'static str,
    /// The program that tells its version.
    program: &'static str,
    version: String,
    options: &'static [&'static str],
}

/// Builds the portal.
pub fn trunk() -> Tool {
    Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".to_owned(),
        options: &["--no-default-features", "--features", "rustls"],
    }
}

/// Must be exactly the version the portal is compiled against.
pub fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: locked("wasm-bindgen")?,
        options: &[],
    })
}

/// Splits the portal at the pages that are fetched later.
pub fn wasm_split() -> Tool {
    Tool {
        package: "wasm_split_cli_support",
        program: "wasm-split-cli",
        version: "0.2.4".to_owned(),
        options: &["--features", "build-binary"],
    }
}

/// Checks licences, sources and advisories.
pub fn cargo_deny() -> Tool {
    Tool { package: "cargo-deny", program: "cargo-deny", version: "0.20.2".to_owned(), options: &[] }
}

/// Answers the folder the tool is in, installing it if it is nowhere.
pub fn ensure(tool: &Tool) -> Result<PathBuf> {
    if let Some(path) = process::find(tool.program)
        && is_version(&path, &tool.version)
        && let Some(folder) = path.parent()
    {
        return Ok(folder.to_owned());
    }
    let root = paths::tools().join(format!("{}-{}", tool.package, tool.version));
    let folder = root.join("bin");
    let installed = folder.join(format!("{}{}", tool.program, std::env::consts::EXE_SUFFIX));
    if installed.is_file() {
        return Ok(folder);
    }
    let title = format!("install {} {}", tool.package, tool.version);
    process::step(&title, || {
        let ways = [prebuilt(tool), compiled(tool, true), compiled(tool, false)];
        for mut way in ways.into_iter().flatten() {
            way.arg("--root").arg(&root);
            if process::run(&mut way).is_ok() && installed.is_file() {
                return Ok(());
            }
            println!("    That did not work; trying the next way.");
        }
        Err(Error::Missing {
            what: tool.package.to_owned(),
            command: format!("cargo install {}@{}", tool.package, tool.version),
        })
    })?;
    Ok(folder)
}

/// `cargo binstall`, where someone has it.
fn prebuilt(tool: &Tool) -> Option<Command> {
    process::find("cargo-binstall")?;
    let mut command = process::command("cargo");
    command
        .args(["binstall", "--no-confirm", "--disable-strategies", "compile"])
        .arg(format!("{}@{}", tool.package, tool.version));
    Some(command)
}

/// `cargo install`, with a profile that compiles fast: the tools run for
/// seconds, and their own profiles (fat LTO) take a quarter of an hour.
fn compiled(tool: &Tool, locked: bool) -> Option<Command> {
    let mut command = process::command("cargo");
    command
        .args(["install", "--quiet"])
        .arg(format!("{}@{}", tool.package, tool.version))
        .args(tool.options)
        // A lock file may name a version that the registry no longer has;
        // the next try goes without.
        .args(locked.then_some("--locked"))
        .env("CARGO_TARGET_DIR", paths::root().join("target/tools"))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        // wasm-bindgen works through megabytes at every build.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", if tool.package == "wasm-bindgen-cli" { "1" } else { "0" });
    Some(command)
}

/// True if the program says it is this version.
fn is_version(program: &std::path::Path, version: &str) -> bool {
    process::output(process::command(program).arg("--version"))
        .is_some_and(|said| said.split_whitespace().any(|word| word == version))
}

/// The version of a package in Cargo.lock.
fn locked(package: &str) -> Result<String> {
    let path = paths::root().join("Cargo.lock");
    version_in(&paths::read(&path)?, package)
        .ok_or_else(|| Error::Content { path, detail: format!("names no `{package}`") })
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_version_from_the_lock() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "a").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "b"), None);
    }

    #[test]
    fn trunk_is_told_the_locked_wasm_bindgen() {
        let trunk = paths::read(&paths::root().join("Trunk.toml")).unwrap();
        let pin = format!("wasm_bindgen = \"{}\"", locked("wasm-bindgen").unwrap());
        assert!(trunk.contains(&pin), "Trunk.toml needs {pin}");
    }
}
