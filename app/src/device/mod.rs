//! What talks to the phone: clock, position, network, service worker, installing. Called from effects and event handlers
//! only; the server compiles it and never runs it.

mod by_name;
pub mod clipboard;
pub mod clock;
pub mod install;
pub mod kept;
pub mod online;
pub mod platform;
pub mod position;
pub mod push;
pub mod record_id;
pub mod worker;
