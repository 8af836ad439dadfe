//! What the screen 工作日历 reads, and the months that it draws.

use super::{Calendar, YearNotice};
use crate::review::MovedDue;
use crate::{Day, Moment};
use serde::{Deserialize, Serialize};

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayMark {
    /// Monday to Friday.
    Workday,
    /// Saturday or Sunday.
    Weekend,
    /// Off by notice.
    DayOff,
    /// A Saturday or Sunday on which people work.
    MakeUp,
}

/// The calendar of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// Today by the server's clock.
    pub today: Day,
    /// The notice that counts; none for a provisional year.
    pub notice: Option<YearNotice>,
    /// Every import of this year, the newest first.
    pub imports: Vec<NoticeLine>,
    /// The years that can be looked at.
    pub years: Vec<i16>,
    /// Whether the person may import a notice.
    pub may_import: bool,
}

/// One import of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// Counted up from 1 within a year.
    pub version: i64,
    /// Title and number.
    pub source: String,
    /// When it was imported.
    pub imported_at: Moment,
    /// Who imported it; nobody for a built-in one.
    pub imported_by: Option<String>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedNotice {
    /// The year.
    pub year: i16,
    /// Counted up from 1 within a year.
    pub version: i64,
    /// How many days are off.
    pub days_off: u32,
    /// How many Saturdays and Sundays are workdays.
    pub make_up_workdays: u32,
    /// The open cases whose due dates moved so far.
    pub moved: Vec<MovedDue>,
    /// Whether there are open cases that were not looked at yet; the server goes on with them by itself.
    pub more: bool,
}

impl Calendar {
    /// What a day is.
    #[must_use]
    pub fn mark(&self, day: Day) -> DayMark {
        match (self.is_workday(day), day.is_weekend()) {
            (true, true) => DayMark::MakeUp,
            (true, false) => DayMark::Workday,
            (false, true) if !self.is_day_off(day) => DayMark::Weekend,
            (false, true | false) => DayMark::DayOff,
        }
    }

    /// How many working days a year has.
    #[must_use]
    pub fn workdays_in(&self, year: i16) -> u32 {
        let days = (1..=12).flat_map(|month| month_days(year, month));
        let workdays = days.filter(|day| self.is_workday(*day)).count();
        u32::try_from(workdays).unwrap_or(0)
    }
}

/// Every day of a month.
#[must_use]
pub fn month_days(year: i16, month: i8) -> Vec<Day> {
    (1..=31).filter_map(|day| Day::new(year, month, day)).collect()
}
