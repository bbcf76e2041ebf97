//! The first load as Chromium counts it, by tests/bench/first-load.mjs.

use serde_json::Value;

use super::size;
use crate::error::{Error, Result};
use crate::setup::Setup;
use crate::{paths, process};

/// Runs the script, which starts a backend of its own, and answers its JSON.
pub fn measure(setup: &Setup) -> Result<Value> {
    let script = paths::root().join("tests/bench/first-load.mjs");
    let report = paths::root().join("target/first-load.json");
    process::step("measure the first load in Chromium", || {
        process::run(setup.host("node").arg(&script).arg(paths::backend()).arg(paths::dist()).arg(&report))
    })?;
    serde_json::from_str(&paths::read(&report)?)
        .map_err(|error| Error::Content { path: report, detail: error.to_string() })
}

/// For people.
pub fn print(measured: &Value) {
    println!("\nFirst load of /cases in Chromium (bytes transferred, headers too)");
    for request in measured["requests"].as_array().into_iter().flatten() {
        println!(
            "{:>9}  {}",
            request["bytes"].as_u64().unwrap_or(0),
            request["path"].as_str().unwrap_or("?")
        );
    }
    println!("{}", size::verdict(measured["bytes"].as_u64().unwrap_or(0)));
}
