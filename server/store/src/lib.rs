//! The only SQL and the only sqlx: one schema, written once, on SQLite and on PostgreSQL. Knows rows, not rules: what may
//! happen is decided in `domain` and permitted in `service`; here every query carries the scope it was given.

pub mod account;
pub mod agency;
pub mod attendance;
pub mod audit;
pub mod audit_page;
pub mod calendar;
pub mod certification;
mod db;
pub mod division;
pub mod draft;
mod error;
pub mod file;
pub mod host;
pub mod identity;
pub mod internship;
pub mod job;
pub mod live;
pub mod notice;
mod reach;
pub mod review;
mod rows;
pub mod rulepack;
mod schema;
pub mod session;
pub mod setting;
pub mod site;
pub mod staff;
#[cfg(feature = "testing")]
pub mod testing;
pub mod throttle;
pub mod trainee;

pub use db::{Db, Kind, Purpose, Tx};
pub use error::StoreError;
