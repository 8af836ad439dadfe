//! Accounts, sessions, throttle, trainees and drafts.

use crate::told::{NOW, account, on_both, person, trainee, uuid};
use domain::AccountId;
use domain::account::Role;
use domain::identity::IdentityState;
use store::account::{Account, DemoSecret};
use store::review::Subject;
use store::session::Stage;
use store::trainee::Trainee;
use store::{Db, StoreError};

on_both! {
    async fn an_account_is_found_by_its_login_and_changes_by_its_version(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let mine = Account { demo: Some(DemoSecret { password: "p".to_owned(), note: "n".to_owned() }), ..account(1, Role::Trainee) };
        store::account::insert(&mut tx, &mine).await.unwrap();
        let found = store::account::by_login(&mut tx, "login-1").await.unwrap().unwrap();
        assert!(found == mine, "stored and read alike");
        assert!(store::account::by_login(&mut tx, "login-2").await.unwrap().is_none());
        assert_eq!(store::account::demo(&mut tx).await.unwrap().len(), 1);
        store::account::set_password(&mut tx, &mine, "$new$").await.unwrap();
        assert!(matches!(store::account::set_password(&mut tx, &mine, "$late$").await, Err(StoreError::Conflict)));
        let changed = store::account::find(&mut tx, mine.id).await.unwrap().unwrap();
        assert_eq!((changed.password_hash.as_str(), changed.version), ("$new$", 2));
        store::account::disable(&mut tx, &changed).await.unwrap();
        assert!(store::account::find(&mut tx, mine.id).await.unwrap().unwrap().disabled);
        assert!(store::account::demo(&mut tx).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let again = Account { id: AccountId::new(uuid(9)), ..mine };
        assert!(matches!(store::account::insert(&mut tx, &again).await, Err(StoreError::Duplicate(_))));
    }

    async fn a_second_factor_step_is_used_once(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let staff = account(1, Role::Auditor);
        store::account::insert(&mut tx, &staff).await.unwrap();
        assert!(store::account::use_step(&mut tx, staff.id, 100).await.unwrap());
        assert!(!store::account::use_step(&mut tx, staff.id, 100).await.unwrap());
        assert!(!store::account::use_step(&mut tx, staff.id, 99).await.unwrap());
        assert!(store::account::use_step(&mut tx, staff.id, 101).await.unwrap());
    }

    async fn sessions_begin_move_and_end(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let person = person(&mut tx, 1).await;
        let end = NOW.plus_millis(1000);
        for hash in ["one", "two", "three"] {
            store::session::insert(&mut tx, hash, person.account, Stage::SignedIn, NOW, end).await.unwrap();
        }
        let found = store::session::find(&mut tx, "one").await.unwrap().unwrap();
        assert_eq!((found.trainee, found.stage, found.expires_at), (Some(person.id), Stage::SignedIn, end));
        let later = NOW.plus_millis(500);
        store::session::touch(&mut tx, "one", later, later.plus_millis(1000)).await.unwrap();
        store::session::touch(&mut tx, "one", NOW, end).await.unwrap();
        assert_eq!(store::session::find(&mut tx, "one").await.unwrap().unwrap().seen_at, later);
        store::session::purge(&mut tx, person.account, end).await.unwrap();
        assert!(store::session::find(&mut tx, "two").await.unwrap().is_none());
        assert!(store::session::end(&mut tx, "one").await.unwrap());
        assert!(!store::session::end(&mut tx, "one").await.unwrap());
        for hash in ["four", "five"] {
            store::session::insert(&mut tx, hash, person.account, Stage::SecondFactor, NOW, end).await.unwrap();
        }
        store::session::end_all(&mut tx, person.account, Some("four")).await.unwrap();
        assert!(store::session::find(&mut tx, "four").await.unwrap().is_some());
        assert!(store::session::find(&mut tx, "five").await.unwrap().is_none());
        store::session::know_device(&mut tx, "device", person.account, NOW).await.unwrap();
        store::session::know_device(&mut tx, "device", person.account, NOW).await.unwrap();
        assert!(store::session::is_known_device(&mut tx, "device", person.account).await.unwrap());
        assert!(!store::session::is_known_device(&mut tx, "device", AccountId::new(uuid(77))).await.unwrap());
        assert!(store::session::is_device(&mut tx, "device").await.unwrap());
        assert!(!store::session::is_device(&mut tx, "other").await.unwrap());
    }

    async fn throttle_buckets_count_across_nodes(db: Db) {
        for expected in 0..3 {
            let mut tx = db.begin().await.unwrap();
            let bucket = store::throttle::hold(&mut tx, "bucket", NOW).await.unwrap();
            assert_eq!(bucket.failures, expected);
            let more = store::throttle::Bucket { failures: expected + 1, ..bucket };
            store::throttle::write(&mut tx, "bucket", more).await.unwrap();
            tx.commit().await.unwrap();
        }
        let mut tx = db.begin().await.unwrap();
        store::throttle::purge(&mut tx, NOW).await.unwrap();
        assert_eq!(store::throttle::hold(&mut tx, "bucket", NOW).await.unwrap().failures, 3);
        store::throttle::purge(&mut tx, NOW.plus_millis(1)).await.unwrap();
        assert_eq!(store::throttle::hold(&mut tx, "bucket", NOW).await.unwrap().failures, 0);
        store::throttle::clear(&mut tx, "bucket").await.unwrap();
    }

    async fn an_id_card_and_a_phone_belong_to_one_person(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let first = person(&mut tx, 1).await;
        assert!(store::trainee::find(&mut tx, first.id).await.unwrap().unwrap() == first, "stored and read alike");
        assert_eq!(store::trainee::taken(&mut tx, "card-2", "phone-9").await.unwrap(), (true, false));
        assert_eq!(store::trainee::taken(&mut tx, "card-9", "phone-2").await.unwrap(), (false, true));
        store::trainee::set_sensitive_consent(&mut tx, &first, Some(NOW)).await.unwrap();
        let stale = store::trainee::set_sensitive_consent(&mut tx, &first, None).await;
        assert!(matches!(stale, Err(StoreError::Conflict)));
        store::account::insert(&mut tx, &account(5, Role::Trainee)).await.unwrap();
        tx.commit().await.unwrap();
        for (field, other) in [
            ("id_card_index", Trainee { id_card_index: first.id_card_index.clone(), ..trainee(6, &account(5, Role::Trainee)) }),
            ("phone_index", Trainee { phone_index: first.phone_index.clone(), ..trainee(6, &account(5, Role::Trainee)) }),
        ] {
            let mut tx = db.begin().await.unwrap();
            match store::trainee::insert(&mut tx, &other).await {
                Err(StoreError::Duplicate(what)) => assert!(what.contains(field), "{what}"),
                result => panic!("{result:?}"),
            }
        }
    }

    async fn what_identifies_a_person_changes_by_version_and_never_becomes_somebody_elses(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let (first, second) = (person(&mut tx, 1).await, person(&mut tx, 11).await);
        let moved = Trainee { name: "杨小雨".to_owned(), residence_code: "520623".to_owned(), ..first.clone() };
        store::trainee::set_identifying(&mut tx, &moved).await.unwrap();
        assert!(matches!(store::trainee::set_identifying(&mut tx, &moved).await, Err(StoreError::Conflict)));
        let found = store::trainee::find(&mut tx, first.id).await.unwrap().unwrap();
        assert!(found == Trainee { version: 2, ..moved });
        let account = store::account::find(&mut tx, first.account).await.unwrap().unwrap();
        store::account::set_name(&mut tx, &account, "杨小雨").await.unwrap();
        assert!(matches!(store::account::set_name(&mut tx, &account, "杨晓雨").await, Err(StoreError::Conflict)));
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let taken = Trainee { id_card_index: first.id_card_index.clone(), ..second };
        assert!(matches!(store::trainee::set_identifying(&mut tx, &taken).await, Err(StoreError::Duplicate(_))));
    }

    async fn only_checks_that_began_long_ago_are_left_half_way(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let (checked, proven) = (person(&mut tx, 1).await, person(&mut tx, 11).await);
        let of = Subject::Trainee(checked.id);
        assert_eq!(store::identity::find(&mut tx, of).await.unwrap(), Some((IdentityState::Verified, 1)));
        store::identity::set(&mut tx, of, IdentityState::Checking, NOW, 1).await.unwrap();
        let stale = store::identity::set(&mut tx, of, IdentityState::Verified, NOW, 1).await;
        assert!(matches!(stale, Err(StoreError::Conflict)));
        let left = async |tx: &mut store::Tx, before| store::identity::left_checking(tx, before, 10).await.unwrap();
        assert!(left(&mut tx, NOW).await.is_empty());
        assert_eq!(left(&mut tx, NOW.plus_millis(1)).await, [(checked.id, checked.account)]);
        let row = store::trainee::find(&mut tx, proven.id).await.unwrap().unwrap();
        assert_eq!((row.identity, row.identity_at), (IdentityState::Verified, Some(NOW)));
    }

    async fn a_draft_is_taken_once_and_in_time(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let end = NOW.plus_millis(1000);
        for hash in ["one", "two", "three"] {
            store::draft::insert(&mut tx, hash, "register", "sealed", end).await.unwrap();
        }
        assert_eq!(store::draft::take(&mut tx, "one", "sign_in", NOW).await.unwrap(), None);
        assert_eq!(store::draft::take(&mut tx, "one", "register", NOW).await.unwrap().as_deref(), Some("sealed"));
        assert_eq!(store::draft::take(&mut tx, "one", "register", NOW).await.unwrap(), None);
        assert_eq!(store::draft::take(&mut tx, "two", "register", end).await.unwrap(), None);
        store::draft::purge(&mut tx, end).await.unwrap();
        assert_eq!(store::draft::take(&mut tx, "three", "register", NOW).await.unwrap(), None);
    }
}
