//! What every server function shares: the errors that travel to the browser, who is asking, cookies, and where a
//! person goes next.

mod error;
mod way;
#[cfg(feature = "ssr")]
mod request;

pub use error::ApiError;
#[cfg(feature = "ssr")]
pub use request::{
    caller, clear_draft, clear_session, cookie, draft_token, is_plain_form, keep_draft, keep_session, redirect, respond,
    service, session_token, signed_in,
};
pub use way::{go, home, own_path, sign_in_path};
