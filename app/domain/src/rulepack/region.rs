//! Which regions have rules, in which order they inherit, and who may change whose.

use crate::agency::{Agency, AgencyLevel};
use crate::division::is_county_code;

/// The region of the national defaults.
pub const NATIONAL: &str = "000000";

/// Whether a text has the form of a region: six digits, a province's two first.
#[must_use]
pub fn is_region(code: &str) -> bool {
    let six_digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    six_digits && (code == NATIONAL || !code.starts_with('0') && (!code[2..4].eq("00") || code.ends_with("00")))
}

/// The regions whose rules count for a division, the highest first: `000000`, `520000`, `520600`, `520623`. A text that is no
/// division has the national rules alone.
#[must_use]
pub fn path(code: &str) -> Vec<String> {
    let mut path = vec![NATIONAL.to_owned()];
    if is_region(code) {
        for digits in [2, 4, 6] {
            let region = format!("{:0<6}", &code[..digits]);
            if !path.contains(&region) {
                path.push(region);
            }
        }
    }
    path
}

/// The level of a region; `None` for the whole country.
#[must_use]
pub fn level(region: &str) -> Option<AgencyLevel> {
    match region {
        NATIONAL => None,
        _ if region.ends_with("0000") => Some(AgencyLevel::Province),
        _ if is_county_code(region) && !region.ends_with("00") => Some(AgencyLevel::County),
        _ => Some(AgencyLevel::City),
    }
}

/// Whether the admins of an agency may change a region's rules: those of its own area and below, never above its own level and
/// never the national defaults.
#[must_use]
pub fn may_change(agency: &Agency, region: &str) -> bool {
    if !is_region(region) {
        return false;
    }
    let Some(level) = level(region) else { return false };
    let covered = |area: &String| {
        // An agency's own level or the area's, whichever is the narrower: a city's agency that also looks after one county
        // of another city changes that county alone.
        let digits = 2 * usize::from(rank(agency.level).max(self::level(area).map_or(3, rank)));
        area.get(..digits) == region.get(..digits)
    };
    rank(level) >= rank(agency.level) && std::iter::once(&agency.division).chain(&agency.areas).any(covered)
}

const fn rank(level: AgencyLevel) -> u8 {
    match level {
        AgencyLevel::Province => 1,
        AgencyLevel::City => 2,
        AgencyLevel::County => 3,
    }
}
