//! Administrative divisions (GB/T 2260) as the address picker shows them. The list itself lives in the service.

use serde::{Deserialize, Serialize};

/// One province, city or county.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Six digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whether there is a level below.
    pub has_children: bool,
}

/// Whether a text has the form of a county's code: six digits that do not end in `00`. That it exists is for the service to say.
#[must_use]
pub fn is_county_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) && !code.ends_with("00")
}
