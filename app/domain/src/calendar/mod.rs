//! Working days by the State Council's yearly notices (`domain.md` §7): weekdays, minus days off, plus make-up workdays.

mod check;
mod view;

pub use view::{DayMark, ImportedNotice, NoticeLine, YearView, month_days};

use crate::Day;
use crate::value::add_days;
use serde::{Deserialize, Serialize};

/// The notice of 2026 as a TOML document in the shape of [`YearNotice`].
pub const NOTICE_2026_TOML: &str = include_str!("../../rules/calendar-2026.toml");

/// What the State Council announced for one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Working days from `from`, which does not count, to `to`, which does; negative when `to` is before `from`: two working
    /// days overdue are -2. What [`add_workdays`](Self::add_workdays) adds, this counts.
    #[must_use]
    pub fn workdays_until(&self, from: Day, to: Day) -> i32 {
        let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let mut day = first;
        let mut workdays = 0;
        while day < last {
            day = add_days(day, 1);
            if self.is_workday(day) {
                workdays += sign;
            }
        }
        workdays
    }

    /// The days off by notice after `from`, up to `to`.
    #[must_use]
    pub fn days_off_between(&self, from: Day, to: Day) -> Vec<Day> {
        self.between(from, to, |notice| &notice.days_off)
    }

    /// The Saturdays and Sundays after `from`, up to `to`, on which people work.
    #[must_use]
    pub fn make_up_workdays_between(&self, from: Day, to: Day) -> Vec<Day> {
        self.between(from, to, |notice| &notice.make_up_workdays)
    }

    fn between(&self, from: Day, to: Day, of: impl Fn(&YearNotice) -> &Vec<Day>) -> Vec<Day> {
        let notices = (from.year()..=to.year()).filter_map(|year| self.notice(year));
        let mut days: Vec<Day> = notices
            .flat_map(|notice| of(notice).iter().copied())
            .filter(|day| from < *day && *day <= to)
            .collect();
        days.sort_unstable();
        days
    }

    fn is_day_off(&self, day: Day) -> bool {
        self.notice(day.year())
            .is_some_and(|notice| notice.days_off.contains(&day))
    }

    /// The notice that counts for a year.
    #[must_use]
    pub fn notice(&self, year: i16) -> Option<&YearNotice> {
        self.notices.iter().rev().find(|notice| notice.year == year)
    }
}
