//! 见习单位认证: the host's application with its printed form, and the agency's 单位.

pub mod api;
mod draft;
mod facts;
pub mod page;
pub mod print;
mod rows;
mod standing;
pub mod unit;
pub mod units;

pub(crate) use facts::{RETURNED, closed, tone};
