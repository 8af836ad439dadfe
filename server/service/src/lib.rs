//! Use cases: load, permit, domain step, save with audit, commit. Every function takes the [`Service`] and, where somebody
//! must be signed in, an [`Actor`] that only [`account::authenticate`] can make. It knows no SQL; what it says to other
//! systems over HTTP goes through [`outbound`].

pub mod account;
mod actor;
pub mod agency;
pub mod attendance;
pub mod audit;
pub mod calendar;
pub mod certification;
mod clock;
mod context;
pub mod demo;
pub mod division;
pub mod doctor;
pub mod draft;
mod error;
pub mod file;
pub mod host;
pub mod identity;
pub mod internship;
mod job;
pub mod live;
pub mod notice;
pub mod outbound;
mod password;
pub mod review;
pub mod rules;
mod secret_file;
pub mod site;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod throttle;
mod together;
mod token;
pub mod trainee;
mod upkeep;
mod vault;

pub use actor::{Actor, Caller, NewSession};
pub use clock::{BadNow, Clock};
pub use context::{OpenError, Service, ServiceConfig};
pub use error::{ServiceError, Severity};
pub use rules::Rules;
pub use secret_file::SecretFileError;
pub use store::Purpose;
pub use upkeep::upkeep;
pub use vault::{KeyError, Vault};
