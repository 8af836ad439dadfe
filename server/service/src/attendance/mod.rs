//! Attendance: 今天, 签到, 签到记录 and 考勤看板. The rules are `domain::attendance`'s; this room loads, permits and saves.

mod board;
mod check_in;
mod history;
mod recorder;
mod today;

pub use board::{board, decide};
pub use check_in::check_in;
pub use history::history;
pub(crate) use recorder::Recorder;
pub use today::today;

use crate::context::Service;
use domain::attendance::{CheckInView, WeekQuota, quota};
use domain::{Day, Moment, Week};
use std::ops::RangeInclusive;
use store::attendance::CheckIn;
use store::internship::Internship;

/// A recorded check-in as lists show it; distances in whole metres.
fn view(check_in: CheckIn) -> CheckInView {
    CheckInView {
        id: check_in.id,
        at: check_in.server_at,
        site: check_in.site_name,
        distance: crate::site::shown(check_in.distance),
        accuracy: crate::site::shown(check_in.accuracy),
        verdict: check_in.verdict,
        state: check_in.state,
        reason: check_in.reason,
        note: check_in.note,
        version: check_in.version,
    }
}

/// The days on which attendance is asked for: from the first day, or the day of the trainee's confirmation when that came
/// later (nobody misses a week in which there was nothing to check in to), to the last day.
fn span(internship: &Internship) -> RangeInclusive<Day> {
    let confirmed_on = internship.answered_at.map_or(internship.starts_on, Moment::day);
    internship.starts_on.max(confirmed_on)..=internship.ends_on
}

/// The quota of one week by the rules of the host's region on the week's first day: a week is never half under other rules.
fn week_quota(
    service: &Service,
    internship: &Internship,
    week: Week,
    counted: impl IntoIterator<Item = Day>,
) -> WeekQuota {
    let rules = service.rules();
    let per_week = u32::from(rules.pack(&internship.host_division, week.monday()).check_ins_per_week);
    quota(week, &span(internship), per_week, rules.calendar(), counted)
}

/// The days of these check-ins that count.
fn counted_days(check_ins: &[CheckIn]) -> impl Iterator<Item = Day> {
    check_ins
        .iter()
        .filter(|check_in| check_in.state.counts())
        .map(|check_in| check_in.day)
}
