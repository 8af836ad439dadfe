//! One module per feature of `domain`: its server functions (`api.rs`) and its pages.

pub mod account;
pub mod attendance;
pub mod certification;
pub mod division;
pub mod file;
pub mod form;
pub mod host;
pub mod internship;
pub mod site;
pub mod trainee;
