//! `domain.md` §4: the one review engine.

use crate::{calendar, day};
use domain::AgencyId;
use domain::review::{
    CaseEvent, CaseKind, CaseRefusal, CaseState, DecisionForm, DecisionGround, Due, Fact, PaperFact, Progress,
    Snapshot, StagePurpose, Verdict, is_bulk_safe, needs_record,
};
use proptest::prelude::*;
use uuid::Uuid;

fn id(number: u128) -> AgencyId {
    AgencyId::new(Uuid::from_u128(number))
}

fn events() -> Vec<CaseEvent> {
    let mut events = vec![CaseEvent::Return, CaseEvent::Reject, CaseEvent::Resubmit];
    events.extend((1..=3).map(|stages| CaseEvent::Redirect { stages }));
    for purpose in StagePurpose::ALL {
        for recorded in [false, true] {
            events.push(CaseEvent::Approve { purpose, recorded });
        }
    }
    for allowed in [false, true] {
        for depended_on in [false, true] {
            for stage in 0..4 {
                events.push(CaseEvent::Revoke {
                    stage,
                    allowed,
                    depended_on,
                });
            }
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
                        match event {
                            CaseEvent::Redirect { stages } => {
                                assert_eq!((state, next.state), (CaseState::Returned, CaseState::Returned));
                                assert_eq!((next.stage, next.stages), (0, stages));
                                continue;
                            }
                            CaseEvent::Revoke { stage: to, .. } => {
                                assert!(next.stage == to && to <= stage && next.state == CaseState::Submitted);
                                assert!(to < stage || state != CaseState::Submitted, "it waits there already");
                            }
                            _ => assert!(
                                next.stage == stage || (next.stage == stage + 1 && next.state == CaseState::Submitted)
                            ),
                        }
                        assert_eq!(next.stages, 3);
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
    let revoke = |allowed, depended_on| {
        approved.step(CaseEvent::Revoke {
            stage: 1,
            allowed,
            depended_on,
        })
    };
    assert_eq!(revoke(false, false), Err(CaseRefusal::NotRevocable));
    assert_eq!(revoke(true, true), Err(CaseRefusal::DependedOn));
    assert_eq!(revoke(true, false).map(|case| case.state), Ok(CaseState::Submitted));
    let unrecorded = CaseEvent::Approve {
        purpose: StagePurpose::CountyInspection,
        recorded: false,
    };
    assert_eq!(Progress::new(2).step(unrecorded), Err(CaseRefusal::InspectionMissing));
}

/// SD 3.2: 区县和市级人社部门可以撤销审核; 3.1: a filing takes note and decides nothing.
#[test]
fn the_last_to_decide_takes_back_and_a_filing_stands_in_nobodys_way() {
    use StagePurpose::{CityReview, CountyReview, ProvincialFiling};
    let shandong = [(id(11), CountyReview), (id(10), CityReview), (id(9), ProvincialFiling)];
    let of = |state, stage| {
        let at = Progress {
            state,
            stage,
            stages: 3,
        };
        [11, 10, 9, 1].map(|agency| at.revocable(&shandong, id(agency)))
    };
    assert_eq!(of(CaseState::Submitted, 0), [None; 4]);
    assert_eq!(of(CaseState::Submitted, 1), [Some(0), None, None, None]);
    assert_eq!(of(CaseState::Submitted, 2), [None, Some(1), None, None]);
    assert_eq!(
        of(CaseState::Approved, 2),
        [None, Some(1), None, None],
        "a filing decides nothing"
    );
    assert_eq!(
        of(CaseState::Rejected, 2),
        [None, None, Some(2), None],
        "a refusal decides"
    );
    assert_eq!(of(CaseState::Rejected, 1), [None, Some(1), None, None]);
    for stage in 0..3 {
        assert_eq!(of(CaseState::Returned, stage), [None; 4], "the submitter has it");
    }
    let waits = Progress::new(3).step(CaseEvent::Approve {
        purpose: CountyReview,
        recorded: true,
    });
    let back = |allowed| {
        waits.unwrap().step(CaseEvent::Revoke {
            stage: 0,
            allowed,
            depended_on: false,
        })
    };
    assert_eq!(back(true), Ok(Progress::new(3)));
    assert_eq!(back(false), Err(CaseRefusal::NotRevocable));
}

fn ground(kind: CaseKind, purpose: StagePurpose) -> DecisionGround<'static> {
    DecisionGround {
        kind,
        purpose,
        submitted_on: day("2026-11-16"),
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
    fn a_case_never_ends_approved_without_every_stage(choices in proptest::collection::vec(0_usize..32, 0..60)) {
        let all = events();
        let mut case = Progress::new(3);
        let mut passed = [false; 3];
        for choice in choices {
            let event = all[choice % all.len()];
            if let Ok(next) = case.step(event) {
                match event {
                    CaseEvent::Approve { .. } => passed[usize::from(case.stage)] = true,
                    CaseEvent::Revoke { stage, .. } => passed[usize::from(stage)..].fill(false),
                    CaseEvent::Redirect { .. } => passed = [false; 3],
                    CaseEvent::Return | CaseEvent::Reject | CaseEvent::Resubmit => {}
                }
                case = next;
            }
            let way = usize::from(case.stages);
            prop_assert!(case.state != CaseState::Approved || passed[..way].iter().all(|passed| *passed));
        }
    }
}
