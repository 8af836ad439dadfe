//! Agencies, divisions with days, and how far an agency reaches.

use crate::told::{NOW, account, day, host_side, on_both, person, uuid};
use domain::account::Role;
use domain::agency::{Agency, AgencyLevel};
use domain::audit::{AuditEvent, AuditQuery};
use domain::division::NewDivision;
use domain::{AccountId, AgencyId};
use store::account::Account;
use store::audit::{Act, Author};
use store::audit_page::Reader;
use store::staff::StaffQuery;
use store::{Db, StoreError, Tx};

const CREDIT_CODE: &str = "91350100M000100Y43";

async fn agency(tx: &mut Tx, number: u128, level: AgencyLevel, division: &str, parent: Option<u128>) -> Agency {
    let agency = Agency {
        id: AgencyId::new(uuid(number)),
        name: format!("{number} 号局"),
        level,
        division: division.to_owned(),
        parent: parent.map(|number| AgencyId::new(uuid(number))),
        areas: Vec::new(),
    };
    store::agency::insert(tx, &agency).await.unwrap();
    agency
}

async fn seen(tx: &mut Tx, reader: Reader, query: &AuditQuery) -> Vec<i64> {
    let (first, last) = store::audit_page::bounds(&mut *tx, query).await.unwrap().unwrap();
    let events = store::audit_page::window(tx, reader, query, "", (first, last), 100)
        .await
        .unwrap();
    events.into_iter().map(|event| event.seq).collect()
}

fn did(account: Option<AccountId>, role: &'static str) -> Act {
    let event = match account {
        Some(account) => AuditEvent::SignedIn { account },
        None => AuditEvent::DemoFilled { trainees: 1 },
    };
    Act {
        at: NOW,
        author: Author { account, role },
        event,
    }
}

on_both! {
    async fn an_agency_changes_by_its_version_and_closes_once(db: Db) {
        let mut tx = db.begin().await.unwrap();
        store::agency::hold(&mut tx).await.unwrap();
        agency(&mut tx, 1, AgencyLevel::Province, "520000", None).await;
        let city = agency(&mut tx, 2, AgencyLevel::City, "520600", Some(1)).await;
        let changed = Agency { name: "改过的局".to_owned(), areas: vec!["520115".to_owned()], ..city.clone() };
        store::agency::update(&mut tx, &changed, 1).await.unwrap();
        assert!(matches!(store::agency::update(&mut tx, &city, 1).await, Err(StoreError::Conflict)));
        let directory = store::agency::directory(&mut tx).await.unwrap();
        assert_eq!(directory.get(city.id), Some(&changed));
        let standing = store::agency::standing(&mut tx, AgencyId::new(uuid(1))).await.unwrap();
        assert_eq!(standing.iter().map(|one| (one.id, one.version)).filter(|one| one.0 == city.id).collect::<Vec<_>>(), [(city.id, 2)]);
        store::agency::close(&mut tx, city.id, 2).await.unwrap();
        assert!(matches!(store::agency::close(&mut tx, city.id, 3).await, Err(StoreError::Conflict)));
        assert!(matches!(store::agency::update(&mut tx, &changed, 3).await, Err(StoreError::Conflict)));
        assert!(store::agency::directory(&mut tx).await.unwrap().get(city.id).is_none());
    }

    async fn a_division_is_there_from_its_first_to_its_last_day(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let new = NewDivision { code: "520631".to_owned(), name: "新区".to_owned(), from: day("2027-01-01"), is_city: false };
        store::division::insert(&mut tx, &new, "520600").await.unwrap();
        store::division::end(&mut tx, "520623", day("2026-12-31")).await.unwrap();
        assert!(matches!(store::division::end(&mut tx, "520623", day("2027-12-31")).await, Err(StoreError::Conflict)));
        for (on, old, new) in [("2026-12-31", true, false), ("2027-01-01", false, true)] {
            let on = day(on);
            let codes: Vec<String> = store::division::children(&mut tx, Some("520600"), on).await.unwrap().into_iter().map(|row| row.code).collect();
            assert_eq!((codes.contains(&"520623".to_owned()), codes.contains(&"520631".to_owned())), (old, new));
            assert_eq!(store::division::is_leaf(&mut tx, "520623", on).await.unwrap(), old);
            assert_eq!(store::division::is_leaf(&mut tx, "520631", on).await.unwrap(), new);
            let leaves = store::division::leaves(&mut tx, on).await.unwrap();
            assert_eq!(leaves.iter().any(|(code, ..)| code == "520623"), old);
        }
        assert!(!store::division::is_leaf(&mut tx, "520600", day("2026-12-31")).await.unwrap());
        assert_eq!(store::division::path(&mut tx, "520623").await.unwrap().len(), 3, "it keeps its name");
        let of_province = store::division::of_province(&mut tx, "520000").await.unwrap();
        assert!(of_province.iter().any(|one| one.code == "520631") && of_province.iter().all(|one| one.code.starts_with("52")));
        assert!(matches!(store::division::insert(&mut tx, &new, "520600").await, Err(StoreError::Duplicate(_))));
    }

    async fn an_agency_reaches_down_and_never_sideways(db: Db) {
        let mut tx = db.begin().await.unwrap();
        agency(&mut tx, 1, AgencyLevel::Province, "520000", None).await;
        let city = agency(&mut tx, 2, AgencyLevel::City, "520600", Some(1)).await.id;
        let county = agency(&mut tx, 3, AgencyLevel::County, "520623", Some(2)).await.id;
        let beside = agency(&mut tx, 4, AgencyLevel::City, "520100", Some(1)).await.id;
        // Carries the division above without looking after it.
        let zone = agency(&mut tx, 5, AgencyLevel::County, "520600", Some(2)).await.id;
        let clerk = Account { agency: Some(county), ..account(10, Role::Reviewer) };
        store::account::insert(&mut tx, &clerk).await.unwrap();
        // A host of nobody's agency that lies in 观山湖 (520115), and a person who lives there.
        let side = host_side(&mut tx, 100, CREDIT_CODE).await;
        let person = person(&mut tx, 200).await;
        store::audit::append(&mut tx, &[
            did(Some(clerk.id), "reviewer"),
            did(Some(side.operator), "operator"),
            did(Some(person.account), "trainee"),
            did(None, "system"),
        ]).await.unwrap();
        let all = AuditQuery::default();
        let of = |agency, system| Reader { agency, system };
        assert_eq!(seen(&mut tx, of(AgencyId::new(uuid(1)), true), &all).await, [4, 3, 2, 1]);
        assert_eq!(seen(&mut tx, of(city, false), &all).await, [1]);
        assert_eq!(seen(&mut tx, of(county, false), &all).await, [1]);
        assert_eq!(seen(&mut tx, of(beside, false), &all).await, [3, 2]);
        assert!(seen(&mut tx, of(zone, false), &all).await.is_empty(), "a zone is not the city");
        let act = AuditQuery { act: Some("signed_in".to_owned()), ..all.clone() };
        assert_eq!(seen(&mut tx, of(AgencyId::new(uuid(1)), true), &act).await, [3, 2, 1]);
        let about = AuditQuery { subject: Some(person.account.uuid()), ..all.clone() };
        assert_eq!(seen(&mut tx, of(beside, false), &about).await, [3]);
        let later = AuditQuery { from: Some(NOW.plus_millis(1)), ..all };
        assert_eq!(store::audit_page::bounds(&mut tx, &later).await.unwrap(), None);
        let acts = store::audit_page::acts(&mut tx).await.unwrap();
        assert_eq!(acts.iter().map(|(act, _)| act.as_str()).collect::<Vec<_>>(), ["demo_filled", "signed_in"]);

        let ids = [clerk.id.to_string(), person.id.to_string(), side.host.to_string(), county.to_string()];
        let names = store::audit_page::names(&mut tx, county, &ids).await.unwrap();
        assert_eq!(names.len(), 2, "the clerk and the county: {names:?}");
        let names = store::audit_page::names(&mut tx, beside, &ids).await.unwrap();
        assert_eq!(names.get(&person.id.to_string()).map(String::as_str), Some("杨晓雨"));
        assert_eq!(names.len(), 2, "the person and the host: {names:?}");

        assert!(store::staff::find(&mut tx, city, clerk.id).await.unwrap().is_some());
        assert!(store::staff::find(&mut tx, beside, clerk.id).await.unwrap().is_none());
        assert!(store::staff::find(&mut tx, beside, side.operator).await.unwrap().is_none(), "certified elsewhere");
        assert!(store::staff::reaches_agency(&mut tx, city, county).await.unwrap());
        assert!(!store::staff::reaches_agency(&mut tx, county, city).await.unwrap());
        assert!(!store::staff::reaches_host(&mut tx, beside, side.host).await.unwrap());
        store::staff::note_sign_in(&mut tx, clerk.id, NOW).await.unwrap();
        let list = store::staff::list(&mut tx, city, &StaffQuery::default(), 10).await.unwrap();
        assert_eq!(list.iter().map(|one| (one.id, one.signed_in_at)).collect::<Vec<_>>(), [(clerk.id, Some(NOW))]);
        for (text, found) in [("10 号", 1), ("3 号局", 1), ("%", 0), ("没有这个人", 0)] {
            let query = StaffQuery { text: text.to_owned(), ..StaffQuery::default() };
            assert_eq!(store::staff::list(&mut tx, city, &query, 10).await.unwrap().len(), found, "{text}");
        }
        let stale = Account { version: 9, ..clerk.clone() };
        assert!(matches!(store::staff::reset(&mut tx, &stale, "$new$", "v1.new").await, Err(StoreError::Conflict)));
        store::staff::reset(&mut tx, &clerk, "$new$", "v1.new").await.unwrap();
        let renewed = store::account::find(&mut tx, clerk.id).await.unwrap().unwrap();
        assert_eq!((renewed.password_hash.as_str(), renewed.totp_sealed.as_deref()), ("$new$", Some("v1.new")));
        store::account::disable(&mut tx, &renewed).await.unwrap();
        let barred = store::account::find(&mut tx, clerk.id).await.unwrap().unwrap();
        store::staff::enable(&mut tx, &barred).await.unwrap();
        assert!(!store::account::find(&mut tx, clerk.id).await.unwrap().unwrap().disabled);
    }
}
