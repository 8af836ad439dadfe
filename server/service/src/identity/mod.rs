//! Whether a person is who they say they are (`domain.md` §5 Identity).

mod gateway;

pub use gateway::{BadGateway, IdentityConfig, IdentityGateway, NoAnswer, Outcome};
