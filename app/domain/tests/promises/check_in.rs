//! The check-in form: malformed numbers are refused, never a pass (`domain.md` §6; the bad inputs of the story).

use crate::{HOSTILE, fields, morning};
use domain::attendance::{CheckInEvent, CheckInForm, DecideForm, clock_doubt};
use domain::{CheckInId, InternshipId};
use proptest::prelude::*;
use uuid::Uuid;

const NOW: &str = "2026-11-19";

fn form() -> CheckInForm {
    CheckInForm {
        id: CheckInId::new(Uuid::from_u128(1)),
        internship: InternshipId::new(Uuid::from_u128(2)),
        device_time: morning(NOW).millis(),
        latitude: 27.5163,
        longitude: 108.2234,
        accuracy: 20.0,
        reason: String::new(),
    }
}

#[test]
fn a_plain_check_in_is_accepted_as_the_phone_sent_it() {
    let checked = form().check(morning(NOW)).unwrap();
    assert_eq!(
        (checked.position.to_e7(), checked.accuracy.value(), checked.reason),
        ((275_163_000, 1_082_234_000), 20.0, None)
    );
}

#[test]
fn malformed_and_out_of_range_coordinates_are_a_field_error() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e9, 181.0] {
        assert_eq!(
            fields(
                CheckInForm {
                    latitude: bad,
                    ..form()
                }
                .check(morning(NOW))
            ),
            ["latitude"]
        );
        assert_eq!(
            fields(
                CheckInForm {
                    longitude: bad,
                    ..form()
                }
                .check(morning(NOW))
            ),
            ["latitude"]
        );
    }
}

#[test]
fn an_accuracy_of_zero_below_or_absurd_is_a_field_error() {
    for bad in [0.0, -0.0, -5.0, f64::NAN, f64::INFINITY, 1e9, 1_000_000.1] {
        assert_eq!(
            fields(
                CheckInForm {
                    accuracy: bad,
                    ..form()
                }
                .check(morning(NOW))
            ),
            ["accuracy"],
            "{bad}"
        );
    }
    assert!(
        CheckInForm {
            accuracy: 1_000_000.0,
            ..form()
        }
        .check(morning(NOW))
        .is_ok()
    );
}

#[test]
fn a_device_time_of_the_future_or_of_long_ago_asks_to_set_the_clock() {
    const HOURS_72: i64 = 72 * 3_600_000;
    let now = morning(NOW).millis();
    for bad in [now + HOURS_72 + 1, now - HOURS_72 - 1, 0, i64::MIN, i64::MAX] {
        let result = CheckInForm {
            device_time: bad,
            ..form()
        }
        .check(morning(NOW));
        assert!(
            result
                .as_ref()
                .unwrap_err()
                .of("device_time")
                .unwrap()
                .contains("自动设置日期和时间")
        );
        assert_eq!(fields(result), ["device_time"]);
    }
    for good in [now + HOURS_72, now - HOURS_72] {
        assert!(
            CheckInForm {
                device_time: good,
                ..form()
            }
            .check(morning(NOW))
            .is_ok()
        );
    }
}

#[test]
fn a_clock_that_differs_more_than_two_minutes_is_doubted() {
    let now = morning(NOW);
    assert!(!clock_doubt(now.plus_millis(120_000), now) && !clock_doubt(now.plus_millis(-120_000), now));
    assert!(clock_doubt(now.plus_millis(120_001), now) && clock_doubt(now.plus_millis(-120_001), now));
}

#[test]
fn a_reason_is_trimmed_and_at_most_200_characters() {
    let reason = |text: &str| {
        CheckInForm {
            reason: text.to_owned(),
            ..form()
        }
        .check(morning(NOW))
        .map(|checked| checked.reason)
    };
    assert_eq!(reason("  去客户现场\r\n调试  "), Ok(Some("去客户现场 调试".to_owned())));
    assert!(reason(&"字".repeat(200)).is_ok());
    assert_eq!(fields(reason(&"字".repeat(201))), ["reason"]);
    assert_eq!(fields(reason("外出\u{7}办事")), ["reason"]);
}

#[test]
fn sending_back_needs_a_reason_and_confirming_does_not() {
    let decide = |confirm, note: &str| {
        DecideForm {
            id: CheckInId::new(Uuid::from_u128(1)),
            confirm,
            note: note.to_owned(),
            version: 1,
        }
        .check()
    };
    assert_eq!(decide(true, "").unwrap().note, None);
    assert_eq!(decide(true, "在客户现场").unwrap().note.as_deref(), Some("在客户现场"));
    let sent_back = decide(false, " 当天请假 ").unwrap();
    assert_eq!(
        (sent_back.event, sent_back.note.as_deref()),
        (CheckInEvent::SendBack, Some("当天请假"))
    );
    for bad in ["", " ", "字", &"字".repeat(201)] {
        assert_eq!(fields(decide(false, bad)), ["note"]);
    }
}

proptest! {
    #[test]
    fn no_check_in_makes_the_check_panic_and_what_passes_is_judgeable(
        latitude in any::<f64>(), longitude in any::<f64>(), accuracy in any::<f64>(), device_time in any::<i64>(), reason in any::<String>(),
    ) {
        for reason in HOSTILE.into_iter().chain([reason.as_str()]) {
            let form = CheckInForm { latitude, longitude, accuracy, device_time, reason: reason.to_owned(), ..form() };
            if let Ok(checked) = form.check(morning(NOW)) {
                prop_assert!(checked.accuracy.value() > 0.0);
            }
        }
    }
}
