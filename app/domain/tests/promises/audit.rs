//! The audit log's events: stable names, ids only (architecture §6).

use crate::day;
use domain::account::Role;
use domain::attendance::{CheckInState, Verdict};
use domain::audit::AuditEvent;
use domain::file::{FilePurpose, Unfit};
use domain::trainee::TraineeKind;
use domain::{AccountId, AgencyId, CheckInId, Datum, Fen, FileId, HostId, InternshipId, SiteId, TraineeId};
use uuid::Uuid;

fn every_act() -> Vec<AuditEvent> {
    let id = Uuid::from_u128(7);
    let (account, trainee, host) = (AccountId::new(id), TraineeId::new(id), HostId::new(id));
    let (site, internship, check_in) = (SiteId::new(id), InternshipId::new(id), CheckInId::new(id));
    let (agency, file) = (AgencyId::new(id), FileId::new(id));
    vec![
        AuditEvent::AgencyCreated { agency },
        AuditEvent::HostCreated {
            host,
            certified_by: agency,
        },
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
    assert_eq!(names.len(), 28);
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
