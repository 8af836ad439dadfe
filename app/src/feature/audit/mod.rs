//! 审计: reading the log, checking its chain, taking it along as a file.

pub mod api;
pub mod page;
