//! The browser's only clock. Everything else takes a [`Moment`] that was read here.

use domain::Moment;

/// Now, as this device believes.
#[must_use]
pub fn now() -> Moment {
    // Whole milliseconds below 2^53: the cast is exact.
    #[allow(clippy::cast_possible_truncation)]
    Moment::from_millis(js_sys::Date::now() as i64)
}
