use super::*;
use crate::api::Rush;
use domain::attendance::{CheckInState, CheckInView, SiteFence, Verdict, WeekQuota};
use domain::{FieldErrors, InternshipId, LatLon, Meters, SiteId};
use uuid::Uuid;

const LAT: f64 = 26.6470;
const LON: f64 = 106.6302;
/// About 111 m of latitude.
const STEP: f64 = 0.001;

fn id(n: u128) -> CheckInId {
    CheckInId::new(Uuid::from_u128(n))
}

fn at(ms: i64) -> Moment {
    Moment::from_millis(1_795_050_120_000 + ms)
}

fn ground() -> Ground {
    Ground {
        internship: InternshipId::new(Uuid::from_u128(7)),
        sites: vec![SiteFence {
            id: SiteId::new(Uuid::from_u128(8)),
            name: "观山湖办公区".into(),
            centre: LatLon::parse(LAT, LON).unwrap(),
            radius: Meters::new(300.0).unwrap(),
        }],
    }
}

fn fix(steps_north: f64, accuracy: f64) -> Fix {
    ground().judge(LAT + steps_north * STEP, LON, accuracy).unwrap()
}

fn located(fix: Fix, ms: i64) -> Event {
    Event::Located { fix, now: at(ms) }
}

fn after(events: Vec<Event>) -> Flow {
    let ground = ground();
    events
        .into_iter()
        .fold(Flow::Idle, |flow, event| flow.step(event, &ground))
}

fn press() -> Event {
    Event::Press { id: id(1), now: at(0) }
}

fn submit(reason: &str) -> Event {
    Event::Submit {
        reason: reason.into(),
        now: at(20_000),
    }
}

fn receipt(of: CheckInId) -> CheckInReceipt {
    CheckInReceipt {
        check_in: CheckInView {
            id: of,
            at: at(100),
            site: "观山湖办公区".into(),
            distance: Meters::new(83.0).unwrap(),
            accuracy: Meters::new(12.0).unwrap(),
            verdict: Verdict::Inside,
            state: CheckInState::Valid,
            reason: None,
            note: None,
            version: 1,
        },
        repeated: false,
        quota: WeekQuota {
            required: 2,
            counted: 1,
        },
    }
}

fn sent(flow: &Flow) -> &CheckInForm {
    match flow {
        Flow::Sending { form, .. } => form,
        other => panic!("not sending: {other:?}"),
    }
}

#[test]
fn nothing_is_located_before_the_press() {
    let idle = after(vec![located(fix(0.0, 5.0), 0), Event::Tick(at(60_000)), Event::Explain]);
    assert_eq!(idle, Flow::Idle);
    assert!(!idle.watches());
    assert!(after(vec![press()]).watches());
}

#[test]
fn a_position_inside_is_sent_at_once_without_a_reason() {
    let flow = after(vec![press(), located(fix(0.5, 12.0), 800)]);
    let form = sent(&flow);
    assert_eq!(
        (form.id, form.device_time, form.reason.as_str()),
        (id(1), at(800).millis(), "")
    );
    assert!((form.accuracy - 12.0).abs() < f64::EPSILON);
    assert!(!flow.watches());
}

#[test]
fn an_uncertain_position_keeps_improving_and_a_later_one_inside_is_sent() {
    let events = vec![
        press(),
        located(fix(1.0, 400.0), 1_000),
        located(fix(1.0, 900.0), 2_000),
        Event::Tick(at(11_000)),
    ];
    let flow = after(events.clone());
    assert!(matches!(&flow, Flow::Locating { best: Some(best), .. } if (best.accuracy.value() - 400.0).abs() < 0.1));
    let flow = flow.step(located(fix(1.0, 20.0), 11_500), &ground());
    assert!((sent(&flow).accuracy - 20.0).abs() < 0.1);
}

#[test]
fn outside_is_asked_after_some_seconds_or_as_soon_as_the_person_wants() {
    let outside = vec![press(), located(fix(17.0, 15.0), 1_000)];
    let waited = after([outside.clone(), vec![Event::Tick(at(12_000))]].concat());
    assert!(matches!(&waited, Flow::Asking { fix, .. } if fix.verdict == Verdict::Outside));
    assert_eq!(after([outside, vec![Event::Explain]].concat()), waited);
    let empty = waited.clone().step(submit(" "), &ground());
    assert!(matches!(&empty, Flow::Asking { error: Some(_), .. }));
    let flow = empty.step(submit(" 去客户公司送资料 "), &ground());
    assert_eq!(
        (sent(&flow).id, sent(&flow).reason.as_str()),
        (id(1), "去客户公司送资料")
    );
}

#[test]
fn a_rough_position_gets_its_own_words_and_may_still_be_sent() {
    let flow = after(vec![press(), located(fix(1.0, 3000.0), 1_000), Event::Tick(at(12_000))]);
    assert!(matches!(
        flow,
        Flow::Stuck {
            trouble: Trouble::Imprecise,
            rough: Some(_),
            ..
        }
    ));
    assert!(matches!(flow.step(Event::Explain, &ground()), Flow::Asking { .. }));
}

#[test]
fn every_trouble_is_told_apart_and_can_be_tried_again() {
    for trouble in [
        Trouble::Denied,
        Trouble::Insecure,
        Trouble::Unavailable,
        Trouble::TimedOut,
    ] {
        let flow = after(vec![press(), Event::NoPosition(trouble)]);
        assert_eq!(
            flow,
            Flow::Stuck {
                trouble,
                id: id(1),
                rough: None
            }
        );
        assert!(flow.step(Event::LocateAgain(at(1)), &ground()).watches());
    }
    let silent = after(vec![press(), Event::Tick(at(44_999))]);
    assert!(silent.watches());
    assert_eq!(
        silent.step(Event::Tick(at(45_000)), &ground()),
        Flow::Stuck {
            trouble: Trouble::TimedOut,
            id: id(1),
            rough: None
        }
    );
}

#[test]
fn a_position_that_is_lost_again_still_asks_with_the_one_that_was_there() {
    let flow = after(vec![
        press(),
        located(fix(3.0, 80.0), 500),
        Event::NoPosition(Trouble::TimedOut),
    ]);
    assert!(matches!(flow, Flow::Asking { .. }));
}

#[test]
fn a_moment_without_a_position_ends_nothing_while_a_better_one_may_come() {
    let lost = vec![
        press(),
        located(fix(1.0, 240.0), 500),
        Event::NoPosition(Trouble::Unavailable),
    ];
    let flow = after(lost.clone());
    assert!(flow.watches() && flow.fix().is_some());
    assert!(flow.step(located(fix(1.0, 9.0), 900), &ground()).unanswered().is_some());
    assert!(matches!(
        after([lost, vec![Event::Tick(at(12_000))]].concat()),
        Flow::Asking { .. }
    ));
}

#[test]
fn malformed_readings_never_pass() {
    for (latitude, longitude, accuracy) in [
        (f64::NAN, LON, 5.0),
        (LAT, f64::INFINITY, 5.0),
        (91.0, LON, 5.0),
        (LAT, LON, 0.0),
        (LAT, LON, -1.0),
        (LAT, LON, f64::NAN),
    ] {
        assert_eq!(ground().judge(latitude, longitude, accuracy), None);
    }
}

#[test]
fn pressing_twice_is_one_check_in() {
    let second = Event::Press {
        id: id(2),
        now: at(300),
    };
    let flow = after(vec![press(), second.clone(), located(fix(0.0, 5.0), 400), second]);
    assert_eq!(sent(&flow).id, id(1));
}

#[test]
fn a_lost_answer_is_retried_with_the_same_record() {
    let sending = after(vec![press(), located(fix(0.0, 5.0), 400)]);
    let form = sent(&sending).clone();
    for error in [
        ApiError::Transport,
        ApiError::Unavailable,
        ApiError::SignIn,
        ApiError::TooMany {
            retry_after_s: 3,
            of: Rush::Tries,
        },
        ApiError::Internal { reference: "R1".into() },
    ] {
        let kept = sending.clone().step(Event::Answered(Err(error)), &ground());
        assert_eq!(kept.unanswered(), Some(&form));
        let pressed = kept.clone().step(
            Event::Press {
                id: id(2),
                now: at(900),
            },
            &ground(),
        );
        assert_eq!(pressed, kept, "a new press must not make a second record");
        assert_eq!(sent(&kept.step(Event::Retry(at(60_000)), &ground())), &form);
    }
}

#[test]
fn silence_keeps_the_record_and_a_late_answer_still_counts() {
    let kept = after(vec![press(), located(fix(0.0, 5.0), 400), Event::Tick(at(20_400))]);
    assert!(matches!(
        &kept,
        Flow::Kept {
            error: Some(ApiError::Transport),
            ..
        }
    ));
    let other = kept.clone().step(Event::Answered(Ok(receipt(id(9)))), &ground());
    assert_eq!(
        other, kept,
        "an answer about another record says nothing about this one"
    );
    assert!(matches!(
        kept.step(Event::Answered(Ok(receipt(id(1)))), &ground()),
        Flow::Done { .. }
    ));
}

#[test]
fn a_definite_no_ends_the_record_and_the_next_press_is_a_new_one() {
    let no = Event::Answered(Err(ApiError::Refused {
        message: "见习还没开始".into(),
    }));
    let flow = after(vec![press(), located(fix(0.0, 5.0), 400), no]);
    assert!(matches!(flow, Flow::Refused { .. }));
    assert_eq!(flow.unanswered(), None);
    let again = after_from(
        flow,
        vec![
            Event::Press {
                id: id(2),
                now: at(9_000),
            },
            located(fix(0.0, 5.0), 9_100),
        ],
    );
    assert_eq!(sent(&again).id, id(2));
}

#[test]
fn a_reason_that_the_server_wants_is_asked_for_without_losing_the_position() {
    let invalid = ApiError::Invalid {
        errors: FieldErrors::one("reason", "请写明原因"),
    };
    let flow = after(vec![
        press(),
        located(fix(0.0, 5.0), 400),
        Event::Answered(Err(invalid)),
    ]);
    assert!(matches!(&flow, Flow::Asking { error: Some(error), .. } if error == "请写明原因"));
}

#[test]
fn after_a_reload_only_the_same_internship_takes_a_kept_check_in_up() {
    let form = sent(&after(vec![press(), located(fix(0.0, 5.0), 400)])).clone();
    let mut foreign = form.clone();
    foreign.internship = InternshipId::new(Uuid::from_u128(99));
    assert_eq!(after(vec![Event::Found(foreign)]), Flow::Idle);
    let found = after(vec![Event::Found(form.clone())]);
    assert_eq!(sent(&found.step(Event::Retry(at(1)), &ground())), &form);
}

#[test]
fn a_kept_record_is_the_same_record_after_it_was_kept_as_text() {
    for accuracy in [
        12.345_678_901_234_567,
        0.1 + 0.2,
        65.000_000_000_000_01,
        1_414.213_562_373_095,
    ] {
        let flow = after(vec![press(), located(fix(0.3, 5.0), 100)]);
        let rough = ground().judge(LAT + 0.000_123_456_789, LON + 0.1, accuracy).unwrap();
        let mut form = sent(&flow).clone();
        let other = ground().form(form.id, &rough, "在外面", at(5));
        (form.latitude, form.longitude, form.accuracy) = (other.latitude, other.longitude, other.accuracy);
        let text = serde_json::to_string(&form).unwrap();
        let back: CheckInForm = serde_json::from_str(&text).unwrap();
        assert_eq!(back, form);
        assert_eq!(serde_json::to_string(&back).unwrap(), text);
    }
}

#[test]
fn what_is_on_its_way_cannot_be_cancelled_and_what_is_kept_can_be_given_up() {
    let sending = after(vec![press(), located(fix(0.0, 5.0), 400)]);
    assert_eq!(sending.clone().step(Event::Cancel, &ground()), sending);
    let kept = sending.step(Event::Answered(Err(ApiError::Transport)), &ground());
    assert_eq!(kept.step(Event::Cancel, &ground()), Flow::Idle);
}

fn after_from(flow: Flow, events: Vec<Event>) -> Flow {
    let ground = ground();
    events.into_iter().fold(flow, |flow, event| flow.step(event, &ground))
}
