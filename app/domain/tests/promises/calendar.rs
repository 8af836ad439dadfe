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
fn what_is_left_until_a_deadline_is_counted_in_working_days() {
    let calendar = calendar();
    let left = |from: &str, to: &str| calendar.workdays_until(day(from), day(to));
    for (workdays, due) in [
        (3, "2026-09-22"),
        (7, "2026-09-29"),
        (10, "2026-10-09"),
        (15, "2026-10-15"),
    ] {
        assert_eq!(left("2026-09-18", due), workdays);
    }
    assert_eq!(left("2026-09-30", "2026-10-07"), 0, "the whole of 国庆");
    assert_eq!(left("2026-09-19", "2026-09-20"), 1, "a Sunday made up");
    assert_eq!(
        left("2026-10-12", "2026-10-09"),
        -2,
        "overdue by the Saturday made up and the Monday"
    );
    assert_eq!(left("2026-10-09", "2026-10-09"), 0);
}

#[test]
fn a_year_is_drawn_with_its_days_off_and_its_make_up_workdays() {
    use domain::calendar::{DayMark, month_days};
    let calendar = calendar();
    let mark = |text: &str| calendar.mark(day(text));
    assert_eq!(mark("2026-10-01"), DayMark::DayOff);
    assert_eq!(mark("2026-10-03"), DayMark::DayOff, "a Saturday that the notice counts");
    assert_eq!(mark("2026-10-10"), DayMark::MakeUp);
    assert_eq!(
        (mark("2026-10-11"), mark("2026-10-12")),
        (DayMark::Weekend, DayMark::Workday)
    );
    assert_eq!(
        (
            month_days(2026, 2).len(),
            month_days(2028, 2).len(),
            month_days(9999, 12).len()
        ),
        (28, 29, 31)
    );
    assert_eq!(
        calendar.workdays_in(2026),
        365 - 104 - 33 + 14 + 6,
        "14 of the days off are weekend days"
    );
}

#[test]
fn the_days_off_on_the_way_are_named() {
    let calendar = calendar();
    let (from, to) = (day("2026-09-18"), day("2026-10-02"));
    let off: Vec<String> = calendar
        .days_off_between(from, to)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        off,
        ["2026-09-25", "2026-09-26", "2026-09-27", "2026-10-01", "2026-10-02"]
    );
    assert_eq!(calendar.make_up_workdays_between(from, to), [day("2026-09-20")]);
    assert_eq!(calendar.days_off_between(to, from), []);
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
    fn counting_workdays_is_the_way_back_from_adding_them(offset in 0..365_i32, workdays in 0..60_u32, back in 0..60_i32) {
        let calendar = calendar();
        let from = domain::value::add_days(day("2026-01-01"), offset);
        let due = calendar.add_workdays(from, workdays);
        prop_assert_eq!(calendar.workdays_until(from, due), i32::try_from(workdays).unwrap());
        let other = domain::value::add_days(from, back - 30);
        prop_assert_eq!(calendar.workdays_until(from, other), -calendar.workdays_until(other, from));
        let on = calendar.workdays_until(from, other) + calendar.workdays_until(other, due);
        prop_assert_eq!(on, calendar.workdays_until(from, due), "a stop on the way changes nothing");
    }

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
