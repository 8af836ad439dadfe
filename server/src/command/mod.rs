//! The command line: one module a command.

pub mod account;
pub mod demo;
pub mod doctor;
pub mod migrate;
pub mod organisation;
pub mod serve;

use crate::config::Settings;
use clap::{Parser, Subcommand};
use service::{Clock, OpenError, Purpose, Service, ServiceConfig, ServiceError};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;

/// 见习通: registration, check-in and attendance of internships for employment.
///
/// Settings come from flags, else from the environment, else from the TOML file of --config, else from the defaults.
#[derive(Debug, Parser)]
#[command(name = "jianxi", version)]
pub struct Cli {
    /// What can be configured.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the product; brings the database's schema up to date first
    Serve,
    /// Bring the database's schema up to date
    Migrate,
    /// Fill the database with demo data and print the demo sign-ins
    Demo(demo::DemoArgs),
    /// Make agencies, which certify hosts
    #[command(subcommand)]
    Agency(organisation::AgencyCommand),
    /// Make host units
    #[command(subcommand)]
    Host(organisation::HostCommand),
    /// Make and look after staff accounts
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Check configuration, keys, database, site files, clock and audit log
    Doctor,
}

/// Why a command ended without success; says what to do.
#[derive(Debug)]
pub struct Failure(pub String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command.
///
/// # Errors
/// [`Failure`], for standard error and exit code 1.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    let settings = cli.settings.with_file()?;
    crate::log::start(settings.log());
    match cli.command {
        Command::Serve => serve::run(&settings).await,
        Command::Migrate => migrate::run(&settings).await,
        Command::Demo(args) => demo::run(&settings, &args).await,
        Command::Agency(command) => organisation::agency(&settings, command).await,
        Command::Host(command) => organisation::host(&settings, command).await,
        Command::Account(command) => account::run(&settings, command).await,
        Command::Doctor => doctor::run(&settings).await,
    }
}

/// Opens the service as the settings say.
///
/// # Errors
/// When a setting, the database or the key file is not right.
pub async fn open(settings: &Settings, demo: bool, purpose: Purpose) -> Result<Service, Failure> {
    open_at(settings, demo, purpose, settings.clock(demo)?).await
}

/// [`open`] with another clock than the settings'.
async fn open_at(settings: &Settings, demo: bool, purpose: Purpose, clock: Clock) -> Result<Service, Failure> {
    let identity = settings.identity()?;
    let (database, key_file) = (settings.database(), settings.key_file());
    // Database, key and certificate lie here: for the owner alone from the beginning. A folder that is there stays as it is.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(settings.data())
        .map_err(|error| {
            Failure(format!(
                "the data folder {} cannot be made: {error}; name another with --data",
                settings.data().display()
            ))
        })?;
    Service::open(ServiceConfig {
        database,
        key_file,
        files: settings.files(),
        clamav: settings.clamav().map(str::to_owned),
        clock,
        demo,
        identity,
        purpose,
        notices: settings.notices()?,
    })
    .await
    .map_err(|error| match error {
        OpenError::SchemaOutdated => Failure(format!("{error} (`jianxi serve` does it, too)")),
        other => other.into(),
    })
}

/// Does one thing to the database, also beside a server that serves it.
///
/// # Errors
/// What [`open`] says, and why the thing was not done.
pub async fn visit<T>(
    settings: &Settings,
    work: impl AsyncFnOnce(&Service) -> Result<T, ServiceError>,
) -> Result<T, Failure> {
    let service = open(settings, settings.is_demo(), Purpose::Visit).await?;
    let done = work(&service).await;
    service.close().await;
    done.map_err(|error| account::explain(&error))
}
