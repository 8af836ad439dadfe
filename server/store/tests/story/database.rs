//! Opening, migrating, transactions, settings and divisions.

use crate::told::{account, day, migrated, on_both};
use domain::account::Role;
use store::testing::Fresh;
use store::{Db, Purpose, StoreError};

on_both! {
    async fn migrating_twice_changes_nothing_and_the_divisions_are_there(db: Db) {
        db.migrate().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let provinces = store::division::children(&mut tx, None, day("2026-11-19")).await.unwrap();
        assert_eq!(provinces.len(), 31);
        assert!(provinces.iter().all(|province| province.has_children));
        let path = store::division::path(&mut tx, "520115").await.unwrap();
        let names: Vec<&str> = path.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["贵州省", "贵阳市", "观山湖区"]);
        assert!(store::division::path(&mut tx, "52011'").await.unwrap().is_empty());
        let leaves = store::division::leaves(&mut tx, day("2026-11-19")).await.unwrap();
        assert!(leaves.iter().any(|(code, ..)| code == "441900") && !leaves.iter().any(|(code, ..)| code == "520100"));
    }

    async fn work_that_is_not_committed_never_happened(db: Db) {
        let mut tx = db.begin().await.unwrap();
        store::account::insert(&mut tx, &account(1, Role::Trainee)).await.unwrap();
        drop(tx);
        let mut tx = db.read().await.unwrap();
        assert!(!store::account::any(&mut tx).await.unwrap());
    }

    async fn settings_are_replaced_or_kept(db: Db) {
        let mut tx = db.begin().await.unwrap();
        store::setting::put_if_absent(&mut tx, "key", "one").await.unwrap();
        store::setting::put_if_absent(&mut tx, "key", "two").await.unwrap();
        assert_eq!(store::setting::get(&mut tx, "key").await.unwrap().as_deref(), Some("one"));
        store::setting::put(&mut tx, "key", "three").await.unwrap();
        assert_eq!(store::setting::get(&mut tx, "key").await.unwrap().as_deref(), Some("three"));
        assert_eq!(store::setting::get(&mut tx, "other").await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_second_node_on_one_sqlite_file_is_refused() {
    let fresh = Fresh::sqlite().unwrap();
    let first = migrated(&fresh).await;
    let second = Db::open(fresh.url(), Purpose::Own).await;
    assert!(matches!(second, Err(StoreError::SecondNode(_))));
    first.close().await;
    drop(first);
    assert!(Db::open(fresh.url(), Purpose::Own).await.is_ok());
}

#[tokio::test]
async fn a_visitor_writes_beside_the_node_and_both_see_what_the_other_wrote() {
    let fresh = Fresh::sqlite().unwrap();
    let node = migrated(&fresh).await;
    let visitor = Db::open(fresh.url(), Purpose::Visit).await.unwrap();
    for (writer, reader, name) in [
        (&visitor, &node, "from the visitor"),
        (&node, &visitor, "from the node"),
    ] {
        let mut tx = writer.begin().await.unwrap();
        store::setting::put(&mut tx, name, "here").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = reader.read().await.unwrap();
        assert_eq!(
            store::setting::get(&mut tx, name).await.unwrap().as_deref(),
            Some("here")
        );
    }
    visitor.close().await;
    let second = Db::open(fresh.url(), Purpose::Own).await;
    assert!(
        matches!(second, Err(StoreError::SecondNode(_))),
        "a visit does not end the node's hold"
    );
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_says_so() {
    let nowhere = Db::open("postgres://nobody@127.0.0.1:1/nothing", Purpose::Own).await;
    assert!(matches!(nowhere, Err(StoreError::Unavailable(_))), "{nowhere:?}");
}
