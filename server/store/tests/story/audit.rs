//! The audit log.

use crate::told::{NOW, on_both, raw};
use domain::audit::AuditEvent;
use store::Db;
use store::audit::{Act, Author, ChainCheck, ChainPart, ChainPlace};

fn act(trainees: u32) -> Act {
    Act {
        at: NOW,
        author: Author {
            account: None,
            role: "system",
        },
        event: AuditEvent::DemoFilled { trainees },
    }
}

on_both! {
    async fn the_audit_log_is_chained_and_append_only(db: Db) {
        for trainees in 0..3 {
            let mut tx = db.begin().await.unwrap();
            store::audit::append(&mut tx, &[act(trainees)]).await.unwrap();
            tx.commit().await.unwrap();
        }
        let mut tx = db.begin().await.unwrap();
        store::audit::append(&mut tx, &[act(9)]).await.unwrap();
        drop(tx);
        let check = async || {
            let mut tx = db.read().await.unwrap();
            store::audit::check_chain(&mut tx).await.unwrap()
        };
        assert_eq!(check().await, ChainCheck::Whole(3));
        for forgery in ["UPDATE audit_event SET role = 'admin' WHERE seq = 2", "DELETE FROM audit_event WHERE seq = 3"] {
            let refused = raw(&db, forgery).await.unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{refused}");
        }
        assert_eq!(check().await, ChainCheck::Whole(3));
        match &db {
            Db::Sqlite { .. } => {
                raw(&db, "DROP TRIGGER audit_event_no_update").await.unwrap();
                raw(&db, "DROP TRIGGER audit_event_no_delete").await.unwrap();
            }
            Db::Postgres(_) => {
                assert!(raw(&db, "TRUNCATE audit_event").await.is_err());
                raw(&db, "DROP TRIGGER audit_event_guard ON audit_event").await.unwrap();
            }
        }
        raw(&db, "UPDATE audit_event SET role = 'admin' WHERE seq = 2").await.unwrap();
        assert_eq!(check().await, ChainCheck::Broken(2), "whoever takes the guard away still leaves a trace");
        raw(&db, "UPDATE audit_event SET role = 'system' WHERE seq = 2").await.unwrap();
        assert_eq!(check().await, ChainCheck::Whole(3));
        raw(&db, "DELETE FROM audit_event WHERE seq = 3").await.unwrap();
        assert_eq!(check().await, ChainCheck::Broken(3), "the end is missed, too");
    }

    async fn writers_that_come_at_once_all_get_their_place_in_the_chain(db: Db) {
        let write = |trainees: u32| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                let together: Vec<Act> = (0..3_u32).map(|more| act(10 * trainees + more)).collect();
                store::audit::append(&mut tx, &together).await.unwrap();
                tx.commit().await.unwrap();
            })
        };
        let writers: Vec<_> = (0..20).map(write).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let mut tx = db.read().await.unwrap();
        assert_eq!(store::audit::check_chain(&mut tx).await.unwrap(), ChainCheck::Whole(60));
    }

    async fn a_long_chain_is_checked_part_by_part(db: Db) {
        let mut tx = db.begin().await.unwrap();
        store::audit::append(&mut tx, &(0..2_001).map(act).collect::<Vec<_>>()).await.unwrap();
        tx.commit().await.unwrap();
        let after = async |place: ChainPlace| {
            let mut tx = db.read().await.unwrap();
            store::audit::check_chain_after(&mut tx, place, 1_000).await.unwrap()
        };
        let ChainPart::SoFar { place: first, of: 2_001 } = after(ChainPlace::default()).await else { panic!("ended too early") };
        assert_eq!(first.seq, 1_000);
        let ChainPart::SoFar { place: second, of: 2_001 } = after(first.clone()).await else { panic!("ended too early") };
        assert_eq!(second.seq, 2_000);
        let elsewhere = ChainPlace { seq: 1_000, hash: second.hash.clone() };
        assert_eq!(after(second).await, ChainPart::Done(ChainCheck::Whole(2_001)));
        assert_eq!(after(elsewhere).await, ChainPart::Done(ChainCheck::Broken(1_001)), "a part begins where the one before ended");
    }
}
