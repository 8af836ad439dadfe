//! 见习单位认证: every pair of state and event, the application's checks, and what an agency must write down.

use crate::{HOSTILE, day, national};
use domain::certification::{
    CertificationEvent, CertificationForm, CertificationRefusal, CertificationState, FIELDS, FormGround, MentorRow,
    NeedRow, PlanOffer, REQUIRED, StaffRow, seats_limit,
};
use domain::host::HostStanding;
use domain::review::Plan;
use proptest::prelude::*;

/// What somebody typed wrong.
type Change = fn(&mut CertificationForm);

const FILE: &str = "0193a1f0-0000-4000-8000-000000000001";

fn plans() -> Vec<PlanOffer> {
    [
        (Plan::County, None),
        (Plan::City, Some("本地没有市级见习计划，请改选其他计划。")),
    ]
    .into_iter()
    .map(|(plan, refusal)| PlanOffer {
        plan,
        way: String::new(),
        refusal: refusal.map(str::to_owned),
    })
    .collect()
}

fn good() -> CertificationForm {
    CertificationForm {
        plan: "county".to_owned(),
        profile: "本公司从事茶叶种植、加工和销售，有厂房两处。\n\n\n可以提供质检、电商运营等岗位。".to_owned(),
        insured_employees: "120".to_owned(),
        needs: vec![
            NeedRow {
                profession: "电子商务".to_owned(),
                people: "6".to_owned(),
                note: String::new(),
            },
            NeedRow {
                profession: "食品质检".to_owned(),
                people: "4".to_owned(),
                note: "大专以上".to_owned(),
            },
        ],
        mentors: vec![MentorRow {
            name: "何建国".to_owned(),
            title: "质检主管".to_owned(),
            years: "12".to_owned(),
        }],
        staff: vec![StaffRow {
            name: "罗敏".to_owned(),
            position: "人事专员".to_owned(),
        }],
        management_rules: FILE.to_owned(),
        mentor_list: String::new(),
        staff_papers: String::new(),
    }
}

fn wrong(form: &CertificationForm) -> Vec<String> {
    let plans = plans();
    let errors = form.check(&FormGround { plans: &plans }).unwrap_err();
    assert!(errors.0.iter().all(|error| !error.message.is_empty()));
    errors.0.into_iter().map(|error| error.field).collect()
}

fn events() -> [CertificationEvent; 12] {
    use CertificationEvent::*;
    [
        Submit,
        Approve,
        Reject,
        Revoke,
        Revise,
        Apply {
            today: day("2029-11-18"),
            banned_until: Some(day("2029-11-19")),
        },
        CleanOut { idle: true },
        CleanOut { idle: false },
        AskRectification,
        Rectified,
        RefuseRectification,
        FalseClaim,
    ]
}

#[test]
fn every_pair_of_a_certification_is_a_step_or_a_refusal() {
    use CertificationRefusal as R;
    use CertificationState::*;
    let banned = R::Banned {
        until: day("2029-11-19"),
    };
    let table = [
        (
            Draft,
            [
                Ok(Submitted),
                Err(R::NotSubmitted),
                Err(R::NotSubmitted),
                Err(R::NotSubmitted),
                Err(R::AlreadyDraft),
                Err(R::AlreadyDraft),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
            ],
        ),
        (
            Submitted,
            [
                Err(R::UnderWay),
                Ok(Certified),
                Ok(Rejected),
                Err(R::UnderWay),
                Err(R::UnderWay),
                Err(R::UnderWay),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
            ],
        ),
        (
            Certified,
            [
                Err(R::AlreadyCertified),
                Err(R::AlreadyCertified),
                Err(R::AlreadyCertified),
                Ok(Submitted),
                Err(R::AlreadyCertified),
                Err(R::AlreadyCertified),
                Ok(CleanedOut),
                Err(R::NotIdle),
                Ok(Rectifying),
                Err(R::NothingToRectify),
                Err(R::NothingToRectify),
                Ok(Disqualified),
            ],
        ),
        (
            Rejected,
            [
                Err(R::Rejected),
                Err(R::Rejected),
                Err(R::Rejected),
                Ok(Submitted),
                Ok(Draft),
                Err(R::Rejected),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
                Err(R::NotCertified),
            ],
        ),
        (
            CleanedOut,
            [
                Err(R::CleanedOut),
                Err(R::CleanedOut),
                Err(R::CleanedOut),
                Err(R::CleanedOut),
                Err(R::CleanedOut),
                Ok(Draft),
                Err(R::CleanedOut),
                Err(R::CleanedOut),
                Err(R::CleanedOut),
                Err(R::CleanedOut),
                Err(R::CleanedOut),
                Err(R::CleanedOut),
            ],
        ),
        (
            Rectifying,
            [
                Err(R::Rectifying),
                Err(R::Rectifying),
                Err(R::Rectifying),
                Err(R::Rectifying),
                Err(R::Rectifying),
                Err(R::Rectifying),
                Err(R::Rectifying),
                Err(R::Rectifying),
                Err(R::Rectifying),
                Ok(Certified),
                Ok(Disqualified),
                Ok(Disqualified),
            ],
        ),
        (
            Disqualified,
            [
                Err(R::Disqualified),
                Err(R::Disqualified),
                Err(R::Disqualified),
                Err(R::Disqualified),
                Err(R::Disqualified),
                Err(banned),
                Err(R::Disqualified),
                Err(R::Disqualified),
                Err(R::Disqualified),
                Err(R::Disqualified),
                Err(R::Disqualified),
                Err(R::Disqualified),
            ],
        ),
    ];
    assert_eq!(table.map(|(state, _)| state).len(), CertificationState::ALL.len());
    for (state, outcomes) in table {
        for (event, expected) in events().into_iter().zip(outcomes) {
            let found = state.step(event);
            assert_eq!(found, expected, "{state:?} {event:?}");
            if let Err(refusal) = found {
                assert!(refusal.message().ends_with('。'));
            }
        }
        assert_eq!(CertificationState::from_code(state.code()), Some(state));
        assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{}\"", state.code()));
    }
}

#[test]
fn only_a_certified_host_may_take_people_on_also_while_it_rectifies() {
    for state in CertificationState::ALL {
        let may = matches!(state, CertificationState::Certified | CertificationState::Rectifying);
        assert_eq!(state.standing() == HostStanding::Certified, may, "{state:?}");
    }
}

#[test]
fn an_application_is_taken_as_people_type_it() {
    let plans = plans();
    let application = good().check(&FormGround { plans: &plans }).unwrap();
    assert_eq!(
        (application.plan, application.insured_employees, application.people()),
        (Plan::County, 120, 10)
    );
    assert_eq!(
        application.profile.lines().count(),
        3,
        "one empty line between paragraphs is kept"
    );
    assert_eq!(application.mentor_list, None);
    assert_eq!(good().filled(&FormGround { plans: &plans }), REQUIRED.len());
    let mut rules = national();
    assert_eq!(seats_limit(120, &rules), 120);
    rules.seats_percent_of_insured = 50;
    assert_eq!(seats_limit(121, &rules), 60);
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let plans = plans();
    let ground = FormGround { plans: &plans };
    let empty = wrong(&CertificationForm::default());
    assert_eq!(empty, REQUIRED);
    assert_eq!(CertificationForm::default().filled(&ground), 0);
    let cases: [(Change, &str); 13] = [
        (|form| form.plan = "city".to_owned(), "plan"),
        (|form| form.plan = "province".to_owned(), "plan"),
        (|form| form.profile = "太短".to_owned(), "profile"),
        (|form| form.profile = "长".repeat(1001), "profile"),
        (
            |form| form.insured_employees = "1000001".to_owned(),
            "insured_employees",
        ),
        (|form| form.insured_employees = "12.5".to_owned(), "insured_employees"),
        (|form| form.needs[1].people = "0".to_owned(), "needs.1.people"),
        (|form| form.needs[0].profession.clear(), "needs.0.profession"),
        (|form| form.mentors[0].name = "Tom".to_owned(), "mentors.0.name"),
        (|form| form.mentors[0].years = "61".to_owned(), "mentors.0.years"),
        (|form| form.staff.clear(), "staff"),
        (|form| form.mentor_list = "x".to_owned(), "mentor_list"),
        (|form| form.staff_papers = "x".to_owned(), "staff_papers"),
    ];
    for (change, field) in cases {
        let mut form = good();
        change(&mut form);
        assert_eq!(wrong(&form), [field]);
    }
    let mut form = good();
    form.needs = vec![form.needs[0].clone(); 21];
    assert_eq!(wrong(&form), ["needs"]);
    assert!(!form.is_keepable());
    assert!(good().is_keepable());
}

#[test]
fn of_a_returned_application_only_the_returned_fields_change() {
    let mut typed = good();
    typed.profile.push_str("补充。");
    typed.mentors.clear();
    typed.plan = "city".to_owned();
    typed.staff_papers = FILE.to_owned();
    let kept = typed.clone().only_changing(&good(), &["mentors".to_owned()]);
    assert_eq!(
        kept,
        CertificationForm {
            mentors: Vec::new(),
            ..good()
        }
    );
    let all: Vec<String> = FIELDS.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert_eq!(typed.clone().only_changing(&good(), &all), typed);
}

#[test]
fn what_was_returned_and_is_still_as_it_was_sent_is_named() {
    let open = ["mentors".to_owned(), "profile".to_owned()];
    assert_eq!(good().unmended(&good(), &open), ["单位简介", "见习指导师资"]);
    let mut mended = good();
    mended.mentors.clear();
    mended.plan = "city".to_owned();
    assert_eq!(mended.unmended(&good(), &open), ["单位简介"]);
}

#[test]
fn hostile_text_is_refused_or_kept_harmless() {
    let plans = plans();
    for text in HOSTILE {
        let mut form = good();
        form.profile = text.to_owned();
        form.insured_employees = text.to_owned();
        form.mentors[0].name = text.to_owned();
        form.management_rules = text.to_owned();
        form.plan = text.to_owned();
        form.check(&FormGround { plans: &plans }).unwrap_err();
    }
}

proptest! {
    #[test]
    fn a_disqualified_host_is_never_certified_without_a_new_application(kinds in prop::collection::vec(0_usize..12, 0..30)) {
        let mut state = CertificationState::Disqualified;
        let mut applied = false;
        for kind in kinds {
            if let Ok(next) = state.step(events()[kind]) {
                applied |= next == CertificationState::Draft;
                state = next;
            }
        }
        // The ban of `events` has not ended.
        prop_assert!(!applied && state == CertificationState::Disqualified);
    }

    #[test]
    fn any_profile_is_taken_or_refused_without_a_panic(text in "\\PC{0,60}(\n\\PC{0,60}){0,6}") {
        if let Ok(kept) = domain::form::lines(&text, 1..=200, "空", "长") {
            prop_assert!(!kept.is_empty() && kept.lines().all(|line| line.trim() == line));
            prop_assert!(!kept.contains("\n\n\n"));
        }
    }
}
