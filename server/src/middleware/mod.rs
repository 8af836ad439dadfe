//! What every request passes through, outermost first: where it comes from, its log line, headers of the answer, panics,
//! load, compression, forged requests, size, time.

pub mod csrf;
pub mod limits;
pub mod panic;
mod places;
pub mod plain_form;
pub mod request_log;
pub mod security_headers;
pub mod source;
