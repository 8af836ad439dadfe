//! Time: UTC ms inside, Asia/Shanghai for people (architecture §4); weeks are Monday to Sunday (`domain.md` §6).

use crate::day;
use domain::value::{add_months, age_on, day_label, parse_day, whole_months};
use domain::{Day, Moment, Week};
use proptest::prelude::*;

#[test]
fn a_moment_is_read_in_shanghai() {
    // 2026-11-19T01:02:03Z
    let moment = Moment::from_millis(1_795_050_123_000);
    assert_eq!((moment.day(), moment.clock().as_str()), (day("2026-11-19"), "09:02"));
}

#[test]
fn the_day_changes_at_midnight_in_shanghai() {
    let midnight = Moment::at(day("2026-11-19"), 0, 0);
    assert_eq!(midnight.day(), day("2026-11-19"));
    assert_eq!(midnight.plus_millis(-1).day(), day("2026-11-18"));
    assert_eq!(midnight.plus_millis(-1).clock(), "23:59");
    assert_eq!(Moment::at(day("2026-11-18"), 24, 0), midnight);
}

#[test]
fn absurd_moments_do_not_panic() {
    for millis in [i64::MIN, i64::MAX, -1, 0] {
        let moment = Moment::from_millis(millis);
        let _ = (
            moment.day(),
            moment.clock(),
            moment.plus_millis(i64::MAX),
            moment.plus_millis(i64::MIN),
        );
        let _ = Week::of(moment.day()).label();
    }
    assert_eq!(
        Moment::from_millis(i64::MIN).apart(Moment::from_millis(i64::MAX)),
        u64::MAX
    );
}

#[test]
fn days_are_labelled_as_the_mock_ups_show() {
    assert_eq!(day_label(day("2026-11-19")), "11月19日 周四");
    assert_eq!(Week::of(day("2026-11-19")).label(), "11月16日—22日");
    assert_eq!(Week::of(day("2026-12-01")).label(), "11月30日—12月6日");
}

#[test]
fn only_iso_days_that_exist_are_read() {
    assert_eq!(parse_day("2028-02-29"), Some(day("2028-02-29")));
    for text in [
        "2026-02-29",
        "2026-2-1",
        "2026/02/01",
        " 2026-02-01",
        "2026-02-01T00",
        "26-02-01",
        "2026-13-01",
        "+026-01-01",
        "二〇二六",
    ] {
        assert_eq!(parse_day(text), None, "{text}");
    }
}

#[test]
fn a_week_is_monday_to_sunday_and_closes_on_sunday_midnight() {
    let week = Week::of(day("2026-11-22"));
    assert_eq!((week.monday(), week.sunday()), (day("2026-11-16"), day("2026-11-22")));
    assert_eq!(week.closes_at(), Moment::at(day("2026-11-23"), 0, 0));
    assert_eq!(week.next().previous(), week);
}

#[test]
fn the_week_of_the_first_day_is_week_one() {
    let first_day = day("2026-09-03");
    assert_eq!(Week::of(day("2026-08-31")).number_since(first_day), 1);
    assert_eq!(Week::of(day("2026-09-07")).number_since(first_day), 2);
    assert_eq!(Week::of(day("2026-11-19")).number_since(first_day), 12);
    assert_eq!(Week::of(day("2026-08-30")).number_since(first_day), 0);
}

#[test]
fn youth_lasts_until_the_day_before_the_25th_birthday() {
    let birth = day("2001-11-20");
    assert_eq!(age_on(birth, day("2026-11-19")), 24);
    assert_eq!(age_on(birth, day("2026-11-20")), 25);
    assert_eq!(age_on(day("2004-02-29"), day("2026-02-28")), 21);
    assert_eq!(age_on(day("2004-02-29"), day("2026-03-01")), 22);
    assert_eq!(age_on(birth, day("1999-01-01")), 0);
}

#[test]
fn months_count_first_and_last_day() {
    for (first, last, months) in [
        ("2026-09-01", "2026-11-30", 3),
        ("2026-09-01", "2026-11-29", 2),
        ("2026-09-15", "2027-09-14", 12),
        ("2026-11-30", "2027-02-27", 3),
        ("2026-09-01", "2026-09-01", 0),
    ] {
        assert_eq!(whole_months(day(first), day(last)), months, "{first}–{last}");
    }
    assert_eq!(add_months(day("2026-11-30"), 3), day("2027-02-28"));
    assert_eq!(add_months(day("2026-03-31"), -1), day("2026-02-28"));
    assert_eq!(
        (add_months(Day::MAX, i32::MAX), add_months(Day::MIN, i32::MIN)),
        (Day::MAX, Day::MIN)
    );
}

#[test]
fn a_day_travels_as_iso_text_and_a_wrong_one_is_refused() {
    assert_eq!(serde_json::to_string(&day("2026-11-19")).unwrap(), "\"2026-11-19\"");
    assert_eq!(
        serde_json::from_str::<Day>("\"2026-11-19\"").unwrap(),
        day("2026-11-19")
    );
    for bad in [
        "\"2026-02-30\"",
        "\"2026-11-19T00:00\"",
        "\"0000-01-01\"",
        "20261119",
        "null",
    ] {
        assert!(serde_json::from_str::<Day>(bad).is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn every_day_lies_in_exactly_its_week(millis in -4_000_000_000_000_i64..8_000_000_000_000) {
        let today = Moment::from_millis(millis).day();
        let week = Week::of(today);
        prop_assert!(week.contains(today) && week.days().contains(&today));
        prop_assert!(!week.next().contains(today) && !week.previous().contains(today));
        prop_assert_eq!(domain::value::weekday_label(week.monday()), "一");
    }

    #[test]
    fn a_day_written_is_the_day_read(millis in -4_000_000_000_000_i64..8_000_000_000_000) {
        let today = Moment::from_millis(millis).day();
        prop_assert_eq!(parse_day(&today.to_string()), Some(today));
        prop_assert_eq!(Moment::at(today, 12, 0).day(), today);
    }

    #[test]
    fn no_text_makes_a_day_panic(text in any::<String>(), wild in "[0-9+-]{10}") {
        let _ = (parse_day(&text), parse_day(&wild));
    }
}
