//! One module per feature of `domain`: its server functions (`api.rs`) and its pages.

pub mod account;
pub mod agency;
pub mod attendance;
pub mod audit;
pub mod certification;
pub mod division;
pub mod file;
pub mod form;
pub mod host;
pub mod identity;
pub mod internship;
pub mod notice;
pub mod review;
pub mod rules;
pub mod site;
pub mod steps;
pub mod trainee;
pub mod wizard;
