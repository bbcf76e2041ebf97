//! Lists of very many cases, by tests/bench/lists.mjs and lists-paint.mjs.

use crate::error::Result;
use crate::setup::Setup;
use crate::{paths, process};

/// How many cases the lists are of, and how many messages are in them.
const CASES: &str = "100000";
const MESSAGES: &str = "1000000";

/// Fills a database in target/lists, unless one is there, and prints what the scripts
/// measured on it.
pub fn measure(setup: &Setup) -> Result<()> {
    let folder = paths::root().join("target/lists");
    if !folder.join("filled").is_file() {
        process::step("fill a database with 100 000 cases", || {
            let mut fill = process::command(paths::backend());
            fill.args(["fill", "--cases", CASES, "--messages", MESSAGES, "--data"]).arg(&folder);
            process::run(fill.stdout(std::process::Stdio::null()))
        })?;
        paths::write(&folder.join("filled"), "")?;
    }
    let script = paths::root().join("tests/bench/lists.mjs");
    process::step("measure lists of 100 000 cases", || {
        let mut measure = setup.host("node");
        measure.arg(script).arg(paths::backend()).arg(paths::root().join("target/lists.json"));
        process::run(measure.arg("--data").arg(&folder))
    })?;
    let script = paths::root().join("tests/bench/lists-paint.mjs");
    process::step("measure them in Chromium", || {
        let mut measure = setup.host("node");
        measure.arg(script).arg(paths::backend()).arg(paths::dist());
        process::run(measure.arg(paths::root().join("target/lists-paint.json")).arg("--data").arg(&folder))
    })
}
