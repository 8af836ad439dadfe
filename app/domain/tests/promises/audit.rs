//! The audit log's events: stable names, ids only (architecture §6).

use crate::{HOSTILE, day, fields, morning};
use domain::account::Role;
use domain::attendance::{CheckInState, Verdict};
use domain::audit::{AuditEvent, AuditFilter, AuditLook, ChainVerdict, fact_label, value_label};
use domain::file::{FilePurpose, Unfit};
use domain::review::{CaseKind, Verdict as CaseVerdict};
use domain::trainee::TraineeKind;
use domain::{AccountId, AgencyId, CaseId, CheckInId, Datum, Fen, FileId, HostId, InternshipId, SiteId, TraineeId};
use uuid::Uuid;

fn every_act() -> Vec<AuditEvent> {
    let id = Uuid::from_u128(7);
    let (account, trainee, host) = (AccountId::new(id), TraineeId::new(id), HostId::new(id));
    let (site, internship, check_in) = (SiteId::new(id), InternshipId::new(id), CheckInId::new(id));
    let (agency, file, case) = (AgencyId::new(id), FileId::new(id), CaseId::new(id));
    vec![
        AuditEvent::AgencyCreated { agency },
        AuditEvent::AgencyChanged { agency },
        AuditEvent::AgencyClosed { agency },
        AuditEvent::DivisionAdded {
            division: "520631".to_owned(),
            from: day("2027-01-01"),
        },
        AuditEvent::DivisionEnded {
            division: "520623".to_owned(),
            until: day("2026-12-31"),
        },
        AuditEvent::AccountEnabled { account },
        AuditEvent::AccountReset { account },
        AuditEvent::AuditRead {
            how: AuditLook::Export,
            events: 0,
        },
        AuditEvent::HostCreated {
            host,
            certified_by: agency,
        },
        AuditEvent::HostRegistered { host, account },
        AuditEvent::HostRegistrationExpired { host, account },
        AuditEvent::AccountCreated {
            account,
            role: Role::Operator,
        },
        AuditEvent::Registered {
            account,
            trainee,
            kind: TraineeKind::Graduate,
            consented_position: true,
        },
        AuditEvent::SignedIn { account },
        AuditEvent::SignInFailed { account: None },
        AuditEvent::SignedOut { account },
        AuditEvent::SecondFactorFailed { account },
        AuditEvent::SecondFactorSetUp { account },
        AuditEvent::PasswordChanged { account },
        AuditEvent::ConsentChanged {
            trainee,
            consented_position: false,
        },
        AuditEvent::SiteAdded {
            host,
            site,
            radius_m: 300,
            datum: Datum::Gcj02,
        },
        AuditEvent::SiteChanged {
            site,
            radius_m: 500,
            datum: Datum::Wgs84,
            moved: true,
        },
        AuditEvent::OfferMade {
            internship,
            host,
            site,
            starts_on: day("2026-11-23"),
            ends_on: day("2027-05-22"),
            allowance: Fen::from_fen(210_000).unwrap(),
        },
        AuditEvent::OfferWithdrawn { internship },
        AuditEvent::OfferConfirmed { internship },
        AuditEvent::OfferDeclined { internship },
        AuditEvent::InternshipEnded { internship },
        AuditEvent::CheckedIn {
            check_in,
            internship,
            site,
            verdict: Verdict::Inside,
            state: CheckInState::Valid,
        },
        AuditEvent::CheckInConfirmed { check_in },
        AuditEvent::CheckInSentBack { check_in },
        AuditEvent::PositionLookedAt {
            check_ins: vec![check_in],
        },
        AuditEvent::IdentitySubmitted {
            trainee,
            automatic: true,
        },
        AuditEvent::IdentityChecked {
            trainee,
            matched: false,
        },
        AuditEvent::CaseOpened {
            case,
            kind: CaseKind::Certification,
            agency,
            due_on: day("2026-12-03"),
        },
        AuditEvent::CaseDecided {
            case,
            kind: CaseKind::Certification,
            verdict: CaseVerdict::Return,
            ended: false,
        },
        AuditEvent::CaseEscalated {
            case,
            agency,
            to: Some(agency),
        },
        AuditEvent::CaseDueMoved {
            case,
            from: day("2026-12-03"),
            to: day("2026-12-04"),
        },
        AuditEvent::CaseLookedAt { case },
        AuditEvent::FileAdded {
            file,
            purpose: FilePurpose::Licence,
        },
        AuditEvent::FileRefused {
            file,
            reason: Unfit::Infected,
        },
        AuditEvent::FileDeleted { file },
        AuditEvent::FileRead { file },
        AuditEvent::RulePackAdded {
            region: "520623".to_owned(),
            version: "2027-1".to_owned(),
            valid_from: day("2027-01-01"),
        },
        AuditEvent::CalendarImported { year: 2027, version: 1 },
        AuditEvent::CertificationSaved { host },
        AuditEvent::CertificationReopened { host },
        AuditEvent::HostCleanedOut { host },
        AuditEvent::RectificationAsked {
            host,
            until: day("2026-12-31"),
        },
        AuditEvent::RectificationAccepted { host },
        AuditEvent::HostDisqualified {
            host,
            false_claim: true,
            until: day("2029-11-19"),
        },
        AuditEvent::DemoFilled { trainees: 12 },
    ]
}

#[test]
fn every_act_has_one_name_in_code_and_json_and_reads_back() {
    let mut names = std::collections::BTreeSet::new();
    for event in every_act() {
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(json["act"], event.act());
        assert!(names.insert(event.act()), "{} twice", event.act());
        assert!(!event.label().is_empty());
        assert_eq!(serde_json::from_value::<AuditEvent>(json).unwrap(), event);
    }
    assert_eq!(names.len(), 51);
}

#[test]
fn an_event_carries_no_coordinates_no_names_and_no_float_that_could_change_its_hash() {
    for event in every_act() {
        let text = serde_json::to_string(&event).unwrap();
        assert!(!text.contains('.'), "{text}");
        for word in [
            "lat",
            "latitude",
            "lon",
            "longitude",
            "position",
            "phone",
            "id_card",
            "name",
            "password",
        ] {
            assert!(!text.contains(&format!("\"{word}\":")), "{text}");
        }
    }
}

#[test]
fn every_field_of_an_event_has_a_chinese_name() {
    for event in every_act() {
        let json = serde_json::to_value(&event).unwrap();
        for key in json.as_object().unwrap().keys().filter(|key| *key != "act") {
            assert_ne!(fact_label(key), "其他", "{key} of {}", event.act());
        }
    }
    assert_eq!(value_label("role", "city_centre"), Some("市级中心"));
    assert_eq!(value_label("how", "chain"), Some("核验链条"));
}

#[test]
fn a_filter_is_checked_field_by_field() {
    let asked = AuditFilter {
        from: "2026-11-01".to_owned(),
        until: "2026-11-19".to_owned(),
        who: " 文静怡 ".to_owned(),
        act: "signed_in".to_owned(),
        subject: Uuid::from_u128(7).to_string(),
    };
    let query = asked.check().unwrap();
    assert!(query.from.unwrap() < morning("2026-11-01") && query.until.unwrap() > morning("2026-11-19"));
    assert_eq!(query.who.as_deref(), Some("文静怡"));
    assert!(AuditFilter::default().is_empty() && !asked.is_empty());
    assert_eq!(
        AuditFilter::default().check().unwrap(),
        domain::audit::AuditQuery::default()
    );
    let backwards = AuditFilter {
        until: "2026-10-01".to_owned(),
        ..asked
    };
    assert_eq!(fields(backwards.check()), ["until"]);
    for hostile in HOSTILE.into_iter().filter(|text| !text.trim().is_empty()) {
        let filter = AuditFilter {
            from: hostile.to_owned(),
            subject: hostile.to_owned(),
            ..AuditFilter::default()
        };
        assert!(filter.check().is_err(), "{hostile}");
    }
}

#[test]
fn a_broken_chain_names_the_position_and_the_next_step() {
    assert!(ChainVerdict::Whole { events: 12 }.sentence().contains("12 条"));
    let broken = ChainVerdict::Broken { seq: 7 }.sentence();
    assert!(broken.contains("第 7 条") && broken.contains("备份"), "{broken}");
}
