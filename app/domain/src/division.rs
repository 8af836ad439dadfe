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

/// Prefecture-level cities without counties below them (东莞 · 中山 · 儋州 · 嘉峪关): there the city's own code is the last level.
const WITHOUT_COUNTIES: [&str; 4] = ["441900", "442000", "460400", "620200"];

/// Whether a text has the form of a code at the last level: six digits that do not end in `00`, except where a city has no
/// counties. That it exists is for the service to say.
#[must_use]
pub fn is_county_code(code: &str) -> bool {
    let six_digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    six_digits && (!code.ends_with("00") || WITHOUT_COUNTIES.contains(&code))
}
