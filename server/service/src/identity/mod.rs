//! 实名认证 of persons and hosts (`domain.md` §5 Identity): what their cases are about, how a decision moves them, and the
//! gateway that vouches for a person.

pub(crate) mod case;
mod gateway;
mod papers;
mod person;
mod submission;

pub use gateway::{BadGateway, IdentityConfig, IdentityGateway, NoAnswer, Outcome};
pub(crate) use person::why_not_confirm_in;
pub use person::{submit, view, why_not_confirm};
pub(crate) use submission::{open_case_at, repair, submit_registered};
