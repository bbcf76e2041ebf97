//! The finished site in dist/, and the backend.

mod compress;
mod exports;
mod imports;
pub mod site;
mod split;

use crate::args::Args;
use crate::error::Result;
use crate::setup::{self, Setup};
use crate::{paths, process};

/// `cargo xtask build --help`
pub const HELP: &str = "\
cargo xtask build

Builds the portal into dist/ (optimised for size, names hashed, with .br and
.gz beside each asset) and the backend into target/release/casement-backend.
What is up to date is not built again.";

/// `cargo xtask build`
pub fn run(args: Args) -> Result<()> {
    args.done()?;
    all(&setup::for_build()?)?;
    println!("Site: {}", paths::dist().display());
    println!("Backend: {}", paths::backend().display());
    Ok(())
}

/// Both.
pub fn all(setup: &Setup) -> Result<()> {
    site::build(setup)?;
    process::step("build the backend", || {
        process::run(setup.host("cargo").args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "casement-backend",
        ]))
    })
}
