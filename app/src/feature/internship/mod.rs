//! Internships: what a host offers, what the trainee answers, and the host's people.

pub mod api;
pub mod offer;
pub mod roster;
pub mod take_on;
