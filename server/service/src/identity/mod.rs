//! 实名认证 of persons and hosts (`domain.md` §5 Identity): what their cases are about, how a decision moves them, and the
//! gateway that vouches for a person.

pub(crate) mod case;
mod gateway;

pub use gateway::{BadGateway, IdentityConfig, IdentityGateway, NoAnswer, Outcome};
