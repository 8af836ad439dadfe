//! 实名认证 of persons and hosts (`domain.md` §5 Identity): the automatic check, what their cases are about, and how a decision
//! moves them.

pub(crate) mod case;
mod gateway;

pub use gateway::{BadGateway, IdentityConfig, IdentityGateway, NoAnswer, Outcome};
