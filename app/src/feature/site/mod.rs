//! Sites and their fences.

pub mod edit;
pub mod list;
