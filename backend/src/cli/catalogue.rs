//! `catalogue check` and `catalogue schema`.

use clap::Subcommand;

use super::CliError;
use crate::catalogue::{self, schema};

/// What to do with a catalogue.
#[derive(Subcommand)]
pub enum Command {
    /// Name every mistake of a catalogue
    Check {
        /// A file, or the name of a built-in catalogue
        file: String,
    },
    /// Print the JSON Schema of catalogue files, for editors
    Schema,
}

/// Runs the command.
///
/// # Errors
/// The catalogue has mistakes.
pub fn run(command: &Command) -> Result<(), CliError> {
    match command {
        Command::Check { file } => check(file),
        Command::Schema => {
            print!("{}", schema::as_text()?);
            Ok(())
        }
    }
}

fn check(file: &str) -> Result<(), CliError> {
    let catalogue = catalogue::load(file)?;
    let types = number(catalogue.types.len(), "case type");
    let asked = catalogue.types.iter().map(|case_type| case_type.questions().count()).sum();
    println!("{file}: {types} with {}, no mistakes.", number(asked, "question"));
    Ok(())
}

fn number(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
