//! `domain.md` §3 (which agency reviews) and §4 (the one review engine).

use crate::{calendar, day};
use domain::AgencyId;
use domain::agency::{Agency, AgencyLevel, Directory};
use domain::review::{
    CaseEvent, CaseKind, CaseRefusal, CaseState, DecisionForm, DecisionGround, Due, Fact, Matter, PaperFact, Plan,
    Progress, RouteRefusal, Snapshot, StagePurpose, Verdict, is_bulk_safe, needs_record, route,
};
use proptest::prelude::*;
use uuid::Uuid;

fn id(number: u128) -> AgencyId {
    AgencyId::new(Uuid::from_u128(number))
}

fn agency(number: u128, level: AgencyLevel, division: &str, parent: Option<u128>) -> Agency {
    Agency {
        id: id(number),
        name: format!("{division} 号机构"),
        level,
        division: division.to_owned(),
        parent: parent.map(id),
        areas: Vec::new(),
    }
}

/// 贵州 (1), 贵阳 (2), 观山湖 (3), 铜仁 (4), 石阡 (5); 重庆 (6), 渝中 (7), 两江新区 (8), which looks after 渝北 as well; 山东 (9), 济南 (10), 历下 (11).
fn agencies() -> Directory {
    use AgencyLevel::{City, County, Province};
    let mut two_rivers = agency(8, County, "500157", Some(6));
    two_rivers.areas = vec!["500112".to_owned()];
    Directory::new(vec![
        agency(1, Province, "520000", None),
        agency(2, City, "520100", Some(1)),
        agency(3, County, "520115", Some(2)),
        agency(4, City, "520600", Some(1)),
        agency(5, County, "520623", Some(4)),
        agency(6, Province, "500000", None),
        agency(7, County, "500103", Some(6)),
        two_rivers,
        agency(9, Province, "370000", None),
        agency(10, City, "370100", Some(9)),
        agency(11, County, "370102", Some(10)),
    ])
}

fn way(matter: Matter<'_>, province: &str) -> Result<Vec<(AgencyId, StagePurpose, u8)>, RouteRefusal> {
    Ok(route(matter, &crate::rulepack::province(province), &agencies())?
        .stages
        .iter()
        .map(|stage| (stage.agency, stage.purpose, stage.workdays))
        .collect())
}

fn certification(business: &str, plan: Plan) -> Matter<'_> {
    Matter::Certification { business, plan }
}

#[test]
fn identities_go_to_the_county_of_the_address() {
    use StagePurpose::CountyReview;
    let host = Matter::HostIdentity { business: "520623" };
    assert_eq!(way(host, "520000"), Ok(vec![(id(5), CountyReview, 10)]));
    let person = Matter::PersonIdentity { residence: "520115" };
    assert_eq!(way(person, "520000"), Ok(vec![(id(3), CountyReview, 10)]));
    let nobody = Matter::PersonIdentity { residence: "520102" };
    let missing = RouteRefusal::NoAgency {
        level: AgencyLevel::County,
    };
    assert_eq!(way(nobody, "520000"), Err(missing));
}

#[test]
fn a_certification_in_guizhou_follows_its_plan() {
    use StagePurpose::{CityReview, CountyReview, ProvinceReview};
    assert_eq!(
        way(certification("520623", Plan::County), "520000"),
        Ok(vec![(id(5), CountyReview, 10)])
    );
    assert_eq!(
        way(certification("520623", Plan::City), "520000"),
        Ok(vec![(id(4), CityReview, 10)])
    );
    // GZ 三: only hosts in 贵阳 may take part in the province's plan, and then instead of the city's, never both.
    assert_eq!(
        way(certification("520115", Plan::Province), "520000"),
        Ok(vec![(id(1), ProvinceReview, 10)])
    );
    assert_eq!(
        way(certification("520623", Plan::Province), "520000"),
        Err(RouteRefusal::PlanElsewhere { plan: Plan::Province })
    );
}

#[test]
fn the_other_provinces_certify_by_their_own_chains() {
    use StagePurpose::{CityReview, CountyInspection, CountyReview, ProvincialFiling};
    assert_eq!(
        way(certification("370102", Plan::County), "370000"),
        Ok(vec![
            (id(11), CountyReview, 10),
            (id(10), CityReview, 10),
            (id(9), ProvincialFiling, 10)
        ])
    );
    // CQ 三(二)1: inspected within 15 working days, then decided; a zone that is no county has its own agency.
    for business in ["500157", "500112"] {
        assert_eq!(
            way(certification(business, Plan::County), "500000"),
            Ok(vec![(id(8), CountyInspection, 15), (id(8), CountyReview, 10)])
        );
    }
    assert_eq!(
        way(certification("500103", Plan::City), "500000"),
        Err(RouteRefusal::PlanNotOffered { plan: Plan::City })
    );
}

#[test]
fn what_follows_goes_to_the_certifying_agency_unless_the_post_was_forwarded_within_its_city() {
    let following = |certified_by, forwarded_to| Matter::Following {
        certified_by,
        forwarded_to,
    };
    let one = |found: Result<Vec<(AgencyId, StagePurpose, u8)>, RouteRefusal>| found.map(|stages| stages[0].0);
    assert_eq!(one(way(following(id(4), None), "520000")), Ok(id(4)));
    assert_eq!(one(way(following(id(4), Some(id(5))), "520000")), Ok(id(5)));
    assert_eq!(
        one(way(following(id(4), Some(id(3))), "520000")),
        Err(RouteRefusal::ForwardedOutside)
    );
    assert_eq!(
        one(way(following(id(10), Some(id(11))), "370000")),
        Err(RouteRefusal::NotForwardable)
    );
}

#[test]
fn nobody_stands_above_themselves_even_in_a_ring() {
    let ring = Directory::new(vec![
        agency(1, AgencyLevel::City, "520100", Some(2)),
        agency(2, AgencyLevel::City, "520600", Some(1)),
    ]);
    assert!(ring.is_above(id(1), id(2)));
    assert!(!ring.is_above(id(9), id(1)));
    let all = agencies();
    assert!(all.is_above(id(1), id(5)) && all.is_above(id(4), id(5)));
    assert!(!all.is_above(id(5), id(4)) && !all.is_above(id(2), id(5)) && !all.is_above(id(5), id(5)));
}

fn events() -> Vec<CaseEvent> {
    let mut events = vec![CaseEvent::Return, CaseEvent::Reject, CaseEvent::Resubmit];
    for purpose in StagePurpose::ALL {
        for recorded in [false, true] {
            events.push(CaseEvent::Approve { purpose, recorded });
        }
    }
    for allowed in [false, true] {
        for depended_on in [false, true] {
            events.push(CaseEvent::Revoke { allowed, depended_on });
        }
    }
    events
}

#[test]
fn every_pair_of_state_and_event_is_a_transition_or_a_refusal_with_a_sentence() {
    for state in CaseState::ALL {
        for stage in 0..3 {
            let at = Progress {
                state,
                stage,
                stages: 3,
            };
            for event in events() {
                match at.step(event) {
                    Ok(next) => {
                        assert_eq!(next.stages, 3);
                        assert!(next.stage == stage || (next.stage == stage + 1 && next.state == CaseState::Submitted));
                        assert!(!matches!(event, CaseEvent::Approve { recorded: false, .. }));
                    }
                    Err(refusal) => assert!(refusal.message().ends_with('。')),
                }
            }
        }
    }
}

#[test]
fn a_case_is_approved_stage_by_stage_returned_to_the_same_stage_and_revoked_only_where_allowed() {
    let approve = |purpose| CaseEvent::Approve {
        purpose,
        recorded: true,
    };
    let case = Progress::new(2).step(approve(StagePurpose::CountyReview)).unwrap();
    assert_eq!((case.state, case.stage), (CaseState::Submitted, 1));
    let returned = case.step(CaseEvent::Return).unwrap();
    let again = returned.step(CaseEvent::Resubmit).unwrap();
    assert_eq!((again.state, again.stage), (CaseState::Submitted, 1));
    let approved = again.step(approve(StagePurpose::CityReview)).unwrap();
    assert_eq!(approved.state, CaseState::Approved);
    let revoke = |allowed, depended_on| approved.step(CaseEvent::Revoke { allowed, depended_on });
    assert_eq!(revoke(false, false), Err(CaseRefusal::NotRevocable));
    assert_eq!(revoke(true, true), Err(CaseRefusal::DependedOn));
    assert_eq!(revoke(true, false).map(|case| case.state), Ok(CaseState::Submitted));
    let unrecorded = CaseEvent::Approve {
        purpose: StagePurpose::CountyInspection,
        recorded: false,
    };
    assert_eq!(Progress::new(2).step(unrecorded), Err(CaseRefusal::InspectionMissing));
}

fn ground(kind: CaseKind, purpose: StagePurpose) -> DecisionGround<'static> {
    DecisionGround {
        kind,
        purpose,
        since: day("2026-11-16"),
        today: day("2026-11-19"),
        fields: &["name", "licence"],
        has_id_card: false,
    }
}

#[test]
fn a_refusal_or_return_needs_a_reason_and_a_return_its_fields() {
    let ground = ground(CaseKind::HostIdentity, StagePurpose::CountyReview);
    let form = |verdict: &str, reason: &str, fields: &[&str]| {
        let form = DecisionForm {
            verdict: verdict.to_owned(),
            reason: reason.to_owned(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            ..DecisionForm::default()
        };
        form.check(&ground)
    };
    assert!(form("approve", "", &[]).is_ok());
    for verdict in ["return", "reject", "revoke"] {
        assert!(
            form(verdict, " \u{200B} ", &["name"])
                .unwrap_err()
                .of("reason")
                .is_some(),
            "{verdict}"
        );
    }
    assert!(
        form("return", "营业执照看不清", &["elsewhere"])
            .unwrap_err()
            .of("fields")
            .is_some()
    );
    let returned = form("return", "营业执照看不清", &["licence", "elsewhere"]).unwrap();
    assert_eq!(
        (returned.verdict, returned.fields),
        (Verdict::Return, vec!["licence".to_owned()])
    );
    assert!(form("submit", "", &[]).unwrap_err().of("verdict").is_some());
    assert!(form("'; DROP TABLE", "", &[]).unwrap_err().of("verdict").is_some());
}

#[test]
fn an_inspection_is_approved_with_its_record_of_a_day_since_the_application() {
    let ground = ground(CaseKind::Certification, StagePurpose::CountyInspection);
    let form = |visited_on: &str| DecisionForm {
        verdict: "approve".to_owned(),
        visited_on: visited_on.to_owned(),
        visitors: "唐蓉、冉渝".to_owned(),
        premises: "三楼办公区 200 平方米，工位充足".to_owned(),
        operation: "正常经营".to_owned(),
        needs: "软件测试 4 人".to_owned(),
        ..DecisionForm::default()
    };
    assert!(form("2026-11-18").check(&ground).unwrap().record.is_some());
    for wrong in ["", "2026-11-15", "2026-11-20", "2026-02-30"] {
        assert!(
            form(wrong).check(&ground).unwrap_err().of("visited_on").is_some(),
            "{wrong}"
        );
    }
    let with = |photos: &[&str]| DecisionForm {
        photos: photos.iter().map(|id| (*id).to_owned()).collect(),
        ..form("2026-11-18")
    };
    let photo = "0193a1f0-0000-4000-8000-000000000001";
    let record = with(&[photo; 3]).check(&ground).unwrap().record.unwrap();
    assert_eq!(record.photos().len(), 3);
    for wrong in [&[photo; 4][..], &["../../etc/passwd"]] {
        assert!(with(wrong).check(&ground).unwrap_err().of("photos").is_some());
    }
    let empty = DecisionForm {
        verdict: "approve".to_owned(),
        ..DecisionForm::default()
    };
    assert_eq!(empty.check(&ground).unwrap_err().0.len(), 5);
    assert!(needs_record(CaseKind::PersonIdentity, StagePurpose::CountyReview));
    assert!(!needs_record(CaseKind::Certification, StagePurpose::CityReview));
    let safe = |purpose, checked| is_bulk_safe(CaseKind::Certification, purpose, checked);
    assert!(safe(StagePurpose::CityReview, true) && !safe(StagePurpose::CityReview, false));
    assert!(
        safe(StagePurpose::ProvincialFiling, false),
        "two agencies have looked already"
    );
    assert!(!safe(StagePurpose::CountyInspection, true));
}

#[test]
fn a_person_is_identified_by_call_or_by_a_card_that_was_uploaded() {
    let ground = ground(CaseKind::PersonIdentity, StagePurpose::CountyReview);
    let form = |proof: &str, note: &str| DecisionForm {
        verdict: "approve".to_owned(),
        proof: proof.to_owned(),
        note: note.to_owned(),
        ..DecisionForm::default()
    };
    assert!(form("phone", "9:40 通话，核对一致").check(&ground).is_ok());
    assert!(form("phone", "").check(&ground).unwrap_err().of("note").is_some());
    assert!(
        form("id_card", "核对一致")
            .check(&ground)
            .unwrap_err()
            .of("proof")
            .is_some()
    );
    let with_card = DecisionGround {
        has_id_card: true,
        ..ground
    };
    assert!(form("id_card", "核对一致").check(&with_card).is_ok());
}

#[test]
fn only_what_differs_is_named_when_a_case_is_sent_again() {
    let paper = |hash: &str| PaperFact {
        field: "licence".to_owned(),
        label: "营业执照".to_owned(),
        file: "f".to_owned(),
        sha256: hash.to_owned(),
    };
    let snapshot = |name: &str, hash: &str| Snapshot {
        facts: vec![
            Fact::open("name", "单位名称", name),
            Fact::open("address", "经营地址", "长岭北路"),
        ],
        papers: vec![paper(hash)],
    };
    let before = snapshot("甲", "aa");
    assert!(before.changed_fields(&before).is_empty());
    let fields = |other: &Snapshot| -> Vec<String> {
        before
            .changed_fields(other)
            .into_iter()
            .map(|(field, _)| field)
            .collect()
    };
    assert_eq!(fields(&snapshot("乙", "aa")), ["name"]);
    assert_eq!(fields(&snapshot("甲", "bb")), ["licence"]);
    assert_eq!(fields(&Snapshot::default()), ["name", "address", "licence"]);
    let mut more = before.clone();
    more.facts.push(Fact::open("plan", "见习计划", "县级"));
    assert_eq!(fields(&more), ["plan"]);
}

#[test]
fn a_deadline_speaks_in_working_days() {
    let words = |today: &str| Due::on(day("2026-10-09"), day(today), &calendar()).words();
    assert_eq!(words("2026-09-30"), "剩 2 个工作日");
    assert_eq!(words("2026-10-08"), "剩 1 个工作日");
    assert_eq!(words("2026-10-09"), "今天到期");
    // Saturday 10 October is a workday, Sunday is not.
    assert_eq!(words("2026-10-10"), "超期 1 个工作日");
    assert_eq!(words("2026-10-11"), "超期 1 个工作日");
    assert_eq!(
        Due::on(day("2026-11-20"), day("2026-11-21"), &calendar()).words(),
        "已超期"
    );
    assert!(Due::on(day("2027-01-05"), day("2026-12-30"), &calendar()).provisional);
}

proptest! {
    #[test]
    fn working_days_are_counted_as_they_are_added(start in 0_i32..700, workdays in 0_u32..60) {
        let calendar = calendar();
        let from = domain::value::add_days(day("2026-01-01"), start);
        let to = calendar.add_workdays(from, workdays);
        prop_assert_eq!(calendar.workdays_until(from, to), i32::try_from(workdays).unwrap());
        prop_assert_eq!(calendar.workdays_until(to, from), -i32::try_from(workdays).unwrap());
    }

    #[test]
    fn a_case_never_ends_approved_without_every_stage(choices in proptest::collection::vec(0_usize..17, 0..40)) {
        let all = events();
        let mut case = Progress::new(3);
        let mut passed = 0;
        for choice in choices {
            let event = all[choice % all.len()];
            if let Ok(next) = case.step(event) {
                if matches!(event, CaseEvent::Approve { .. }) { passed += 1; }
                case = next;
            }
        }
        prop_assert!(case.state != CaseState::Approved || passed >= 3);
    }
}
