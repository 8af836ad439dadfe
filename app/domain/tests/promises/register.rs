//! Registration (`domain.md` §1 groups, §7 age and window, §9 checks).

use crate::{HOSTILE, day, fields, national};
use domain::FieldErrors;
use domain::trainee::{NewTrainee, RegisterForm, TraineeKind};
use proptest::prelude::*;

const TODAY: &str = "2026-11-19";

fn graduate() -> RegisterForm {
    RegisterForm {
        name: "杨晓雨".into(),
        id_card: "522224200402290015".into(),
        phone: "13812345678".into(),
        password: "correct horse".into(),
        kind: "graduate".into(),
        school: "铜仁学院".into(),
        diploma_date: "2026-06-30".into(),
        residence: "520623".into(),
        residence_detail: "中坝街道平安路12号".into(),
        consent_privacy: "on".into(),
        ..RegisterForm::default()
    }
}

fn youth() -> RegisterForm {
    RegisterForm {
        kind: "unemployed_youth".into(),
        school: String::new(),
        diploma_date: String::new(),
        unemployed_since: "2026-09-01".into(),
        ..graduate()
    }
}

fn check(form: &RegisterForm) -> Result<NewTrainee, FieldErrors> {
    form.check(day(TODAY), &national())
}

/// A youth born on a day, with the check digit computed.
fn youth_born(birth: &str) -> RegisterForm {
    let id_card = (0..=10)
        .map(|check| {
            format!(
                "520623{}001{}",
                birth.replace('-', ""),
                if check == 10 { "X".into() } else { check.to_string() }
            )
        })
        .find(|number| domain::IdCard::parse(number).is_ok())
        .unwrap();
    RegisterForm { id_card, ..youth() }
}

#[test]
fn graduates_and_unemployed_youth_register() {
    let trainee = check(&graduate()).unwrap();
    assert_eq!(
        (trainee.kind, trainee.kind_date),
        (TraineeKind::Graduate, day("2026-06-30"))
    );
    let trainee = check(&RegisterForm {
        kind: "vocational_graduate".into(),
        ..graduate()
    })
    .unwrap();
    assert_eq!(
        (trainee.kind, trainee.school.as_deref()),
        (TraineeKind::VocationalGraduate, Some("铜仁学院"))
    );
    let trainee = check(&youth()).unwrap();
    assert_eq!((trainee.school, trainee.kind_date), (None, day("2026-09-01")));
}

#[test]
fn an_empty_form_names_every_field_that_is_needed() {
    let needed = [
        "name",
        "id_card",
        "phone",
        "kind",
        "residence",
        "residence_detail",
        "password",
        "consent_privacy",
    ];
    assert_eq!(fields(check(&RegisterForm::default())), needed);
    let graduate = RegisterForm {
        kind: "graduate".into(),
        ..RegisterForm::default()
    };
    assert!(fields(check(&graduate)).join(" ").contains("school diploma_date"));
    let youth = RegisterForm {
        kind: "unemployed_youth".into(),
        ..RegisterForm::default()
    };
    assert!(fields(check(&youth)).contains(&"unemployed_since".to_owned()));
}

#[test]
fn a_graduate_registers_within_two_years_of_the_diploma() {
    let dated = |date: &str| {
        check(&RegisterForm {
            diploma_date: date.into(),
            ..graduate()
        })
    };
    for good in ["2026-11-19", "2024-11-19"] {
        assert!(dated(good).is_ok(), "{good}");
    }
    for bad in ["2024-11-18", "2026-11-20", "2026-02-30", "", "2026年6月"] {
        assert_eq!(fields(dated(bad)), ["diploma_date"], "{bad}");
    }
}

#[test]
fn the_window_is_a_number_of_the_rule_pack() {
    let mut rules = national();
    rules.graduate_window_years = 3;
    let form = RegisterForm {
        diploma_date: "2024-01-10".into(),
        ..graduate()
    };
    assert!(check(&form).is_err());
    assert!(form.check(day(TODAY), &rules).is_ok());
}

#[test]
fn youth_is_16_until_the_day_before_the_25th_birthday() {
    for good in ["2010-09-01", "2001-11-20"] {
        assert!(check(&youth_born(good)).is_ok(), "{good}");
    }
    assert_eq!(fields(check(&youth_born("2001-11-19"))), ["kind"], "25 today");
    assert_eq!(
        fields(check(&youth_born("2010-11-20"))),
        ["kind", "unemployed_since"],
        "15 today"
    );
}

#[test]
fn a_graduate_may_be_older_than_24() {
    assert!(
        check(&RegisterForm {
            id_card: "11010519491231002X".into(),
            ..graduate()
        })
        .is_ok()
    );
}

#[test]
fn unemployment_is_registered_after_the_16th_birthday_and_not_in_the_future() {
    let since = |date: &str| {
        check(&RegisterForm {
            unemployed_since: date.into(),
            ..youth_born("2010-09-01")
        })
    };
    assert!(since("2026-09-01").is_ok() && since("2026-11-19").is_ok());
    for bad in ["2026-08-31", "2026-11-20", "", "yesterday"] {
        assert_eq!(fields(since(bad)), ["unemployed_since"], "{bad}");
    }
}

#[test]
fn an_id_card_of_somebody_not_born_yet_is_refused() {
    assert!(fields(check(&youth_born("2026-11-20"))).contains(&"id_card".to_owned()));
}

#[test]
fn a_residence_is_a_county_or_a_city_without_counties() {
    for good in ["520623", "441900", "442000", "460400", "620200"] {
        assert!(
            check(&RegisterForm {
                residence: good.into(),
                ..graduate()
            })
            .is_ok(),
            "{good}"
        );
    }
    for bad in ["520000", "520600", "52062", "5206230", "52062a", "五二零六二三", ""] {
        assert_eq!(
            fields(check(&RegisterForm {
                residence: bad.into(),
                ..graduate()
            })),
            ["residence"],
            "{bad}"
        );
    }
}

#[test]
fn a_password_has_8_to_64_characters() {
    for good in ["12345678", "八个汉字的密码啊", &"长".repeat(64)] {
        assert!(
            check(&RegisterForm {
                password: good.into(),
                ..graduate()
            })
            .is_ok()
        );
    }
    for bad in ["", "1234567", &"长".repeat(65)] {
        assert_eq!(
            fields(check(&RegisterForm {
                password: bad.into(),
                ..graduate()
            })),
            ["password"]
        );
    }
}

#[test]
fn the_privacy_notice_must_be_accepted_and_the_consent_for_position_is_separate() {
    assert_eq!(
        fields(check(&RegisterForm {
            consent_privacy: String::new(),
            ..graduate()
        })),
        ["consent_privacy"]
    );
    assert!(!graduate().consents_to_position() && check(&graduate()).is_ok());
    assert!(
        RegisterForm {
            consent_sensitive: "on".into(),
            ..graduate()
        }
        .consents_to_position()
    );
}

#[test]
fn the_debug_text_of_a_form_shows_no_secret() {
    let text = format!("{:?}", graduate());
    assert!(
        !text.contains("522224") && !text.contains("13812345678") && !text.contains("correct horse"),
        "{text}"
    );
    let text = format!("{:?}", check(&graduate()).unwrap());
    assert!(
        !text.contains("522224200402290015") && !text.contains("13812345678"),
        "{text}"
    );
}

#[test]
fn a_draft_never_keeps_the_password() {
    let draft = graduate().without_secrets();
    assert_eq!(
        draft,
        RegisterForm {
            password: String::new(),
            ..graduate()
        }
    );
}

#[test]
fn the_steps_hold_every_field_of_the_form_exactly_once() {
    let json = serde_json::to_value(RegisterForm::default()).unwrap();
    let mut all: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let mut steps: Vec<_> = RegisterForm::STEPS
        .iter()
        .flat_map(|(_, fields)| fields.iter().copied())
        .collect();
    all.sort_unstable();
    steps.sort_unstable();
    assert_eq!(steps, all);
}

#[test]
fn the_errors_of_one_step_are_only_its_own() {
    let errors = check(&RegisterForm::default()).unwrap_err();
    let first = errors.only(RegisterForm::STEPS[0].1);
    assert_eq!(
        first.0.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(),
        ["name", "id_card", "phone"]
    );
}

#[test]
fn hostile_text_in_a_field_is_a_field_error_or_kept_as_text() {
    for text in HOSTILE {
        let text = text.to_owned();
        for (field, form) in [
            (
                "id_card",
                RegisterForm {
                    id_card: text.clone(),
                    ..graduate()
                },
            ),
            (
                "phone",
                RegisterForm {
                    phone: text.clone(),
                    ..graduate()
                },
            ),
            (
                "kind",
                RegisterForm {
                    kind: text.clone(),
                    ..graduate()
                },
            ),
            (
                "diploma_date",
                RegisterForm {
                    diploma_date: text.clone(),
                    ..graduate()
                },
            ),
            (
                "residence",
                RegisterForm {
                    residence: text.clone(),
                    ..graduate()
                },
            ),
        ] {
            assert_eq!(fields(check(&form)), [field], "{text:?}");
        }
        if let Ok(trainee) = check(&RegisterForm {
            residence_detail: text.clone(),
            ..graduate()
        }) {
            assert_eq!(trainee.residence_detail, text);
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_registration_panic(texts in prop::collection::vec(any::<String>(), 12), kind in 0..3_usize) {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap();
        let mut form = RegisterForm {
            name: next(), id_card: next(), phone: next(), password: next(), kind: next(), school: next(), diploma_date: next(),
            unemployed_since: next(), residence: next(), residence_detail: next(), consent_privacy: next(), consent_sensitive: next(),
        };
        prop_assert!(check(&form).is_err());
        form.kind = TraineeKind::ALL[kind].code().to_owned();
        prop_assert!(check(&form).is_err());
    }

    #[test]
    fn a_youth_is_admitted_exactly_from_16_to_24(days in 0..20_000_i32) {
        let birth = domain::value::add_days(day("1975-01-01"), days);
        let age = domain::value::age_on(birth, day(TODAY));
        let form = RegisterForm { unemployed_since: TODAY.into(), ..youth_born(&birth.to_string()) };
        prop_assert_eq!(check(&form).is_ok(), (16..=24).contains(&age));
    }
}
