//! The weekly quota and the run of missed reports (CQ 三(一)1: 每周考勤记录报备不少于两次，连续 3 次漏报重点核实; `domain.md` §6).

use super::{CheckInState, WeekDayMark};
use crate::calendar::Calendar;
use crate::{Day, Moment, Week};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How many check-in days a week asks for, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekQuota {
    /// Days that the week asks for.
    pub required: u32,
    /// Distinct days with a check-in that counts.
    pub counted: u32,
}

impl WeekQuota {
    /// Days still missing: the gap.
    #[must_use]
    pub const fn missing(self) -> u32 {
        self.required.saturating_sub(self.counted)
    }

    /// Whether nothing is missing.
    #[must_use]
    pub const fn is_met(self) -> bool {
        self.missing() == 0
    }
}

/// The quota of one week. `required` is `per_week`, or fewer when fewer workdays of the week lie inside the internship;
/// `counted_days` may repeat a day or hold days of other weeks, only distinct days of this week count.
#[must_use]
pub fn quota(
    week: Week,
    internship: &RangeInclusive<Day>,
    per_week: u32,
    calendar: &Calendar,
    counted_days: impl IntoIterator<Item = Day>,
) -> WeekQuota {
    let days = week.days();
    let workdays = days
        .iter()
        .filter(|day| internship.contains(day) && calendar.is_workday(**day))
        .count();
    let mut counted = [false; 7];
    for day in counted_days {
        for (slot, of_week) in counted.iter_mut().zip(days) {
            *slot |= of_week == day;
        }
    }
    WeekQuota {
        required: per_week.min(small(workdays)),
        counted: small(counted.iter().filter(|day| **day).count()),
    }
}

/// The run of missed reports after closed weeks, oldest first: the gap where something was counted, else the run before plus the gap.
#[must_use]
pub fn missed_run(closed_weeks: impl IntoIterator<Item = WeekQuota>) -> u32 {
    closed_weeks.into_iter().fold(0, |run, week| {
        if week.counted > 0 {
            week.missing()
        } else {
            run.saturating_add(week.missing())
        }
    })
}

impl WeekDayMark {
    /// The mark of a day from the states of its check-ins; `open` when it is a workday inside the internship.
    #[must_use]
    pub fn of(check_ins: impl IntoIterator<Item = CheckInState>, open: bool) -> Self {
        let mut mark = if open { Self::Open } else { Self::Off };
        for state in check_ins {
            match state {
                CheckInState::Valid | CheckInState::Confirmed => return Self::Counted,
                CheckInState::Waiting => mark = Self::Waiting,
                CheckInState::SentBack if mark != Self::Waiting => mark = Self::SentBack,
                CheckInState::SentBack => {}
            }
        }
        mark
    }
}

/// Whether a week is closed for good: Sunday 24:00 has passed, and the hours for late uploads and corrections too.
#[must_use]
pub fn is_closed(week: Week, now: Moment, late_hours: u8) -> bool {
    now >= week.closes_at().plus_millis(i64::from(late_hours) * 3_600_000)
}

fn small(days: usize) -> u32 {
    u32::try_from(days).unwrap_or(7)
}
