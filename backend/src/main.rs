//! `casement-backend`: see `--help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    casement_backend::cli::main()
}
