//! Moments in time (UTC milliseconds) and weeks, read in Asia/Shanghai: since 1991 always UTC+8, so no time zone data is needed.

use super::day::{Day, add_days, days_between, month_day_label};
use serde::{Deserialize, Serialize};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const SHANGHAI: i64 = 8 * HOUR;

/// A moment: milliseconds since 1970-01-01 UTC. Only a clock that is passed in makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// From UTC milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// UTC milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// A time of a day in Asia/Shanghai; hour 24 is the next midnight.
    #[must_use]
    pub fn at(day: Day, hour: i8, minute: i8) -> Self {
        Self(days_between(Day::EPOCH, day) * DAY + i64::from(hour) * HOUR + i64::from(minute) * MINUTE - SHANGHAI)
    }

    /// The day in Asia/Shanghai; the first or last day of the calendar for moments beyond it.
    #[must_use]
    pub fn day(self) -> Day {
        let days = self.0.saturating_add(SHANGHAI).div_euclid(DAY);
        match i32::try_from(days) {
            Ok(days) => add_days(Day::EPOCH, days),
            Err(_) if days < 0 => Day::MIN,
            Err(_) => Day::MAX,
        }
    }

    /// The time in Asia/Shanghai: `09:02`.
    #[must_use]
    pub fn clock(self) -> String {
        let minutes = self.0.saturating_add(SHANGHAI).rem_euclid(DAY) / MINUTE;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// The moment so many milliseconds later; stops at the ends of `i64`.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds between two moments, whichever is first.
    #[must_use]
    pub const fn apart(self, other: Self) -> u64 {
        self.0.abs_diff(other.0)
    }
}

/// A week, Monday to Sunday (`domain.md` §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week {
    monday: Day,
}

impl Week {
    /// The week of a day.
    #[must_use]
    pub fn of(day: Day) -> Self {
        Self {
            monday: add_days(day, -i32::from(day.days_since_monday())),
        }
    }

    /// Its first day.
    #[must_use]
    pub const fn monday(self) -> Day {
        self.monday
    }

    /// Its last day.
    #[must_use]
    pub fn sunday(self) -> Day {
        add_days(self.monday, 6)
    }

    /// Monday to Sunday.
    #[must_use]
    pub fn days(self) -> [Day; 7] {
        [0, 1, 2, 3, 4, 5, 6].map(|offset| add_days(self.monday, offset))
    }

    /// Whether a day belongs to it.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        Self::of(day) == self
    }

    /// The week after.
    #[must_use]
    pub fn next(self) -> Self {
        Self {
            monday: add_days(self.monday, 7),
        }
    }

    /// The week before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self {
            monday: add_days(self.monday, -7),
        }
    }

    /// 第 n 周, where the week of `first_day` is 1; 0 for weeks before it.
    #[must_use]
    pub fn number_since(self, first_day: Day) -> u32 {
        let weeks = days_between(Self::of(first_day).monday, self.monday).div_euclid(7);
        u32::try_from(weeks + 1).unwrap_or(0)
    }

    /// When it closes: Sunday 24:00, Asia/Shanghai.
    #[must_use]
    pub fn closes_at(self) -> Moment {
        Moment::at(self.sunday(), 24, 0)
    }

    /// `11月16日—22日`, or `11月30日—12月6日` across months.
    #[must_use]
    pub fn label(self) -> String {
        let sunday = self.sunday();
        if sunday.month() == self.monday.month() {
            format!("{}—{}日", month_day_label(self.monday), sunday.day())
        } else {
            format!("{}—{}", month_day_label(self.monday), month_day_label(sunday))
        }
    }
}
