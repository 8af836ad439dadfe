//! What every server function shares: the errors that travel to the browser, who is asking, cookies, forms sent without
//! JavaScript, and where a person goes next.

mod error;
#[cfg(feature = "ssr")]
mod plain_form;
mod read;
#[cfg(feature = "ssr")]
mod request;
mod typed;
mod way;

pub use error::{ApiError, Rush};
#[cfg(feature = "ssr")]
pub use plain_form::{back_to_form, is_plain_form, keep_typed, typed_before};
pub use read::{Read, read};
#[cfg(feature = "ssr")]
pub use request::{
    caller, clear_session, cookie, keep_display, keep_session, maybe_signed_in, redirect, respond, service,
    session_token, session_token_in, signed_in,
};
pub use typed::Typed;
pub use way::{go, home, own_path, sign_in_path, with_next, with_query};
