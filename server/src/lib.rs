//! The server around the product: configuration, command line, router and middleware. Use cases live in `service`, pages in
//! `app`; this crate decides nothing about either.

#![recursion_limit = "256"]

pub mod command;
pub mod config;
mod export;
mod files;
mod health;
mod live;
mod log;
pub mod middleware;
mod refusal;
mod router;
pub mod service_worker;
pub mod shutdown;
mod signed_in;
pub mod site;
mod state;
mod terminal;
pub mod tls;
mod uploads;

pub use router::{OwnRoute, own_routes, router};
pub use state::{Readiness, Server};
