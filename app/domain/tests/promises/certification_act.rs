//! What an agency does about a certified host, and what follows by itself: acts with their reasons, the ban, the idle year.

use crate::{day, national};
use domain::certification::{
    CertificationEvent, CertificationState, UnitAct, UnitActForm, banned_until, idle_from, is_idle,
};

#[test]
fn a_ban_ends_on_its_day_and_names_it_before() {
    let until = banned_until(day("2026-11-19"), &national());
    assert_eq!(until, day("2029-11-19"));
    let apply = |today| CertificationEvent::Apply {
        today,
        banned_until: Some(until),
    };
    let early = CertificationState::Disqualified
        .step(apply(day("2029-11-18")))
        .unwrap_err();
    assert!(early.message().contains("2029年11月19日"));
    assert_eq!(
        CertificationState::Disqualified.step(apply(until)),
        Ok(CertificationState::Draft)
    );
}

#[test]
fn a_host_is_idle_after_a_year_without_a_sign_of_life_unless_somebody_is_there() {
    let (rules, today) = (national(), day("2027-11-20"));
    assert_eq!(idle_from(today, &rules), day("2026-11-20"));
    assert!(is_idle(day("2026-11-19"), false, today, &rules));
    assert!(!is_idle(day("2026-11-20"), false, today, &rules));
    assert!(!is_idle(day("2020-01-01"), true, today, &rules));
}

#[test]
fn an_act_of_the_agency_needs_a_reason_and_a_rectification_its_last_day() {
    let today = day("2026-11-19");
    let form = |act: &str, reason: &str, until: &str| UnitActForm {
        act: act.to_owned(),
        reason: reason.to_owned(),
        until: until.to_owned(),
    };
    let reason = "年度考核不合格，带教记录缺失";
    for act in UnitAct::ALL {
        assert_eq!(UnitAct::from_code(act.code()), Some(act));
        let until = if act == UnitAct::AskRectification {
            "2026-12-31"
        } else {
            ""
        };
        let new = form(act.code(), reason, until).check(today, 180).unwrap();
        assert_eq!((new.act, new.until.is_some()), (act, act == UnitAct::AskRectification));
        let errors = form(act.code(), "不行", until).check(today, 180).unwrap_err();
        assert!(errors.of("reason").is_some());
    }
    for until in ["", "2026-11-19", "2027-05-19", "明天"] {
        let errors = form("ask_rectification", reason, until).check(today, 180).unwrap_err();
        assert!(errors.of("until").is_some(), "{until}");
    }
    let shorter = form("ask_rectification", reason, "2026-12-31")
        .check(today, 30)
        .unwrap_err();
    assert!(shorter.of("until").unwrap().contains("30 天"));
    assert!(
        form("delete", reason, "")
            .check(today, 180)
            .unwrap_err()
            .of("act")
            .is_some()
    );
}
