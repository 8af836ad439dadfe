//! What the screens of a certification say of days, papers and cases.

use crate::{calendar, day};
use domain::certification::{CertificationState, FIELDS, UnitRow, paper_of};
use domain::file::FilePurpose;
use domain::review::Due;
use domain::{HostId, calendar::Calendar};
use uuid::Uuid;

#[test]
fn a_due_day_says_whether_it_lies_ahead_has_passed_or_may_still_move() {
    let until = |today: &str, calendar: &Calendar| Due::on(day("2026-11-20"), day(today), calendar).until();
    assert_eq!(
        until("2026-11-18", &calendar()),
        "应在2026年11月20日前办结，剩 2 个工作日"
    );
    assert_eq!(
        until("2026-11-25", &calendar()),
        "应在2026年11月20日前办结，超期 3 个工作日"
    );
    let nobody_knows = Calendar::new(Vec::new());
    assert_eq!(
        until("2026-11-18", &nobody_knows),
        "应在2026年11月20日前办结，剩 2 个工作日（放假安排公布后可能调整）"
    );
    assert_eq!(Due::on(day("2026-11-20"), day("2026-11-18"), &calendar()).remark(), "");
}

#[test]
fn a_rectification_is_over_after_its_last_day_and_only_while_it_goes_on() {
    let row = |state, until: Option<&str>| UnitRow {
        id: HostId::new(Uuid::from_u128(1)),
        name: "单位".to_owned(),
        county: "石阡县".to_owned(),
        state,
        certified_by: None,
        since: None,
        people: 0,
        last_sign: day("2026-11-19"),
        idle: false,
        rectify_until: until.map(day),
    };
    let rectifying = row(CertificationState::Rectifying, Some("2026-12-31"));
    assert!(!rectifying.is_rectification_over(day("2026-12-31")));
    assert!(rectifying.is_rectification_over(day("2027-01-01")));
    for state in CertificationState::ALL {
        assert!(!row(state, None).is_rectification_over(day("2027-01-01")));
        let over = row(state, Some("2026-12-31")).is_rectification_over(day("2027-01-01"));
        assert_eq!(over, state == CertificationState::Rectifying, "{state:?}");
    }
}

#[test]
fn each_paper_of_the_application_is_handed_in_as_one_thing() {
    let papers: Vec<_> = FIELDS
        .into_iter()
        .filter_map(|(field, _)| Some((field, paper_of(field)?)))
        .collect();
    assert_eq!(
        papers,
        [
            ("management_rules", FilePurpose::ManagementRules),
            ("mentor_list", FilePurpose::MentorList),
            ("staff_papers", FilePurpose::StaffPapers),
        ]
    );
    assert_eq!(paper_of("licence"), None, "it is the identity's");
}
