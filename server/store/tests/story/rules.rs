//! Rule packs and holiday notices: every version stays as it was.

use crate::told::{NOW, account, day, on_both, raw};
use domain::account::Role;
use store::calendar::StoredNotice;
use store::rulepack::RulePackVersion;
use store::{Db, StoreError};

fn version(region: &str, version: &str, valid_from: &str) -> RulePackVersion {
    RulePackVersion {
        region: region.to_owned(),
        version: version.to_owned(),
        valid_from: day(valid_from),
        document: "keep_years = 7  # '; DROP TABLE rule_pack; --".to_owned(),
        created_at: NOW,
        created_by: None,
        created_by_name: None,
    }
}

fn notice(number: i64) -> StoredNotice {
    StoredNotice {
        year: 2027,
        version: number,
        source: "国务院办公厅关于2027年部分节假日安排的通知".to_owned(),
        document: "year = 2027".to_owned(),
        imported_at: NOW,
        imported_by: None,
        imported_by_name: None,
    }
}

on_both! {
    async fn a_version_of_rules_is_added_once_and_never_changed(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let admin = account(7, Role::Auditor);
        store::account::insert(&mut tx, &admin).await.unwrap();
        let later = RulePackVersion { created_by: Some(admin.id), ..version("520000", "2026-2", "2026-12-01") };
        store::rulepack::insert(&mut tx, &later).await.unwrap();
        let built_in = version("520000", "2026-1", "2026-01-01");
        assert!(store::rulepack::insert_built_in(&mut tx, &built_in).await.unwrap());
        assert!(!store::rulepack::insert_built_in(&mut tx, &built_in).await.unwrap(), "the second start adds nothing");
        tx.commit().await.unwrap();
        let named = RulePackVersion { created_by_name: Some(admin.name), ..later.clone() };
        let mut tx = db.begin().await.unwrap();
        assert_eq!(store::rulepack::all(&mut tx).await.unwrap(), [built_in, named], "by the day from which they count");
        drop(tx);
        for again in [version("520000", "2026-2", "2027-01-01"), version("520000", "2027-1", "2026-12-01")] {
            let mut tx = db.begin().await.unwrap();
            let refused = store::rulepack::insert(&mut tx, &again).await;
            assert!(matches!(refused, Err(StoreError::Duplicate(_))), "{refused:?}");
        }
        for forgery in ["UPDATE rule_pack SET document = ''", "DELETE FROM rule_pack WHERE version = '2026-1'"] {
            let refused = raw(&db, forgery).await.unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{refused}");
        }
    }

    async fn a_notice_is_imported_again_under_a_new_number(db: Db) {
        let mut tx = db.begin().await.unwrap();
        assert!(store::calendar::insert_built_in(&mut tx, &notice(1)).await.unwrap());
        assert!(!store::calendar::insert_built_in(&mut tx, &notice(1)).await.unwrap());
        store::calendar::insert(&mut tx, &notice(2)).await.unwrap();
        assert_eq!(store::calendar::all(&mut tx).await.unwrap(), [notice(1), notice(2)]);
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert!(matches!(store::calendar::insert(&mut tx, &notice(2)).await, Err(StoreError::Duplicate(_))));
        drop(tx);
        for forgery in ["UPDATE calendar_notice SET document = ''", "DELETE FROM calendar_notice"] {
            let refused = raw(&db, forgery).await.unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{refused}");
        }
    }
}
