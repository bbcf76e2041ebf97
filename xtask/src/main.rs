//! Casement's commands. `cargo xtask` alone lists them.
#![allow(clippy::print_stdout, reason = "these are command-line programs; printing is what they do")]

mod args;
mod bench;
mod build;
mod dev;
mod error;
mod paths;
mod process;
mod run;
mod screens;
mod setup;
mod test;

use std::process::ExitCode;

use args::Args;
use error::{Error, Result};

const HELP: &str = "\
Casement's commands. Each installs what it needs first.

  cargo xtask run      build everything, load the demo data once, serve it
  cargo xtask dev      the portal with live reload, in front of a debug backend
  cargo xtask build    the portal into dist/ (compressed) and the backend
  cargo xtask test     everything CI runs
  cargo xtask bench    how much the first load weighs
  cargo xtask screens  pictures of every page for the documentation
  cargo xtask setup    only install what is missing

`cargo xtask COMMAND --help` tells more about one.";

/// A command's name, its help, and what it does.
type Command = (&'static str, &'static str, fn(Args) -> Result<()>);

const COMMANDS: [Command; 7] = [
    ("run", run::HELP, run::run),
    ("dev", dev::HELP, dev::run),
    ("build", build::HELP, build::run),
    ("test", test::HELP, test::run),
    ("bench", bench::HELP, bench::run),
    ("screens", screens::HELP, screens::run),
    ("setup", setup::HELP, setup::run),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Finds the command, answers `--help`, and runs it.
fn dispatch(mut words: Vec<String>) -> Result<()> {
    let asks_help = words.iter().any(|word| word == "--help" || word == "-h");
    let name = match words.first() {
        Some(first) if !first.starts_with('-') => words.remove(0),
        _ => {
            println!("{HELP}");
            return Ok(());
        }
    };
    // `set-up` is how the documents write it.
    let wanted = if name == "set-up" { "setup" } else { &name };
    let Some((_, help, act)) = COMMANDS.iter().find(|(known, ..)| *known == wanted) else {
        return Err(Error::Usage(format!("there is no command `{name}`\n\n{HELP}")));
    };
    if asks_help {
        println!("{help}");
        return Ok(());
    }
    act(Args::new(words))
}
