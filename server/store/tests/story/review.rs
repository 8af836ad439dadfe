//! Cases: the queue in pages by deadline, counts up to a limit, escalation once, and a history that is only added to.

use crate::told::{HostSide, NOW, host_side, on_both, raw, uuid};
use domain::review::{CaseKind, CaseState, Progress, QueueBox, StagePurpose, Verdict};
use domain::value::add_days;
use domain::{AgencyId, CaseId};
use store::review::{Case, Cursor, Decision, QueueScope, SnapshotRow, Stage, Subject};
use store::{Db, StoreError, Tx};

fn case(number: u128, of: &HostSide, due_in: i32) -> Case {
    Case {
        id: CaseId::new(uuid(number)),
        kind: CaseKind::HostIdentity,
        about: Subject::Host(of.host),
        subject: format!("{number} 号单位"),
        detail: "石阡县".to_owned(),
        division: "520115".to_owned(),
        progress: Progress::new(1),
        purpose: StagePurpose::CountyReview,
        agency: of.agency,
        workdays: 10,
        since: NOW.day(),
        due_on: add_days(NOW.day(), due_in),
        escalated_to: None,
        escalated_at: None,
        checked: true,
        returned_fields: Vec::new(),
        snapshot: 1,
        route: "按经营地址".to_owned(),
        basis: "520000@2026-1".to_owned(),
        submitted_by: of.operator,
        submitted_at: NOW,
        decided_at: None,
        version: 1,
    }
}

/// Closed at once, so that a host may have several.
async fn add(tx: &mut Tx, case: &Case) {
    store::review::insert(tx, case).await.unwrap();
    let stage = Stage {
        position: 0,
        purpose: case.purpose,
        agency: case.agency,
        agency_name: String::new(),
        workdays: 10,
        reached_on: Some(case.since),
        due_on: Some(case.due_on),
        passed_at: None,
    };
    store::review::insert_stages(tx, case.id, &[stage]).await.unwrap();
}

fn open(agency: AgencyId) -> QueueScope<'static> {
    QueueScope {
        agency,
        folder: QueueBox::Open,
        kind: None,
        search: "",
    }
}

on_both! {
    async fn the_queue_runs_by_deadline_in_pages_and_belongs_to_its_agency(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let ours = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let theirs = host_side(&mut tx, 200, "91000000MA00000T4X").await;
        let (late, soon) = (case(1, &ours, 9), case(2, &theirs, 2));
        add(&mut tx, &late).await;
        // The other host's case lies at our agency, too.
        add(&mut tx, &Case { agency: ours.agency, ..soon.clone() }).await;
        tx.commit().await.unwrap();
        // A refused statement ends its transaction on PostgreSQL: this one stands alone.
        let mut refused = db.begin().await.unwrap();
        let double = store::review::insert(&mut refused, &case(3, &ours, 1)).await;
        assert!(matches!(double, Err(StoreError::Duplicate(_))), "one open case of a kind for a host");
        drop(refused);
        let mut tx = db.begin().await.unwrap();
        let ids = async |tx: &mut Tx, scope, after: Option<&Cursor>, limit| -> Vec<CaseId> {
            store::review::page(tx, scope, after, limit).await.unwrap().into_iter().map(|(case, _)| case.id).collect()
        };
        assert_eq!(ids(&mut tx, open(ours.agency), None, 10).await, [soon.id, late.id]);
        assert_eq!(ids(&mut tx, open(ours.agency), None, 1).await, [soon.id]);
        let after = Cursor { key: soon.due_on.to_string(), id: soon.id };
        assert_eq!(ids(&mut tx, open(ours.agency), Some(&after), 10).await, [late.id]);
        let named = QueueScope { search: "1 号", ..open(ours.agency) };
        assert_eq!(ids(&mut tx, named, None, 10).await, [late.id]);
        let wild = QueueScope { search: "%", ..open(ours.agency) };
        assert!(ids(&mut tx, wild, None, 10).await.is_empty(), "a sign of the pattern is only a letter");
        assert!(ids(&mut tx, open(theirs.agency), None, 10).await.is_empty());
        assert_eq!(store::review::count(&mut tx, open(ours.agency), 10).await.unwrap(), 2);
        assert_eq!(store::review::count(&mut tx, open(ours.agency), 1).await.unwrap(), 1, "counting stops at the limit");
        assert!(store::review::find_for_agency(&mut tx, theirs.agency, late.id).await.unwrap().is_none());
        let found = store::review::find_for_agency(&mut tx, ours.agency, late.id).await.unwrap().unwrap();
        assert_eq!(found, late);
        let approved = Case {
            progress: Progress { state: CaseState::Approved, ..late.progress },
            decided_at: Some(NOW),
            ..late.clone()
        };
        store::review::save(&mut tx, &approved).await.unwrap();
        assert!(matches!(store::review::save(&mut tx, &approved).await, Err(StoreError::Conflict)));
        assert_eq!(ids(&mut tx, open(ours.agency), None, 10).await, [soon.id]);
    }

    async fn a_case_is_escalated_once_and_its_history_only_grows(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let ours = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let overdue = case(1, &ours, -1);
        add(&mut tx, &overdue).await;
        let snapshot = SnapshotRow { number: 1, sealed: "v1:…".to_owned(), hash: "aa".to_owned() };
        store::review::add_snapshot(&mut tx, overdue.id, &snapshot, NOW).await.unwrap();
        let decision = Decision {
            verdict: Verdict::Submit,
            account: ours.operator,
            account_name: "罗敏".to_owned(),
            agency: None,
            agency_name: None,
            purpose: None,
            reason: None,
            fields: vec!["name".to_owned(), "licence".to_owned()],
            record: None,
            snapshot: 1,
            snapshot_hash: "aa".to_owned(),
            basis: "520000@2026-1".to_owned(),
            at: NOW,
        };
        store::review::add_decision(&mut tx, overdue.id, &decision).await.unwrap();
        let found = store::review::overdue(&mut tx, NOW.day(), 10).await.unwrap();
        assert_eq!(found.len(), 1);
        assert!(store::review::escalate(&mut tx, &overdue, Some(ours.agency), NOW).await.unwrap());
        assert!(!store::review::escalate(&mut tx, &overdue, Some(ours.agency), NOW).await.unwrap());
        assert!(store::review::overdue(&mut tx, NOW.day(), 10).await.unwrap().is_empty());
        let escalated = QueueScope { folder: QueueBox::Escalated, ..open(ours.agency) };
        assert_eq!(store::review::page(&mut tx, escalated, None, 10).await.unwrap().len(), 1);
        assert_eq!(store::review::decisions(&mut tx, overdue.id).await.unwrap(), [decision]);
        tx.commit().await.unwrap();
        for table in ["review_decision", "review_snapshot"] {
            for forgery in [format!("UPDATE {table} SET case_id = case_id"), format!("DELETE FROM {table}")] {
                let refused = raw(&db, &forgery).await.unwrap_err();
                assert!(refused.to_string().contains("append-only"), "{refused}");
            }
        }
    }

    /// What the clock's job read may be decided by an agency on another node before the job writes.
    async fn a_case_that_moved_on_meanwhile_is_not_escalated_and_keeps_its_due_date(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let ours = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let read = Case { progress: Progress::new(2), ..case(1, &ours, -1) };
        add(&mut tx, &read).await;
        let stages = async |tx: &mut Tx| store::review::stages(tx, read.id).await.unwrap();
        let found = async |tx: &mut Tx| store::review::find_for_agency(tx, ours.agency, read.id).await.unwrap().unwrap();
        // The due date moved with a new calendar: what was read is not overdue any more.
        assert!(store::review::set_due(&mut tx, &read, add_days(NOW.day(), 3), NOW.day()).await.unwrap());
        assert!(!store::review::escalate(&mut tx, &read, Some(ours.agency), NOW).await.unwrap());
        assert!(!store::review::set_due(&mut tx, &read, add_days(NOW.day(), 4), NOW.day()).await.unwrap(), "moved once");
        let moved = found(&mut tx).await;
        assert_eq!((moved.due_on, moved.escalated_at, moved.version), (add_days(NOW.day(), 3), None, 1));
        assert_eq!(stages(&mut tx).await[0].due_on, Some(moved.due_on));
        // The county approved: the case is at its second stage.
        let next = Case {
            progress: Progress { stage: 1, ..moved.progress },
            due_on: add_days(NOW.day(), -1),
            ..moved.clone()
        };
        store::review::save(&mut tx, &next).await.unwrap();
        let overdue_then = Case { due_on: next.due_on, ..moved };
        assert!(!store::review::escalate(&mut tx, &overdue_then, Some(ours.agency), NOW).await.unwrap());
        assert!(!store::review::set_due(&mut tx, &overdue_then, add_days(NOW.day(), 5), NOW.day()).await.unwrap());
        let after = found(&mut tx).await;
        assert_eq!((after.due_on, after.escalated_at), (next.due_on, None));
        assert_eq!(stages(&mut tx).await[0].due_on, Some(add_days(NOW.day(), 3)), "nor does its stage move");
        // Escalated, then the due date moves into the future: taken back from the agency above.
        assert!(store::review::escalate(&mut tx, &after, Some(ours.agency), NOW).await.unwrap());
        assert!(store::review::set_due(&mut tx, &after, add_days(NOW.day(), -2), NOW.day()).await.unwrap());
        let late = found(&mut tx).await;
        assert_eq!((late.escalated_to, late.escalated_at), (Some(ours.agency), Some(NOW)), "still overdue");
        assert!(store::review::set_due(&mut tx, &late, add_days(NOW.day(), 6), NOW.day()).await.unwrap());
        let back = found(&mut tx).await;
        assert_eq!((back.escalated_to, back.escalated_at), (None, None));
    }

    /// What is mended may lead a case another way; the one before is gone, and with it who only waited for the case.
    async fn a_case_that_goes_another_way_is_there_for_the_agencies_of_that_way(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let ours = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let theirs = host_side(&mut tx, 200, "91000000MA00000T4X").await;
        let sent = case(1, &ours, 9);
        add(&mut tx, &sent).await;
        let stage = |position: u8, agency| Stage {
            position,
            purpose: StagePurpose::CityReview,
            agency,
            agency_name: String::new(),
            workdays: 7,
            reached_on: (position == 0).then_some(NOW.day()),
            due_on: (position == 0).then_some(sent.due_on),
            passed_at: None,
        };
        let moved = Case {
            progress: Progress::new(2),
            purpose: StagePurpose::CityReview,
            agency: theirs.agency,
            basis: "520000@2026-2".to_owned(),
            ..sent.clone()
        };
        store::review::save(&mut tx, &moved).await.unwrap();
        store::review::replace_stages(&mut tx, sent.id, &[stage(0, theirs.agency), stage(1, theirs.agency)]).await.unwrap();
        assert!(store::review::find_for_agency(&mut tx, ours.agency, sent.id).await.unwrap().is_none());
        let found = store::review::find_for_agency(&mut tx, theirs.agency, sent.id).await.unwrap().unwrap();
        assert_eq!(found, Case { version: 2, ..moved });
        let way = store::review::stages(&mut tx, sent.id).await.unwrap();
        assert_eq!(way.iter().map(|stage| (stage.position, stage.agency, stage.due_on)).collect::<Vec<_>>(),
            [(0, theirs.agency, Some(sent.due_on)), (1, theirs.agency, None)]);
    }
}
