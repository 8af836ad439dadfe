//! The log: to standard error, for people or as JSON. Never holds query strings, bodies, cookies or the database's URL.

use crate::config::LogStyle;
use std::io::{IsTerminal, stderr};
use tracing_subscriber::EnvFilter;

/// Starts the log. `RUST_LOG` chooses what is in it; without it, `info`.
pub fn start(style: LogStyle) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(stderr().is_terminal())
        .with_writer(stderr);
    // Only a second start in one process (tests) fails, and then the first log goes on.
    let _ = match style {
        LogStyle::Pretty => log.try_init(),
        LogStyle::Json => log.json().flatten_event(true).try_init(),
    };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let message = panic.payload_as_str().unwrap_or("no message");
        tracing::error!(%place, message, "panic");
    }));
}
