//! Trainees: registration and 我的.

pub mod me;
pub mod register;
