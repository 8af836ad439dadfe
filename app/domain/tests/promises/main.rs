//! The promises of `domain.md`, one test each, named like the promise.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a panic is the failure that a test reports"
)]

mod account;
mod agency;
mod audit;
mod calendar;
mod certification;
mod certification_act;
mod certification_view;
mod check_in;
mod fence;
mod file;
mod host;
mod identity;
mod moment;
mod money;
mod notice;
mod offer;
mod people;
mod position;
mod register;
mod review;
mod routing;
mod rulepack;
mod rulepack_chain;
mod rulepack_check;
mod simulate;
mod site;
mod states;
mod week;

use domain::calendar::{Calendar, NOTICE_2026_TOML};
use domain::rulepack::{NATIONAL_TOML, RulePack};
use domain::{Day, FieldErrors, Moment};

/// Texts that people or attackers type into any field.
pub const HOSTILE: [&str; 14] = [
    "",
    " ",
    "\u{3000}",
    "中文六个汉字",
    "🙂🙂🙂",
    "'; DROP TABLE trainee;--",
    "<script>alert(1)</script>",
    "\u{0}\u{1}\u{7f}",
    "\u{202E}\u{200B}\u{FEFF}",
    "NaN",
    "-1",
    "1e9",
    "９９９９",
    "999999999999999999999999999999999999999999",
];

/// A day written `YYYY-MM-DD`.
pub fn day(text: &str) -> Day {
    domain::value::parse_day(text).unwrap()
}

/// Nine o'clock of a day in Asia/Shanghai.
pub fn morning(text: &str) -> Moment {
    Moment::at(day(text), 9, 0)
}

/// The calendar with the notice of 2026.
pub fn calendar() -> Calendar {
    Calendar::new(vec![toml::from_str(NOTICE_2026_TOML).unwrap()])
}

/// The national rule pack.
pub fn national() -> RulePack {
    toml::from_str(NATIONAL_TOML).unwrap()
}

/// The fields that a check refused, in order.
pub fn fields<T: std::fmt::Debug>(result: Result<T, FieldErrors>) -> Vec<String> {
    let errors = result.expect_err("the check must refuse this");
    assert!(errors.0.iter().all(|error| is_sentence(&error.message)), "{errors:?}");
    errors.0.into_iter().map(|error| error.field).collect()
}

/// A plain Chinese sentence with something to do, never a word of the system.
fn is_sentence(message: &str) -> bool {
    message.chars().count() >= 5
        && message
            .chars()
            .any(|letter| ('\u{4E00}'..='\u{9FFF}').contains(&letter))
}
