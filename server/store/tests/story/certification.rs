//! The certification of a host: one row, changed by its version; acts that nobody changes; hosts within reach.

use crate::told::{NOW, account, day, host_side, offer, on_both, person, uuid};
use domain::account::Role;
use domain::certification::{CertificationState, UnitAct};
use domain::host::HostStanding;
use domain::{AccountId, AgencyId, HostId};
use store::certification::{Act, Certification, Reach, UnitScope};
use store::{Db, StoreError, Tx};

const CREDIT_CODE: &str = "91350100M000100Y43";

fn draft(host: HostId) -> Certification {
    Certification {
        host,
        state: CertificationState::Draft,
        form_sealed: None,
        sent_sealed: None,
        case: None,
        plan: None,
        insured_employees: Some(120),
        certified_at: None,
        rectify_until: Some(day("2026-12-31")),
        banned_until: None,
        moved_at: NOW,
        version: 1,
    }
}

fn entry(account: AccountId, agency: AgencyId, act: UnitAct) -> Act {
    Act {
        act,
        account,
        account_name: "周启明".to_owned(),
        agency,
        agency_name: "10 号机构".to_owned(),
        reason: "'; DROP TABLE host; --".to_owned(),
        until: Some(day("2029-11-19")),
        basis: "520000@2026-1".to_owned(),
        at: NOW,
    }
}

async fn found(tx: &mut Tx, agency: u128, areas: &[&str]) -> usize {
    let reach = Reach {
        agency: AgencyId::new(uuid(agency)),
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
    };
    let scope = UnitScope {
        reach: &reach,
        state: None,
        idle_before: None,
        search: "",
    };
    store::certification::units(tx, scope, ("", ""), 10)
        .await
        .unwrap()
        .len()
}

on_both! {
    async fn a_host_has_one_certification_and_it_changes_by_its_version(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 10, CREDIT_CODE).await;
        assert_eq!(store::certification::find(&mut tx, side.host).await.unwrap(), None);
        let mine = draft(side.host);
        store::certification::insert(&mut tx, &mine).await.unwrap();
        assert!(matches!(store::certification::insert(&mut tx, &mine).await, Err(StoreError::Conflict)));
        assert_eq!(store::certification::find(&mut tx, side.host).await.unwrap().as_ref(), Some(&mine));
        let certified = Certification {
            state: CertificationState::Certified,
            form_sealed: Some("v1.form".to_owned()),
            sent_sealed: Some("v1.sent".to_owned()),
            certified_at: Some(NOW),
            rectify_until: None,
            ..mine.clone()
        };
        store::certification::save(&mut tx, &certified).await.unwrap();
        assert!(matches!(store::certification::save(&mut tx, &mine).await, Err(StoreError::Conflict)));
        let stands = store::certification::find(&mut tx, side.host).await.unwrap().unwrap();
        assert_eq!(stands, Certification { version: 2, ..certified });
        store::certification::set_standing(&mut tx, side.host, HostStanding::Closed, None, 1).await.unwrap();
        let late = store::certification::set_standing(&mut tx, side.host, HostStanding::Certified, None, 1).await;
        assert!(matches!(late, Err(StoreError::Conflict)));
    }

    async fn an_act_stays_as_it_was_written(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 10, CREDIT_CODE).await;
        let agency = AgencyId::new(uuid(11));
        let reviewer = account(30, Role::Reviewer);
        store::account::insert(&mut tx, &reviewer).await.unwrap();
        let (first, second) = (entry(reviewer.id, agency, UnitAct::AskRectification), entry(reviewer.id, agency, UnitAct::FalseClaim));
        for act in [&first, &second] {
            store::certification::add_act(&mut tx, side.host, act).await.unwrap();
        }
        assert_eq!(store::certification::acts(&mut tx, side.host, 10).await.unwrap(), [second.clone(), first]);
        assert_eq!(store::certification::last_act(&mut tx, side.host).await.unwrap(), Some(second));
        assert!(store::certification::cases(&mut tx, side.host, agency, 10).await.unwrap().is_empty());
    }

    async fn an_agency_reaches_hosts_that_it_certified_and_hosts_of_its_areas(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 10, CREDIT_CODE).await;
        assert_eq!(found(&mut tx, 11, &[]).await, 1, "certified by it");
        for areas in [&["52"][..], &["5201"], &["520115"], &["5203", "520115"]] {
            assert_eq!(found(&mut tx, 99, areas).await, 1, "{areas:?}");
        }
        for areas in [&[][..], &["50"], &["5202"], &["520114"], &["5"], &["201"], &["115"]] {
            assert_eq!(found(&mut tx, 99, areas).await, 0, "{areas:?}");
        }
        let reach = Reach { agency: AgencyId::new(uuid(99)), areas: Vec::new() };
        assert_eq!(store::certification::find_unit(&mut tx, &reach, side.host).await.unwrap(), None);
    }

    async fn a_host_without_a_sign_of_life_is_idle(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 10, CREDIT_CODE).await;
        let agency = AgencyId::new(uuid(11));
        let later = NOW.plus_millis(1);
        assert_eq!(store::certification::count_idle(&mut tx, agency, NOW, 10).await.unwrap(), 0);
        assert_eq!(store::certification::count_idle(&mut tx, agency, later, 10).await.unwrap(), 1);
        assert_eq!(store::certification::count_idle(&mut tx, AgencyId::new(uuid(99)), later, 10).await.unwrap(), 0);
        assert!(!store::certification::is_busy(&mut tx, side.host).await.unwrap());
        let person = person(&mut tx, 40).await;
        store::internship::insert(&mut tx, &offer(50, &side, &person), &[side.site.id]).await.unwrap();
        assert!(store::certification::is_busy(&mut tx, side.host).await.unwrap());
        assert_eq!(store::certification::count_idle(&mut tx, agency, later, 10).await.unwrap(), 0);
        let reach = Reach { agency, areas: Vec::new() };
        let unit = store::certification::find_unit(&mut tx, &reach, side.host).await.unwrap().unwrap();
        assert_eq!((unit.state, unit.active, unit.offered, unit.offered_at), (CertificationState::Certified, 0, 1, Some(NOW)));
        assert_eq!((unit.county.as_str(), unit.certified_at), ("观山湖区", Some(NOW)));
    }
}
