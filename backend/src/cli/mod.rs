//! The command line.
#![expect(clippy::print_stdout, reason = "a command line talks to its user on stdout")]

mod catalogue;
mod serve;
mod user;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    accounts::PasswordError,
    branding::BrandingError,
    catalogue::CatalogueError,
    clock::Clock,
    config::{Config, ConfigError},
    demo::{self, DemoDataError, DemoError},
    fill,
    http::openapi,
    store::StoreError,
};

/// Casement's reference backend: the portal's REST API over SQLite or PostgreSQL.
#[derive(Parser)]
#[command(name = "casement-backend", version, about)]
struct Cli {
    /// Settings in TOML; CASEMENT_… variables and flags override them.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests until stopped
    Serve(serve::Options),
    /// Bring the database's schema up to date
    Migrate(Place),
    /// Accounts
    #[command(subcommand)]
    User(user::Command),
    /// Catalogues of case types
    #[command(subcommand)]
    Catalogue(catalogue::Command),
    /// Fill an empty database with many cases, to measure with
    Fill {
        #[command(flatten)]
        place: Place,
        /// How many cases
        #[arg(long, default_value_t = 1000)]
        cases: usize,
        /// How many messages in all
        #[arg(long, default_value_t = 10_000)]
        messages: usize,
    },
    /// Print the OpenAPI document
    Openapi,
}

/// Which database to work on.
#[derive(clap::Args)]
struct Place {
    /// The folder of the SQLite database
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL instead, as postgres://user@host/database
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

impl Place {
    fn apply(self, config: &mut Config) {
        if let Some(data) = self.data {
            config.data = data;
        }
        config.database_url = self.database_url.or(config.database_url.take());
    }
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Branding(#[from] BrandingError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Catalogue(#[from] CatalogueError),
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error(transparent)]
    DemoData(#[from] DemoDataError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error("cannot listen on {address}: {source}")]
    Listen { address: std::net::SocketAddr, source: std::io::Error },
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    #[error("{0}")]
    Usage(String),
}

/// Runs the command the program was called with.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}

async fn run(cli: Cli) -> Result<(), CliError> {
    let mut config = Config::read(cli.config.as_deref())?;
    match cli.command {
        Command::Serve(options) => serve::serve(options, config).await,
        Command::Migrate(place) => {
            place.apply(&mut config);
            config.open_store().await?;
            println!("The schema is up to date.");
            Ok(())
        }
        Command::User(command) => user::run(command, config).await,
        Command::Catalogue(command) => catalogue::run(&command),
        Command::Fill { place, cases, messages } => {
            place.apply(&mut config);
            let store = config.open_store().await?;
            let catalogue = crate::catalogue::load(demo::CATALOGUE)?;
            let progress = |done| println!("{done} of {cases} cases");
            fill::fill(&store, &catalogue, cases, messages, Clock::System.now(), progress).await?;
            Ok(())
        }
        Command::Openapi => {
            print!("{}", openapi::as_text()?);
            Ok(())
        }
    }
}
