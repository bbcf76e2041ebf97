//! The steps, one function each.

use std::process::Command;

use super::totals::{self, Totals};
use crate::error::{Error, Result};
use crate::setup::{Setup, TARGET};
use crate::{bench, build, paths, process};

/// One thing CI checks.
pub struct Step {
    /// What `cargo xtask test NAME` calls it.
    pub name: &'static str,
    /// What it does, for people.
    pub title: &'static str,
    /// Does it; leaves the runner's totals if it has any.
    pub act: fn(&Setup, &mut Option<Totals>) -> Result<()>,
}

/// All, in the order they run: the quickest to fail first.
pub const STEPS: [Step; 9] = [
    Step { name: "fmt", title: "formatting", act: fmt },
    Step { name: "lint", title: "clippy, native", act: lint },
    Step { name: "lint-wasm", title: "clippy, wasm", act: lint_wasm },
    Step { name: "deny", title: "licences, sources and advisories of dependencies", act: deny },
    Step { name: "native", title: "unit and backend tests, on SQLite and PostgreSQL", act: native },
    Step { name: "components", title: "component tests in Chromium", act: components },
    Step { name: "build", title: "release build of the portal", act: |setup, _| build::site::build(setup) },
    Step { name: "size", title: "weight of the first load", act: |_, _| bench::within_limit() },
    Step { name: "journeys", title: "journeys in Chromium, in the portal as it is released", act: journeys },
];

/// The members that run in the browser.
const WASM_MEMBERS: [&str; 4] = ["--package", "casement", "--package", "casement-ui"];
/// All the others.
const NATIVE_MEMBERS: [&str; 5] = ["--workspace", "--exclude", "casement", "--exclude", "casement-ui"];
const WASM_FOLDER: &str = "target/wasm";

fn fmt(setup: &Setup, _: &mut Option<Totals>) -> Result<()> {
    process::run(setup.host("cargo").args(["fmt", "--all", "--check"]))
}

fn lint(setup: &Setup, _: &mut Option<Totals>) -> Result<()> {
    let mut clippy = setup.host("cargo");
    clippy.args(["clippy", "--quiet"]).args(NATIVE_MEMBERS);
    deny_warnings(clippy.arg("--all-targets"))
}

fn lint_wasm(setup: &Setup, _: &mut Option<Totals>) -> Result<()> {
    let mut clippy = setup.wasm("cargo", WASM_FOLDER);
    clippy.args(["clippy", "--quiet"]).args(WASM_MEMBERS);
    deny_warnings(clippy.args(["--target", TARGET, "--all-targets"]))
}

fn deny_warnings(clippy: &mut Command) -> Result<()> {
    process::run(clippy.args(["--", "-D", "warnings"]))
}

/// Advisories come from a repository on the network; where it can't be
/// reached, that is said and the rest still counts.
fn deny(setup: &Setup, _: &mut Option<Totals>) -> Result<()> {
    process::run(setup.host("cargo-deny").args(["--workspace", "check", "bans", "licenses", "sources"]))?;
    if !process::succeeds(setup.host("cargo-deny").args(["fetch", "db"])) {
        println!("advisories: not checked, their database can't be fetched here");
        return Ok(());
    }
    process::run(setup.host("cargo-deny").args(["--workspace", "check", "--disable-fetch", "advisories"]))
}

fn native(setup: &Setup, totals: &mut Option<Totals>) -> Result<()> {
    let mut test = setup.host("cargo");
    test.args(["test", "--no-fail-fast"]).args(NATIVE_MEMBERS);
    let (said, result) = process::tee(&mut test)?;
    *totals = Some(totals::of_cargo(&said));
    result
}

fn components(setup: &Setup, totals: &mut Option<Totals>) -> Result<()> {
    let mut test = setup.wasm("cargo", WASM_FOLDER);
    test.args(["test", "--no-fail-fast"]).args(WASM_MEMBERS);
    test.args(["--features", "casement-ui/gallery", "--target", TARGET, "--tests"]);
    if let Some(driver) = process::find("chromedriver") {
        test.env("CHROMEDRIVER", driver);
    }
    let (said, result) = process::tee(&mut test)?;
    *totals = Some(totals::of_cargo(&said));
    result
}

/// The backend is the one that the native tests are about, and checks its arithmetic;
/// another build of it, optimised, would take as long as half the journeys.
fn journeys(setup: &Setup, totals: &mut Option<Totals>) -> Result<()> {
    process::run(setup.host("cargo").args(["build", "--quiet", "--package", "casement-backend"]))?;
    let report = paths::root().join("tests/results/journeys.json");
    if report.exists() {
        // An old report must not speak for a run that did not start.
        std::fs::remove_file(&report).map_err(Error::file(&report))?;
    }
    let result = process::run(
        setup
            .host("playwright")
            .args(["test", "--config", "tests/playwright.config.ts"])
            .env("CASEMENT_BACKEND", paths::tested_backend()),
    );
    if let Ok(report) = paths::read(&report) {
        *totals = totals::of_playwright(&report);
    }
    result
}
