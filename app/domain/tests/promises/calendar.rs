//! Working days (`domain.md` §7).

use crate::{calendar, day};
use domain::Day;
use proptest::prelude::*;

#[test]
fn from_2026_09_18_the_deadlines_are_as_the_domain_page_says() {
    let calendar = calendar();
    for (workdays, due) in [
        (3, "2026-09-22"),
        (7, "2026-09-29"),
        (10, "2026-10-09"),
        (15, "2026-10-15"),
    ] {
        assert_eq!(
            calendar.add_workdays(day("2026-09-18"), workdays),
            day(due),
            "+{workdays}"
        );
    }
}

#[test]
fn the_notice_of_2026_has_33_days_off_and_6_make_up_workdays() {
    let calendar = calendar();
    for off in [
        "2026-01-01",
        "2026-02-23",
        "2026-04-06",
        "2026-05-05",
        "2026-06-19",
        "2026-09-25",
        "2026-10-07",
    ] {
        assert!(!calendar.is_workday(day(off)), "{off}");
    }
    for make_up in [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ] {
        assert!(calendar.is_workday(day(make_up)), "{make_up}");
    }
    let notice: domain::calendar::YearNotice = toml::from_str(domain::calendar::NOTICE_2026_TOML).unwrap();
    assert_eq!((notice.days_off.len(), notice.make_up_workdays.len()), (33, 6));
}

#[test]
fn a_year_without_a_notice_is_provisional_and_counts_weekdays() {
    let calendar = calendar();
    assert!(calendar.is_provisional(2027) && !calendar.is_provisional(2026));
    assert!(
        calendar.is_workday(day("2027-10-01")),
        "a Friday; the notice is not out yet"
    );
    assert!(!calendar.is_workday(day("2027-10-02")));
}

#[test]
fn a_later_notice_for_the_same_year_counts() {
    let first: domain::calendar::YearNotice = toml::from_str(domain::calendar::NOTICE_2026_TOML).unwrap();
    let mut amended = first.clone();
    amended.days_off.push(day("2026-11-19"));
    let calendar = domain::calendar::Calendar::new(vec![first, amended]);
    assert!(!calendar.is_workday(day("2026-11-19")));
}

#[test]
fn the_day_of_receipt_does_not_count_and_the_end_of_the_calendar_does_not_hang() {
    assert_eq!(calendar().add_workdays(day("2026-09-18"), 0), day("2026-09-18"));
    assert_eq!(calendar().add_workdays(Day::MAX, 10), Day::MAX);
}

proptest! {
    #[test]
    fn a_deadline_is_a_workday_with_exactly_that_many_workdays_on_the_way(offset in 0..365_i32, workdays in 1..40_u32) {
        let calendar = calendar();
        let from = domain::value::add_days(day("2026-01-01"), offset);
        let due = calendar.add_workdays(from, workdays);
        prop_assert!(calendar.is_workday(due));
        let on_the_way = (1..=domain::value::days_between(from, due))
            .filter(|days| calendar.is_workday(domain::value::add_days(from, i32::try_from(*days).unwrap())))
            .count();
        prop_assert_eq!(on_the_way, workdays as usize);
    }
}
