//! The inbox and what leaves the house, on either database.

use crate::told::{NOW, account, host_side, on_both, person, uuid};
use domain::account::Role;
use domain::notice::{InboxCursor, NoticeContent};
use domain::{AccountId, Moment, NoticeId, TraineeId};
use store::notice::{self, Channel, Notice, Outcome, Subscription, To};
use store::{Db, Tx};

fn later(minutes: i64) -> Moment {
    NOW.plus_millis(minutes * 60_000)
}

async fn write(tx: &mut Tx, number: u128, account: AccountId, at: Moment) -> NoticeId {
    let id = NoticeId::new(uuid(number));
    notice::insert(&mut *tx, &[(id, account)], &NoticeContent::HostCleanedOut, at)
        .await
        .unwrap();
    id
}

async fn ids(tx: &mut Tx, account: AccountId, after: Option<InboxCursor>) -> Vec<u128> {
    let found = notice::list(tx, account, after, 2).await.unwrap();
    found.into_iter().map(|notice| notice.id.uuid().as_u128()).collect()
}

fn cursor(read: bool, number: u128, at: Moment) -> Option<InboxCursor> {
    let id = NoticeId::new(uuid(number));
    Some(InboxCursor { read, at, id })
}

fn browser(number: u128, account: AccountId, endpoint: &str) -> Subscription {
    Subscription {
        id: uuid(number).to_string(),
        account,
        endpoint_index: endpoint.to_owned(),
        sealed: format!("v1.{number}"),
    }
}

on_both! {
    async fn those_of_the_role_and_place_are_told(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let other = host_side(&mut tx, 200, "91000000MA00000T4X").await;
        let trainee = person(&mut tx, 300).await;
        let mentor = store::account::Account { host: Some(side.host), ..account(400, Role::Mentor) };
        store::account::insert(&mut tx, &mentor).await.unwrap();
        let agency = domain::AgencyId::new(uuid(101));
        let staff = [(401, Role::Reviewer, false), (402, Role::Reviewer, true), (403, Role::Auditor, false)];
        for (number, role, disabled) in staff {
            let reviewer = store::account::Account { agency: Some(agency), disabled, ..account(number, role) };
            store::account::insert(&mut tx, &reviewer).await.unwrap();
        }
        let told = [
            (To::Host(side.host), vec![side.operator]),
            (To::Host(other.host), vec![other.operator]),
            (To::Trainee(trainee.id), vec![trainee.account]),
            (To::Trainee(TraineeId::new(uuid(999))), Vec::new()),
            (To::Agency(agency), vec![AccountId::new(uuid(401))]),
            (To::Account(mentor.id), vec![mentor.id]),
            (To::Account(AccountId::new(uuid(402))), Vec::new()),
        ];
        for (to, accounts) in told {
            assert_eq!(notice::recipients(&mut tx, to).await.unwrap(), accounts, "{to:?}");
        }
    }

    async fn an_inbox_is_read_from_the_unread_to_the_read_and_by_its_owner_alone(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let (me, other) = (person(&mut tx, 100).await.account, person(&mut tx, 200).await.account);
        for (number, minute) in [(1, 0), (2, 1), (3, 1), (4, 2), (5, 3)] {
            write(&mut tx, number, me, later(minute)).await;
        }
        write(&mut tx, 9, other, later(9)).await;
        for number in [2, 5] {
            let id = NoticeId::new(uuid(number));
            assert!(!notice::mark_read(&mut tx, other, id, later(10)).await.unwrap());
            assert!(notice::mark_read(&mut tx, me, id, later(10)).await.unwrap());
            assert!(notice::mark_read(&mut tx, me, id, later(11)).await.unwrap());
        }
        assert_eq!(notice::unread(&mut tx, me).await.unwrap(), 3);
        assert_eq!(ids(&mut tx, me, None).await, [4, 3]);
        assert_eq!(ids(&mut tx, me, cursor(false, 3, later(1))).await, [1, 5]);
        assert_eq!(ids(&mut tx, me, cursor(true, 5, later(3))).await, [2]);
        let read = notice::list(&mut tx, me, cursor(true, 5, later(3)), 2).await.unwrap();
        let [Notice { content, at, read_at, .. }] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!((content, *at, *read_at), (&Some(NoticeContent::HostCleanedOut), later(1), Some(later(10))));
        assert_eq!(notice::mark_all_read(&mut tx, me, later(1), later(12)).await.unwrap(), 2);
        assert_eq!((notice::unread(&mut tx, me).await.unwrap(), notice::unread(&mut tx, other).await.unwrap()), (1, 1));
        assert_eq!(notice::purge(&mut tx, later(11)).await.unwrap(), 2);
        assert_eq!(ids(&mut tx, me, None).await, [4, 3]);
    }

    async fn a_notice_leaves_by_each_channel_once_and_is_forgotten_with_it(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let me = person(&mut tx, 200).await;
        for (number, owner, endpoint) in [(1, me.account, "a"), (2, me.account, "b"), (3, side.operator, "c")] {
            notice::insert_subscription(&mut tx, &browser(number, owner, endpoint), NOW).await.unwrap();
        }
        let mine = write(&mut tx, 10, me.account, later(0)).await;
        let theirs = write(&mut tx, 11, side.operator, later(1)).await;
        for channel in [Channel::Sms, Channel::Push] {
            notice::insert_deliveries(&mut tx, &[mine, theirs], channel).await.unwrap();
        }
        let sms = notice::due(&mut tx, Channel::Sms, later(5), 9).await.unwrap();
        let [one] = sms.as_slice() else { panic!("a text message to the trainee alone: {sms:?}") };
        let sealed = one.sealed.clone().unwrap();
        assert_eq!((one.notice, sealed.row, sealed.value), (mine, me.id.to_string(), "v1.phone".to_owned()));
        let push = notice::due(&mut tx, Channel::Push, later(0), 9).await.unwrap();
        assert_eq!(push.len(), 2, "the other is not due yet");
        assert_eq!(notice::due(&mut tx, Channel::Push, later(1), 9).await.unwrap().len(), 3);

        notice::settle(&mut tx, Channel::Sms, one, Outcome::Sent).await.unwrap();
        assert!(notice::due(&mut tx, Channel::Sms, later(99), 9).await.unwrap().is_empty());
        let again = Outcome::Again { tries: 1, at: later(30) };
        notice::settle(&mut tx, Channel::Push, &push[0], again).await.unwrap();
        notice::settle(&mut tx, Channel::Push, &push[1], Outcome::GivenUp).await.unwrap();
        assert_eq!(notice::due(&mut tx, Channel::Push, later(29), 9).await.unwrap().len(), 1);
        let retried = notice::due(&mut tx, Channel::Push, later(30), 9).await.unwrap();
        assert_eq!(retried.iter().map(|due| due.tries).collect::<Vec<_>>(), [0, 1]);

        assert!(!notice::forget(&mut tx, side.operator, &push[0].target).await.unwrap());
        assert!(notice::forget(&mut tx, me.account, &push[0].target).await.unwrap());
        let gone = notice::due(&mut tx, Channel::Push, later(30), 9).await.unwrap();
        assert_eq!(gone.iter().map(|due| due.sealed.is_some()).collect::<Vec<_>>(), [true, false]);
        notice::mark_all_read(&mut tx, side.operator, later(9), later(9)).await.unwrap();
        let read = notice::due(&mut tx, Channel::Push, later(30), 9).await.unwrap();
        assert!(read.iter().all(|due| due.sealed.is_none()), "whoever read it needs no push");
        assert_eq!(notice::purge(&mut tx, later(10)).await.unwrap(), 1);
        assert_eq!(notice::due(&mut tx, Channel::Push, later(30), 9).await.unwrap().len(), 1);
    }

    async fn a_browser_belongs_to_whoever_asked_last_and_a_person_has_not_endlessly_many(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let (me, other) = (person(&mut tx, 100).await.account, person(&mut tx, 200).await.account);
        notice::insert_subscription(&mut tx, &browser(1, me, "a"), NOW).await.unwrap();
        notice::insert_subscription(&mut tx, &browser(2, other, "a"), later(1)).await.unwrap();
        assert_eq!(notice::find_subscription(&mut tx, me, "a").await.unwrap(), None);
        assert_eq!(notice::find_subscription(&mut tx, other, "a").await.unwrap(), Some(browser(2, other, "a")));
        for (number, endpoint) in [(3, "b"), (4, "c"), (5, "d")] {
            notice::insert_subscription(&mut tx, &browser(number, me, endpoint), later(i64::try_from(number).unwrap())).await.unwrap();
        }
        notice::keep_newest(&mut tx, me, 2).await.unwrap();
        let mut left = Vec::new();
        for endpoint in ["b", "c", "d"] {
            left.push(notice::find_subscription(&mut tx, me, endpoint).await.unwrap().is_some());
        }
        assert_eq!(left, [false, true, true]);
        assert!(notice::find_subscription(&mut tx, other, "a").await.unwrap().is_some());
    }
}
