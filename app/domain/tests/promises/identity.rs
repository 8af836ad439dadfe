//! 实名认证 (`domain.md` §5; GZ 二): nothing opens before it is through, and the person is told where it stands.

use crate::{HOSTILE, day, fields};
use domain::identity::{
    IdentityChange, IdentityEvent as Event, IdentityForm, IdentityGround, IdentityRefusal as Refusal,
    IdentityState as State, PERSON_FIELDS, stands, why_not_confirm,
};
use domain::review::{CaseState, Due, StagePurpose, Standing};
use domain::{CaseId, Day, FieldErrors, Moment};
use proptest::prelude::*;
use uuid::Uuid;

const TODAY: &str = "2026-11-19";
const FRONT: &str = "01935d2c-7b1a-4000-8000-000000000001";
const BACK: &str = "01935d2c-7b1a-4000-8000-000000000002";

fn form() -> IdentityForm {
    IdentityForm {
        name: "杨晓雨".into(),
        id_card: String::new(),
        residence: "520623".into(),
        residence_detail: "中坝街道平安路 12 号".into(),
        front: String::new(),
        back: String::new(),
    }
}

fn check(form: &IdentityForm, editable: &[&str], returned: bool) -> Result<IdentityChange, FieldErrors> {
    let editable: Vec<String> = editable.iter().map(|code| (*code).to_owned()).collect();
    form.check(&IdentityGround {
        today: day(TODAY),
        editable: &editable,
        returned,
    })
}

fn all() -> Vec<&'static str> {
    PERSON_FIELDS.iter().map(|(code, _)| *code).collect()
}

fn case(state: CaseState, due: Option<Due>) -> Standing {
    Standing {
        id: CaseId::new(Uuid::from_u128(1)),
        state,
        purpose: StagePurpose::CountyReview,
        agency: "石阡县人力资源和社会保障局".into(),
        due,
        reason: None,
        taken_back: false,
        fields: vec![("id_card_photos".into(), "身份证照片".into())],
        stages: Vec::new(),
        submitted_at: Moment::at(day(TODAY), 9, 0),
        decided_at: None,
    }
}

fn due(day: Day, left: i32, overdue: bool) -> Option<Due> {
    Some(Due {
        day,
        left,
        overdue,
        provisional: false,
    })
}

#[test]
fn every_pair_of_identity_state_and_event_is_a_transition_or_a_named_refusal() {
    use Refusal::{Done, NotSubmitted, Rejected as WasRejected, UnderWay};
    use State::{Checking, Manual, Rejected, Unverified, Verified};
    let events = [
        Event::Submit { automatic: true },
        Event::Submit { automatic: false },
        Event::Match,
        Event::NoMatch,
        Event::NoAgency,
        Event::Approve,
        Event::Reject,
        Event::Revoke,
    ];
    let no = Err(NotSubmitted);
    let wait = Err(UnderWay);
    let done = Err(Done);
    let was = Err(WasRejected);
    for (state, outcomes) in [
        (Unverified, [Ok(Checking), Ok(Manual), no, no, no, no, no, no]),
        (
            Checking,
            [wait, wait, Ok(Verified), Ok(Manual), Ok(Unverified), wait, wait, wait],
        ),
        (Manual, [wait, wait, wait, wait, wait, Ok(Verified), Ok(Rejected), wait]),
        (Verified, [done, done, done, done, done, done, done, Ok(Manual)]),
        (
            Rejected,
            [Ok(Checking), Ok(Manual), was, was, was, was, was, Ok(Manual)],
        ),
    ] {
        for (event, expected) in events.into_iter().zip(outcomes) {
            assert_eq!(state.step(event), expected, "{state:?} {event:?}");
        }
    }
}

#[test]
fn every_refusal_says_what_to_do_and_every_state_keeps_its_code() {
    for refusal in [
        Refusal::UnderWay,
        Refusal::Done,
        Refusal::NotSubmitted,
        Refusal::Rejected,
    ] {
        assert!(refusal.message().ends_with('。'));
    }
    for state in State::ALL {
        assert_eq!(State::from_code(state.code()), Some(state));
        assert_eq!(
            serde_json::to_string(&state).unwrap(),
            format!("\"{}\"", state.code()),
            "one name everywhere"
        );
    }
}

#[test]
fn a_first_submission_keeps_the_number_that_is_known_and_needs_no_photos() {
    let change = check(&form(), &all(), false).unwrap();
    assert!(change.id_card.is_none() && change.photos.is_none());
    assert_eq!(change.name.unwrap().as_str(), "杨晓雨");
    assert_eq!(change.residence.unwrap().0, "520623");
}

#[test]
fn what_an_agency_asked_for_must_be_given_and_nothing_else_can_be_changed() {
    let only_photos = IdentityForm::default();
    assert_eq!(
        fields(check(&only_photos, &["id_card_photos"], true)),
        ["front", "back"]
    );
    assert_eq!(fields(check(&only_photos, &["id_card"], true)), ["id_card"]);
    let both = IdentityForm {
        front: FRONT.into(),
        back: BACK.into(),
        ..IdentityForm::default()
    };
    let change = check(&both, &["id_card_photos"], true).unwrap();
    assert_eq!(change.photos.unwrap().map(|id| id.to_string()), [FRONT, BACK]);
    let more = IdentityForm {
        name: "王二".into(),
        ..both
    };
    assert_eq!(fields(check(&more, &["id_card_photos"], true)), ["name"]);
    assert_eq!(
        fields(check(&form(), &[], false)),
        ["name", "residence", "residence_detail"]
    );
}

#[test]
fn one_side_of_the_card_or_the_same_photo_twice_is_not_enough() {
    let with = |front: &str, back: &str| IdentityForm {
        front: front.into(),
        back: back.into(),
        ..form()
    };
    assert_eq!(fields(check(&with(FRONT, ""), &all(), false)), ["back"]);
    assert_eq!(fields(check(&with("", BACK), &all(), false)), ["front"]);
    assert_eq!(fields(check(&with(FRONT, FRONT), &all(), false)), ["back"]);
    assert_eq!(fields(check(&with("photo", BACK), &all(), false)), ["front"]);
}

#[test]
fn hostile_text_is_refused_beside_its_field_and_the_number_stays_out_of_logs_and_drafts() {
    for text in HOSTILE {
        let bad = |form: IdentityForm| check(&form, &all(), false);
        assert_eq!(
            fields(bad(IdentityForm {
                residence: text.into(),
                ..form()
            })),
            ["residence"]
        );
        if !text.trim().is_empty() {
            let number = IdentityForm {
                id_card: text.into(),
                ..form()
            };
            assert_eq!(fields(bad(number)), ["id_card"]);
        }
    }
    let number = IdentityForm {
        id_card: "522224200402290015".into(),
        ..form()
    };
    assert!(!format!("{number:?}").contains("5222"));
    assert_eq!(number.without_secrets().id_card, "");
    let unborn = IdentityForm {
        id_card: "522224202702280018".into(),
        ..form()
    };
    assert_eq!(fields(check(&unborn, &all(), false)), ["id_card"]);
}

#[test]
fn the_person_reads_who_acts_and_until_when() {
    let open = case(CaseState::Submitted, due(day("2026-12-03"), 10, false));
    let words = stands(State::Manual, Some(&open));
    for part in ["石阡县人力资源和社会保障局", "12月3日", "剩 10 个工作日"] {
        assert!(words.contains(part), "{words}");
    }
    let late = case(CaseState::Submitted, due(day("2026-11-18"), -1, true));
    assert!(stands(State::Manual, Some(&late)).contains("超期"));
    let returned = stands(State::Manual, Some(&case(CaseState::Returned, None)));
    assert!(returned.contains("身份证照片") && returned.contains("重新提交"));
    for state in State::ALL {
        for case in [None, Some(&open)] {
            assert!(stands(state, case).ends_with('。'));
        }
    }
}

#[test]
fn an_offer_waits_for_the_identity_and_says_so_with_the_next_step() {
    let open = case(CaseState::Submitted, due(day("2026-12-03"), 10, false));
    let words = why_not_confirm(State::Manual, Some(&open)).unwrap();
    assert!(
        words.starts_with("实名认证还在石阡县人力资源和社会保障局审核") && words.contains("12月3日"),
        "{words}"
    );
    let returned = case(CaseState::Returned, None);
    assert!(
        why_not_confirm(State::Manual, Some(&returned))
            .unwrap()
            .contains("补正")
    );
    for state in State::ALL {
        let why = why_not_confirm(state, None);
        assert_eq!(why.is_none(), state == State::Verified);
        assert!(why.is_none_or(|words| words.ends_with('。')));
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_form_panic(texts in prop::collection::vec(any::<String>(), 6), returned: bool) {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap();
        let form = IdentityForm {
            name: next(), id_card: next(), residence: next(), residence_detail: next(), front: next(), back: next(),
        };
        let _ = check(&form, &all(), returned);
        let _ = check(&form, &[], returned);
    }
}
