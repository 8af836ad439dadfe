//! Quota and missed reports (CQ 三(一)1; `domain.md` §6).

use crate::{calendar, day};
use domain::attendance::{CheckInState, WeekDayMark, WeekQuota, is_closed, missed_run, quota};
use domain::{Day, Moment, Week};
use proptest::prelude::*;

fn required(in_week_of: &str, first: &str, last: &str) -> u32 {
    quota(Week::of(day(in_week_of)), &(day(first)..=day(last)), 2, &calendar(), []).required
}

#[test]
fn a_normal_week_asks_for_two_days() {
    assert_eq!(required("2026-11-19", "2026-09-01", "2027-02-28"), 2);
}

#[test]
fn the_week_of_the_national_holiday_asks_only_for_the_workdays_that_are_left() {
    // 2026-09-28 to 10-04: three workdays before 10-01. 2026-10-05 to 10-11: Thursday, Friday and the make-up Saturday.
    assert_eq!(required("2026-09-28", "2026-09-01", "2027-02-28"), 2);
    assert_eq!(required("2026-09-28", "2026-09-30", "2027-02-28"), 1);
    assert_eq!(required("2026-10-01", "2026-10-01", "2027-02-28"), 0);
    assert_eq!(required("2026-10-05", "2026-09-01", "2026-10-08"), 1);
    assert_eq!(required("2026-10-05", "2026-10-10", "2027-02-28"), 1);
    assert_eq!(required("2026-10-05", "2026-10-11", "2027-02-28"), 0);
}

#[test]
fn the_spring_festival_week_asks_for_nothing() {
    assert_eq!(required("2026-02-16", "2026-01-01", "2026-06-30"), 0);
}

#[test]
fn a_make_up_sunday_is_a_workday() {
    // 2026-09-20 and 2026-01-04 are Sundays on which people work.
    assert_eq!(required("2026-09-20", "2026-09-20", "2027-02-28"), 1);
    assert_eq!(required("2026-01-04", "2026-01-04", "2026-06-30"), 1);
}

#[test]
fn a_week_outside_the_internship_asks_for_nothing() {
    assert_eq!(required("2026-11-19", "2026-12-01", "2027-02-28"), 0);
    assert_eq!(required("2026-11-19", "2026-05-01", "2026-11-15"), 0);
}

#[test]
fn two_check_ins_on_one_day_count_once_and_two_days_complete_the_week() {
    let internship = day("2026-09-01")..=day("2027-02-28");
    let week = Week::of(day("2026-11-19"));
    let of = |days: &[&str]| quota(week, &internship, 2, &calendar(), days.iter().map(|text| day(text)));
    assert_eq!(
        of(&["2026-11-16", "2026-11-16"]),
        WeekQuota {
            required: 2,
            counted: 1
        }
    );
    assert_eq!(of(&["2026-11-16", "2026-11-15", "2026-11-23"]).missing(), 1);
    assert!(of(&["2026-11-16", "2026-11-19"]).is_met());
    assert_eq!(of(&["2026-11-16", "2026-11-19", "2026-11-20"]).missing(), 0);
}

#[test]
fn the_run_grows_over_empty_weeks_and_starts_again_with_the_gap_of_a_week_that_has_something() {
    let week = |required, counted| WeekQuota { required, counted };
    assert_eq!(missed_run([]), 0);
    assert_eq!(missed_run([week(2, 1)]), 1);
    assert_eq!(missed_run([week(2, 1), week(2, 0)]), 3);
    assert_eq!(missed_run([week(2, 0), week(2, 0)]), 4);
    assert_eq!(missed_run([week(2, 0), week(2, 0), week(2, 1)]), 1);
    assert_eq!(missed_run([week(2, 0), week(2, 2)]), 0);
    assert_eq!(
        missed_run([week(2, 1), week(0, 0), week(1, 0)]),
        2,
        "a holiday week neither adds nor clears"
    );
}

#[test]
fn a_day_shows_the_best_that_happened_on_it() {
    use CheckInState::{Confirmed, SentBack, Valid, Waiting};
    assert_eq!(WeekDayMark::of([], true), WeekDayMark::Open);
    assert_eq!(WeekDayMark::of([], false), WeekDayMark::Off);
    assert_eq!(WeekDayMark::of([SentBack], true), WeekDayMark::SentBack);
    for states in [[SentBack, Waiting], [Waiting, SentBack]] {
        assert_eq!(WeekDayMark::of(states, true), WeekDayMark::Waiting);
    }
    for counted in [Valid, Confirmed] {
        assert_eq!(
            WeekDayMark::of([Waiting, SentBack, counted, Waiting], false),
            WeekDayMark::Counted
        );
    }
}

#[test]
fn a_week_stays_open_to_late_uploads_for_72_hours_after_sunday_midnight() {
    let week = Week::of(day("2026-11-19"));
    let closes = Moment::at(day("2026-11-26"), 0, 0);
    assert!(!is_closed(week, closes.plus_millis(-1), 72));
    assert!(is_closed(week, closes, 72));
}

fn any_day() -> impl Strategy<Value = Day> {
    (0..366_i32).prop_map(|offset| domain::value::add_days(day("2026-01-01"), offset))
}

proptest! {
    #[test]
    fn required_is_never_more_than_the_rule_or_the_workdays(week in any_day(), first in any_day(), last in any_day(), per_week in 0..8_u32) {
        let calendar = calendar();
        let internship = first..=last;
        let week = Week::of(week);
        let workdays = week.days().into_iter().filter(|day| internship.contains(day) && calendar.is_workday(*day)).count();
        let quota = quota(week, &internship, per_week, &calendar, []);
        prop_assert_eq!(quota.required as usize, workdays.min(per_week as usize));
    }

    #[test]
    fn counted_is_the_number_of_distinct_days_of_the_week(week in any_day(), days in prop::collection::vec(any_day(), 0..40)) {
        let week = Week::of(week);
        let distinct: std::collections::BTreeSet<_> = days.iter().filter(|day| week.contains(**day)).collect();
        let quota = quota(week, &(day("2026-01-01")..=day("2026-12-31")), 2, &calendar(), days.iter().copied());
        prop_assert_eq!(quota.counted as usize, distinct.len());
    }

    #[test]
    fn the_run_is_the_gaps_since_the_last_week_with_something(weeks in prop::collection::vec((0..3_u32, 0..3_u32), 0..30)) {
        let weeks: Vec<_> = weeks.into_iter().map(|(required, counted)| WeekQuota { required, counted }).collect();
        let start = weeks.iter().rposition(|week| week.counted > 0).unwrap_or(0);
        let gaps: u32 = weeks[start..].iter().map(|week| week.missing()).sum();
        prop_assert_eq!(missed_run(weeks), gaps);
    }
}
