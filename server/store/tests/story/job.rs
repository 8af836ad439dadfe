//! A job is held by one at a time, on either database.

use crate::told::{NOW, on_both};
use domain::Moment;
use store::Db;
use store::job;

const MINUTE: i64 = 60_000;

fn after(minutes: i64) -> Moment {
    NOW.plus_millis(minutes * MINUTE)
}

async fn claim(db: &Db, holder: &str, now: Moment) -> bool {
    let mut tx = db.begin().await.unwrap();
    let mine = job::claim(&mut tx, "sweep", holder, now, now.plus_millis(10 * MINUTE))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    mine
}

on_both! {
    async fn a_job_is_held_by_one_at_a_time_and_due_again_when_it_was_said(db: Db) {
        assert!(claim(&db, "a", after(0)).await);
        assert!(!claim(&db, "b", after(1)).await, "held");
        let mut tx = db.begin().await.unwrap();
        assert!(!job::finish(&mut tx, "sweep", "b", after(1), after(2)).await.unwrap(), "not the holder");
        assert!(job::finish(&mut tx, "sweep", "a", after(1), after(5)).await.unwrap());
        tx.commit().await.unwrap();
        assert!(!claim(&db, "b", after(4)).await, "not due");
        assert!(claim(&db, "b", after(5)).await);
        let state = job::find(&mut db.read().await.unwrap(), "sweep").await.unwrap().unwrap();
        assert_eq!((state.held, state.lease_until), (true, after(15)));
        assert_eq!((state.last_ok_at, state.last_error), (Some(after(1)), None));
    }

    async fn a_lease_that_ran_out_is_taken_over_and_its_late_holder_changes_nothing(db: Db) {
        assert!(claim(&db, "a", after(0)).await);
        assert!(!claim(&db, "b", after(10)).await);
        assert!(claim(&db, "b", after(11)).await);
        let mut tx = db.begin().await.unwrap();
        assert!(!job::finish(&mut tx, "sweep", "a", after(12), after(99)).await.unwrap());
        assert!(!job::fail(&mut tx, "sweep", "a", "late", after(99)).await.unwrap());
        assert!(job::fail(&mut tx, "sweep", "b", "the disk is full", after(13)).await.unwrap());
        tx.commit().await.unwrap();
        let state = job::find(&mut db.read().await.unwrap(), "sweep").await.unwrap().unwrap();
        assert_eq!((state.held, state.next_at, state.last_ok_at), (false, after(13), None));
        assert_eq!(state.last_error.as_deref(), Some("the disk is full"));
        assert_eq!(job::find(&mut db.read().await.unwrap(), "other").await.unwrap(), None);
    }
}
