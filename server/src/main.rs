//! The binary `jianxi`.

use clap::Parser;
use server::command::{Cli, run};
use std::io::Write;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "jianxi: {}", failure.0);
            ExitCode::FAILURE
        }
    }
}
