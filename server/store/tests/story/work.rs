//! Sites, internships and check-ins, each within its scope.

use crate::told::{NOW, check_in, host_side, offer, on_both, person, uuid};
use domain::attendance::{CheckInState, Verdict};
use domain::internship::InternshipState;
use domain::{Meters, SiteId};
use store::attendance::CheckIn;
use store::internship::{Internship, TraineeScope};
use store::site::Site;
use store::{Db, StoreError};

on_both! {
    async fn a_site_belongs_to_its_host(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let ours = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let theirs = host_side(&mut tx, 200, "91000000MA00000T4X").await;
        let found = store::site::find(&mut tx, ours.host, ours.site.id).await.unwrap().unwrap();
        assert_eq!((found.site, found.people), (ours.site.clone(), 0));
        assert!(store::site::find(&mut tx, theirs.host, ours.site.id).await.unwrap().is_none());
        let moved = Site { name: "新办公区".to_owned(), radius: Meters::new(120.0).unwrap(), ..ours.site.clone() };
        let foreign = Site { host: theirs.host, ..moved.clone() };
        assert!(matches!(store::site::update(&mut tx, &foreign).await, Err(StoreError::Conflict)));
        store::site::update(&mut tx, &moved).await.unwrap();
        assert!(matches!(store::site::update(&mut tx, &moved).await, Err(StoreError::Conflict)));
        let all = store::site::of_host(&mut tx, ours.host).await.unwrap();
        assert_eq!(all.iter().map(|used| used.site.name.as_str()).collect::<Vec<_>>(), ["新办公区"]);
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let same_name = Site { id: SiteId::new(uuid(999)), version: 1, ..moved };
        assert!(matches!(store::site::insert(&mut tx, &same_name, NOW).await, Err(StoreError::Duplicate(_))));
    }

    async fn an_offer_reaches_its_person_alone_and_is_answered_once(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let ours = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let theirs = host_side(&mut tx, 200, "91000000MA00000T4X").await;
        let (yang, luo) = (person(&mut tx, 1).await, person(&mut tx, 11).await);
        let offered = offer(50, &ours, &yang);
        store::internship::insert(&mut tx, &offered, &[ours.site.id]).await.unwrap();
        store::internship::insert(&mut tx, &offer(51, &theirs, &yang), &[theirs.site.id]).await.unwrap();
        let scope = |person: &'static str, trainee, phone_index| TraineeScope { trainee, name: person, phone_index };
        let mine = scope("杨晓雨", yang.id, &yang.phone_index);
        let other_name = scope("罗志强", yang.id, &yang.phone_index);
        let other_phone = scope("杨晓雨", luo.id, &luo.phone_index);
        assert_eq!(store::internship::offers_to(&mut tx, mine).await.unwrap().len(), 2);
        for foreign in [other_name, other_phone] {
            assert!(store::internship::offers_to(&mut tx, foreign).await.unwrap().is_empty());
            assert!(store::internship::find_of_trainee(&mut tx, foreign, offered.id).await.unwrap().is_none());
        }
        assert!(store::internship::find_of_host(&mut tx, theirs.host, offered.id).await.unwrap().is_none());
        let found = store::internship::find_of_trainee(&mut tx, mine, offered.id).await.unwrap().unwrap();
        assert_eq!((found.host_name.as_str(), found.host_division.as_str()), ("100 号单位", "520115"));
        let active = Internship {
            state: InternshipState::Active,
            trainee: Some(yang.id),
            answered_at: Some(NOW),
            ..found
        };
        store::internship::save_state(&mut tx, &active).await.unwrap();
        assert!(matches!(store::internship::save_state(&mut tx, &active).await, Err(StoreError::Conflict)));
        assert_eq!(store::internship::of_host_between(&mut tx, ours.host, active.starts_on, active.ends_on).await.unwrap().len(), 1);
        let active_now = store::internship::active_of_trainee(&mut tx, yang.id).await.unwrap().unwrap();
        assert_eq!((active_now.id, active_now.version), (offered.id, 2));
        let used = store::site::find(&mut tx, ours.host, ours.site.id).await.unwrap().unwrap();
        assert_eq!(used.people, 1);
        assert_eq!(store::site::allowed(&mut tx, &[offered.id, offered.id]).await.unwrap().len(), 2);
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let second = Internship { state: InternshipState::Active, trainee: Some(yang.id), ..offer(51, &theirs, &yang) };
        assert!(matches!(store::internship::save_state(&mut tx, &second).await, Err(StoreError::Duplicate(_))));
    }

    async fn a_check_in_is_recorded_once_and_decided_once_by_its_host(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let ours = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let theirs = host_side(&mut tx, 200, "91000000MA00000T4X").await;
        let yang = person(&mut tx, 1).await;
        let internship =
            Internship { state: InternshipState::Active, trainee: Some(yang.id), ..offer(50, &ours, &yang) };
        store::internship::insert(&mut tx, &internship, &[ours.site.id]).await.unwrap();
        let inside = check_in(1, &internship, &ours.site, Verdict::Inside);
        let outside = CheckIn {
            reason: Some("外勤：客户机房巡检".to_owned()),
            ..check_in(2, &internship, &ours.site, Verdict::Outside)
        };
        let both = [inside.clone(), outside.clone()];
        assert_eq!(store::attendance::insert(&mut tx, &both).await.unwrap(), [inside.id, outside.id]);
        let other = CheckIn { verdict: Verdict::Outside, ..inside.clone() };
        assert!(store::attendance::insert(&mut tx, &[other]).await.unwrap().is_empty());
        let found = store::attendance::recorded(&mut tx, &[(internship.id, inside.id)]).await.unwrap().remove(0);
        assert_eq!((found.verdict, found.position, found.distance), (Verdict::Inside, inside.position, inside.distance));
        assert_eq!((found.name.as_str(), found.site_name.as_str()), ("杨晓雨", "观山湖办公区"));
        assert!(store::attendance::find_of_host(&mut tx, theirs.host, outside.id).await.unwrap().is_none());
        assert_eq!(store::attendance::count_waiting(&mut tx, ours.host).await.unwrap(), 1);
        assert_eq!(store::attendance::count_waiting(&mut tx, theirs.host).await.unwrap(), 0);
        let confirmed = CheckIn {
            state: CheckInState::Confirmed,
            decided_by: Some(ours.operator),
            decided_at: Some(NOW),
            ..outside.clone()
        };
        let foreign = CheckIn { host: theirs.host, ..confirmed.clone() };
        assert!(matches!(store::attendance::save_decision(&mut tx, &foreign).await, Err(StoreError::Conflict)));
        store::attendance::save_decision(&mut tx, &confirmed).await.unwrap();
        assert!(matches!(store::attendance::save_decision(&mut tx, &confirmed).await, Err(StoreError::Conflict)));
        let today = NOW.day();
        let ids: Vec<_> = store::attendance::of_internship(&mut tx, internship.id, today, today).await.unwrap()
            .into_iter().map(|one| one.id).collect();
        assert_eq!(ids, [outside.id, inside.id]);
        assert_eq!(store::attendance::of_host(&mut tx, ours.host, today, today).await.unwrap().len(), 2);
        let counted = store::attendance::counted_days_of_host(&mut tx, ours.host).await.unwrap();
        assert_eq!(counted, [(internship.id, today)]);
        // Without the person's consent no position is shown, with it only to the own host.
        let sketch = async |tx: &mut store::Tx| {
            store::site::recent_check_ins(tx, ours.host, ours.site.id, 20).await.unwrap().len()
        };
        assert_eq!(sketch(&mut tx).await, 0);
        let person = store::trainee::find(&mut tx, internship.trainee.unwrap()).await.unwrap().unwrap();
        store::trainee::set_sensitive_consent(&mut tx, &person, Some(NOW)).await.unwrap();
        assert_eq!(sketch(&mut tx).await, 2);
        assert!(store::site::recent_check_ins(&mut tx, theirs.host, ours.site.id, 20).await.unwrap().is_empty());
    }
}
