//! `catalogue check`.

use clap::Subcommand;

use super::CliError;
use crate::catalogue;

/// What to do with a catalogue.
#[derive(Subcommand)]
pub enum Command {
    /// Name every mistake of a catalogue
    Check {
        /// A file, or the name of a built-in catalogue
        file: String,
    },
}

/// Runs the command.
///
/// # Errors
/// The catalogue has mistakes.
pub fn run(command: &Command) -> Result<(), CliError> {
    let Command::Check { file } = command;
    let catalogue = catalogue::load(file)?;
    let questions: usize = catalogue.types.iter().map(|case_type| case_type.questions().count()).sum();
    println!("{file}: {} case types with {questions} questions, no mistakes.", catalogue.types.len());
    Ok(())
}
