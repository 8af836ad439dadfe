//! Taking a person on (`domain.md` §5 internship, §7: 3–12 months).

use crate::{HOSTILE, day, fields, national};
use domain::FieldErrors;
use domain::internship::{DeclineForm, NewOffer, OfferForm};
use proptest::prelude::*;

const TODAY: &str = "2026-11-19";

fn form() -> OfferForm {
    OfferForm {
        id: "01935d2c-7b1a-7000-8000-0000000000ff".into(),
        name: "杨晓雨".into(),
        phone: "13812345678".into(),
        post: "行政助理".into(),
        site: "01935d2c-7b1a-7000-8000-000000000001".into(),
        starts_on: "2026-11-23".into(),
        ends_on: "2027-05-22".into(),
        allowance: "2100".into(),
    }
}

fn check(form: &OfferForm) -> Result<NewOffer, FieldErrors> {
    form.check(day(TODAY), &national())
}

#[test]
fn a_complete_offer_is_accepted() {
    let offer = check(&form()).unwrap();
    assert_eq!(
        (offer.allowance.fen(), offer.starts_on, offer.post.as_str()),
        (210_000, day("2026-11-23"), "行政助理")
    );
}

#[test]
fn an_empty_offer_names_every_field() {
    assert_eq!(
        fields(check(&OfferForm::default())),
        [
            "id",
            "name",
            "phone",
            "post",
            "site",
            "starts_on",
            "ends_on",
            "allowance"
        ]
    );
}

#[test]
fn an_internship_lasts_three_to_twelve_months() {
    let ends = |text: &str| {
        check(&OfferForm {
            ends_on: text.into(),
            ..form()
        })
    };
    for good in ["2027-02-22", "2027-05-22", "2027-11-22"] {
        assert!(ends(good).is_ok(), "{good}");
    }
    for bad in ["2027-02-21", "2027-11-23", "2026-11-22", "9999-12-31"] {
        let result = ends(bad);
        assert!(
            result
                .as_ref()
                .unwrap_err()
                .of("ends_on")
                .unwrap()
                .contains("2027年2月22日"),
            "says from when"
        );
        assert_eq!(fields(result), ["ends_on"], "{bad}");
    }
}

#[test]
fn a_start_long_past_or_far_ahead_is_refused() {
    let starts = |text: &str, ends: &str| {
        check(&OfferForm {
            starts_on: text.into(),
            ends_on: ends.into(),
            ..form()
        })
    };
    assert!(starts("2026-10-19", "2027-05-22").is_ok());
    assert_eq!(fields(starts("2026-10-18", "2027-05-22")), ["starts_on"]);
    assert!(starts("2027-05-18", "2027-11-22").is_ok());
    assert_eq!(fields(starts("2027-05-19", "2027-11-22")), ["starts_on"]);
}

#[test]
fn an_allowance_is_above_zero_and_at_most_a_hundred_thousand_yuan() {
    for good in ["0.01", "100000", "¥2,100.00"] {
        assert!(
            check(&OfferForm {
                allowance: good.into(),
                ..form()
            })
            .is_ok(),
            "{good}"
        );
    }
    for bad in ["0", "100000.01", "-2100", "NaN", "1e9", "二千一"] {
        assert_eq!(
            fields(check(&OfferForm {
                allowance: bad.into(),
                ..form()
            })),
            ["allowance"],
            "{bad}"
        );
    }
}

#[test]
fn hostile_text_in_a_field_is_a_field_error_or_kept_as_text() {
    for text in HOSTILE {
        let filled = |text: &str| text.to_owned();
        assert_eq!(
            fields(check(&OfferForm {
                site: filled(text),
                ..form()
            })),
            ["site"]
        );
        assert_eq!(
            fields(check(&OfferForm {
                phone: filled(text),
                ..form()
            })),
            ["phone"]
        );
        assert_eq!(
            fields(check(&OfferForm {
                starts_on: filled(text),
                ..form()
            })),
            ["starts_on"]
        );
        assert_eq!(
            fields(check(&OfferForm {
                ends_on: filled(text),
                ..form()
            })),
            ["ends_on"]
        );
        if let Ok(offer) = check(&OfferForm {
            post: filled(text),
            ..form()
        }) {
            assert_eq!(offer.post, text, "text stays text; escaping is the page's");
        }
    }
}

#[test]
fn declining_needs_a_reason_that_the_host_can_read() {
    let decline = |text: &str| DeclineForm { reason: text.into() }.check();
    assert_eq!(decline(" 已找到工作 "), Ok("已找到工作".to_owned()));
    for bad in ["", "\u{200B}\u{200B}\u{200B}", "字", &"字".repeat(201)] {
        assert_eq!(fields(decline(bad)), ["reason"]);
    }
}

proptest! {
    #[test]
    fn no_text_makes_an_offer_panic(texts in prop::collection::vec(any::<String>(), 8)) {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap();
        let form = OfferForm {
            id: next(), name: next(), phone: next(), post: next(), site: next(), starts_on: next(), ends_on: next(), allowance: next(),
        };
        prop_assert!(check(&form).is_err());
    }

    #[test]
    fn what_is_accepted_lasts_between_three_and_twelve_months(start in -40..200_i32, length in 0..500_i32) {
        let starts_on = domain::value::add_days(day(TODAY), start);
        let ends_on = domain::value::add_days(starts_on, length);
        let form = OfferForm { starts_on: starts_on.to_string(), ends_on: ends_on.to_string(), ..form() };
        if let Ok(offer) = check(&form) {
            let months = domain::value::whole_months(offer.starts_on, offer.ends_on);
            prop_assert!((3..=12).contains(&months));
            prop_assert!((-31..=180).contains(&start));
        } else {
            prop_assert!(!(-31..=180).contains(&start) || !(91..=364).contains(&length));
        }
    }
}
