//! 实名认证.

pub mod api;
pub mod person;
