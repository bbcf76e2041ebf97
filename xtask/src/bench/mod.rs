//! Measures the budgets of the design: the first load's weight, and a long thread.

mod browser;
mod lists;
mod size;
mod thread;

use crate::args::Args;
use crate::error::{Error, Result};
use crate::{build, paths, setup};

/// `cargo xtask bench --help`
pub const HELP: &str = "\
cargo xtask bench [--json] [--static]

Builds, then prints how many bytes (brotli) the first load of the case list
takes: by file as they are in dist/, and as a real browser transfers it from
the running backend, headers and API answers too; then how soon a thread of
5 000 messages is on the screen, and how many elements the page has. Also in
target/bench.json.

  --lists   instead: how soon lists of 100 000 cases are answered, in every order,
            filtered and searched, on a database that is filled once in target/lists
  --json    print the JSON instead of the tables
  --static  only what is in dist/, without a browser";

/// `cargo xtask bench`
pub fn run(mut args: Args) -> Result<()> {
    let (json, only_files, of_lists) = (args.flag("--json"), args.flag("--static"), args.flag("--lists"));
    args.done()?;
    let setup = if only_files { setup::for_build()? } else { setup::for_tests()? };
    build::all(&setup)?;
    if of_lists {
        return lists::measure(&setup);
    }
    let files = size::first_load()?;
    let (measured, thread) = match only_files {
        true => (None, None),
        false => (Some(browser::measure(&setup)?), Some(thread::measure(&setup)?)),
    };
    let report = serde_json::json!({
        "first_load": {
            "budget": size::BUDGET,
            "hard_limit": size::HARD_LIMIT,
            "dist": files.to_json(),
            "browser": measured,
        },
        "thread": thread,
    });
    let text = format!("{report:#}\n");
    paths::write(&paths::root().join("target/bench.json"), &text)?;
    if json {
        print!("{text}");
    } else {
        files.print();
        if let Some(measured) = &measured {
            browser::print(measured);
        }
        if let Some(thread) = &thread {
            thread::print(thread);
        }
    }
    Ok(())
}

/// For `cargo xtask test`: fails above the hard limit.
pub fn within_limit() -> Result<()> {
    let files = size::first_load()?;
    files.print();
    if files.total() > size::HARD_LIMIT {
        return Err(Error::NotPassed(format!(
            "a first load of {} bytes (hard limit {})",
            files.total(),
            size::HARD_LIMIT
        )));
    }
    Ok(())
}
