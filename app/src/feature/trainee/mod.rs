//! Trainees: registration and 我的.

pub mod api;
pub mod me;
pub mod register;
