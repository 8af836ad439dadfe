//! 待办: the agency's queue by deadline, and the page of a case with facts, checks, papers, history and decision.

pub mod api;
mod bulk;
mod case;
mod decide;
mod facts;
mod keys;
mod lines;
pub mod queue;
