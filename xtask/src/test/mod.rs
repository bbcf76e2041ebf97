//! Everything CI runs.

mod steps;
mod totals;

use std::time::{Duration, Instant};

use crate::args::Args;
use crate::error::{Error, Result};
use crate::{process, setup};
use steps::{STEPS, Step};
use totals::Totals;

/// `cargo xtask test --help`
pub const HELP: &str = "\
cargo xtask test [STEP...]

Runs every step CI runs, or only those named, in this order; a failed step
does not stop the others.

  fmt         formatting
  lint        clippy on what runs natively
  lint-wasm   clippy on what runs in the browser
  deny        licences, sources and advisories of dependencies
  native      unit and backend tests, on SQLite and PostgreSQL
  components  component tests in Chromium
  build       the release build of the portal
  size        the first load's weight against its hard limit
  journeys    Playwright and axe, against the release build of the portal";

/// How a step went.
struct Outcome {
    step: &'static Step,
    time: Duration,
    totals: Option<Totals>,
    error: Option<Error>,
}

/// `cargo xtask test`
pub fn run(args: Args) -> Result<()> {
    let chosen = choose(&args.names()?)?;
    let setup = setup::for_tests()?;
    let outcomes: Vec<Outcome> = chosen
        .into_iter()
        .map(|step| {
            println!("\n=== {}: {}", step.name, step.title);
            let start = Instant::now();
            let mut totals = None;
            let result = (step.act)(&setup, &mut totals);
            // A runner that says some failed may still have ended well.
            let error = result.err().or_else(|| match totals {
                Some(Totals { failed: 1.., .. }) => Some(Error::NotPassed(step.name.to_owned())),
                _ => None,
            });
            if let Some(error) = &error {
                println!("{}: {error}", step.name);
            }
            let time = start.elapsed();
            Outcome { step, time, totals, error }
        })
        .collect();
    summarise(&outcomes)
}

/// The steps named, in the order they run; all if none is.
fn choose(names: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = names.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        return Err(Error::Usage(format!("there is no step `{unknown}`\n\n{HELP}")));
    }
    Ok(STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)).collect())
}

/// Prints the table and the runners' totals; fails if a step did.
fn summarise(outcomes: &[Outcome]) -> Result<()> {
    println!("\n=== summary");
    for outcome in outcomes {
        println!(
            "{:<11} {:<6} {:>12}",
            outcome.step.name,
            if outcome.error.is_some() { "FAILED" } else { "passed" },
            process::seconds(outcome.time),
        );
    }
    println!();
    for outcome in outcomes {
        if let Some(totals) = &outcome.totals {
            println!("{}: {} passed, {} failed", outcome.step.name, totals.passed, totals.failed);
        }
    }
    let failed: Vec<&str> =
        outcomes.iter().filter(|outcome| outcome.error.is_some()).map(|outcome| outcome.step.name).collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(Error::NotPassed(failed.join(", ")))
}
