//! Sites and their fences: the list, and the form with its scale sketch.

pub mod api;
pub mod edit;
mod fields;
pub mod list;
mod locate;
mod sketch;
