//! Working days by the State Council's yearly notices (`domain.md` §7): weekdays, minus days off, plus make-up workdays.

use crate::Day;
use crate::value::add_days;
use serde::Deserialize;

/// The notice of 2026 as a TOML document in the shape of [`YearNotice`].
pub const NOTICE_2026_TOML: &str = include_str!("../rules/calendar-2026.toml");

/// What the State Council announced for one year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearNotice {
    /// The year.
    pub year: i16,
    /// Title and number of the notice.
    pub source: String,
    /// Days off, weekends included where the notice counts them.
    pub days_off: Vec<Day>,
    /// Saturdays and Sundays that are workdays.
    pub make_up_workdays: Vec<Day>,
}

/// The calendar that every due date and every quota uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    notices: Vec<YearNotice>,
}

impl Calendar {
    /// From the notices known so far; of two for one year the later in the list counts.
    #[must_use]
    pub fn new(notices: Vec<YearNotice>) -> Self {
        Self { notices }
    }

    /// Whether people work on a day.
    #[must_use]
    pub fn is_workday(&self, day: Day) -> bool {
        match self.notice(day.year()) {
            Some(notice) if notice.make_up_workdays.contains(&day) => true,
            Some(notice) if notice.days_off.contains(&day) => false,
            Some(_) | None => !day.is_weekend(),
        }
    }

    /// Whether the year has no notice yet, so that its due dates may still move.
    #[must_use]
    pub fn is_provisional(&self, year: i16) -> bool {
        self.notice(year).is_none()
    }

    /// The day so many working days after `from`, which itself does not count; `from` for 0.
    #[must_use]
    pub fn add_workdays(&self, from: Day, workdays: u32) -> Day {
        let mut day = from;
        let mut left = workdays;
        while left > 0 && day < Day::MAX {
            day = add_days(day, 1);
            if self.is_workday(day) {
                left -= 1;
            }
        }
        day
    }

    /// Working days after `from` up to and including `to`; negative when `to` lies before `from`: then those after `to` up to
    /// and including `from`.
    #[must_use]
    pub fn workdays_until(&self, from: Day, to: Day) -> i32 {
        if to < from {
            return -self.workdays_until(to, from);
        }
        let (mut day, mut count) = (from, 0);
        while day < to {
            day = add_days(day, 1);
            count += i32::from(self.is_workday(day));
        }
        count
    }

    fn notice(&self, year: i16) -> Option<&YearNotice> {
        self.notices.iter().rev().find(|notice| notice.year == year)
    }
}
