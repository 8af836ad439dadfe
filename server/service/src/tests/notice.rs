//! Notices: told with the act, read by their reader alone.

use crate::error::ServiceError;
use crate::notice::{self, To};
use crate::testing::{World, on_both, registration};
use crate::{Actor, account};
use domain::account::Role;
use domain::notice::NoticeContent;
use domain::review::CaseKind;
use domain::trainee::RegisterForm;
use domain::{AgencyId, CaseId, HostId, TraineeId};
use uuid::Uuid;

const HOUR: i64 = 3600;

fn received() -> NoticeContent {
    NoticeContent::CaseReceived {
        case: CaseId::new(Uuid::from_u128(7)),
        kind: CaseKind::Certification,
        subject: "贵州云上数据服务有限公司".to_owned(),
        due: "2026-11-23".parse().unwrap(),
    }
}

/// A trainee, two operators of one host, a reviewer of the agency above, and an operator of another host.
pub(super) struct Cast {
    pub(super) trainee: Actor,
    pub(super) operators: [Actor; 2],
    pub(super) reviewer: Actor,
    pub(super) stranger: Actor,
    pub(super) host: HostId,
    pub(super) agency: AgencyId,
}

impl Cast {
    pub(super) async fn of(world: &World) -> Self {
        let host = world
            .host("贵州云上数据服务有限公司", "91350100M000100Y43", "520115")
            .await;
        let other = world.host("石阡温泉酒店", "91000000MA00000T4X", "520623").await;
        let agency = world.agency("观山湖区就业局", "520115").await;
        let mut operators = Vec::new();
        for (login, host) in [("luomin", host), ("zhaoli", host), ("chenwei", other)] {
            let staff = world.operator(login, host).await;
            let session = world.sign_in_staff(&staff).await;
            operators.push(world.actor(&session).await);
        }
        let [first, second, stranger] = <[Actor; 3]>::try_from(operators).unwrap();
        let reviewer = account::create_staff(
            &world.service,
            account::NewStaff {
                role: Role::Reviewer,
                name: "陈静".to_owned(),
                login: "chenjing".to_owned(),
                password: Some(crate::testing::PASSWORD.to_owned()),
                host: None,
                agency: Some(agency.to_string()),
            },
        )
        .await
        .unwrap();
        let session = world.sign_in_staff(&reviewer).await;
        let reviewer = world.actor(&session).await;
        // From a county without an agency, so that no case of theirs tells anybody anything.
        let elsewhere = RegisterForm {
            residence: "520623".to_owned(),
            ..registration(0)
        };
        let session = world.register(elsewhere).await;
        Self {
            trainee: world.actor(&session).await,
            operators: [first, second],
            reviewer,
            stranger,
            host,
            agency,
        }
    }

    pub(super) fn trainee_id(&self) -> TraineeId {
        self.trainee.trainee().unwrap()
    }
}

pub(super) async fn tell(world: &World, to: To, content: &NoticeContent) -> u32 {
    let mut tx = world.service.db().begin().await.unwrap();
    let told = notice::send(&world.service, &mut tx, to, content).await.unwrap();
    tx.commit().await.unwrap();
    told
}

async fn unread(world: &World, actor: &Actor) -> u32 {
    let counted = notice::unread(&world.service, actor).await.unwrap();
    let inbox = notice::list(&world.service, actor, None).await.unwrap();
    let viewer = account::viewer(&world.service, actor).await.unwrap();
    assert_eq!((inbox.unread, viewer.unread), (counted, counted));
    counted
}

on_both! {
    async fn the_operators_of_a_host_and_the_reviewers_of_an_agency_are_told_and_nobody_else(world: World) {
        let cast = Cast::of(&world).await;
        assert_eq!(tell(&world, To::Host(cast.host), &NoticeContent::HostCleanedOut).await, 2);
        assert_eq!(tell(&world, To::Agency(cast.agency), &received()).await, 1);
        assert_eq!(tell(&world, To::Trainee(cast.trainee_id()), &NoticeContent::IdentityVerified).await, 1);
        assert_eq!(tell(&world, To::Account(cast.operators[0].account()), &NoticeContent::HostCleanedOut).await, 1);
        let mut counts = Vec::new();
        for actor in [&cast.operators[0], &cast.operators[1], &cast.reviewer, &cast.trainee, &cast.stranger] {
            counts.push(unread(&world, actor).await);
        }
        assert_eq!(counts, [2, 1, 1, 1, 0]);
        let inbox = notice::list(&world.service, &cast.reviewer, None).await.unwrap();
        let [only] = inbox.notices.as_slice() else { panic!("{inbox:?}") };
        assert_eq!(only.title, "收到新的见习单位认证申请");
        assert_eq!(only.body, "贵州云上数据服务有限公司申请见习单位认证，请在11月23日前办结。");
        assert_eq!(only.href, "/cases/00000000-0000-0000-0000-000000000007");
        assert!(!only.read && inbox.older.is_none());
    }

    async fn whoever_may_not_sign_in_any_more_is_told_nothing(world: World) {
        let cast = Cast::of(&world).await;
        account::disable(&world.service, "zhaoli").await.unwrap();
        assert_eq!(tell(&world, To::Host(cast.host), &NoticeContent::HostCleanedOut).await, 1);
        assert_eq!(tell(&world, To::Account(cast.operators[1].account()), &NoticeContent::HostCleanedOut).await, 0);
    }

    async fn nobody_hears_of_an_act_that_did_not_happen(world: World) {
        let cast = Cast::of(&world).await;
        let mut tx = world.service.db().begin().await.unwrap();
        notice::send(&world.service, &mut tx, To::Host(cast.host), &NoticeContent::HostCleanedOut).await.unwrap();
        drop(tx);
        assert_eq!(unread(&world, &cast.operators[0]).await, 0);
    }

    async fn nobody_reads_or_marks_a_notice_of_somebody_else(world: World) {
        let cast = Cast::of(&world).await;
        tell(&world, To::Host(cast.host), &NoticeContent::HostCleanedOut).await;
        let own = notice::list(&world.service, &cast.operators[0], None).await.unwrap().notices[0].id;
        for other in [&cast.operators[1], &cast.stranger, &cast.reviewer, &cast.trainee] {
            let refused = notice::mark_read(&world.service, other, own).await;
            assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
            notice::mark_all_read(&world.service, other, world.clock.now()).await.unwrap();
            let inbox = notice::list(&world.service, other, None).await.unwrap();
            assert!(inbox.notices.iter().all(|notice| notice.id != own));
        }
        assert_eq!(unread(&world, &cast.operators[0]).await, 1);
        notice::mark_read(&world.service, &cast.operators[0], own).await.unwrap();
        notice::mark_read(&world.service, &cast.operators[0], own).await.unwrap();
        assert_eq!(unread(&world, &cast.operators[0]).await, 0);
    }

    async fn what_came_after_the_reader_looked_is_not_marked_as_read(world: World) {
        let cast = Cast::of(&world).await;
        let to = To::Trainee(cast.trainee_id());
        tell(&world, to, &NoticeContent::IdentityVerified).await;
        let looked = notice::list(&world.service, &cast.trainee, None).await.unwrap().as_of;
        world.wait_seconds(1);
        tell(&world, to, &NoticeContent::IdentityVerified).await;
        notice::mark_all_read(&world.service, &cast.trainee, looked).await.unwrap();
        assert_eq!(unread(&world, &cast.trainee).await, 1);
        let inbox = notice::list(&world.service, &cast.trainee, None).await.unwrap();
        assert_eq!(inbox.notices.iter().map(|notice| notice.read).collect::<Vec<_>>(), [false, true]);
    }

    async fn the_inbox_is_read_page_by_page_unread_first_and_nothing_twice(world: World) {
        let cast = Cast::of(&world).await;
        for number in 0..47 {
            world.wait_seconds(60);
            tell(&world, To::Trainee(cast.trainee_id()), &NoticeContent::IdentityVerified).await;
            if number == 24 {
                notice::mark_all_read(&world.service, &cast.trainee, world.clock.now()).await.unwrap();
            }
        }
        let (mut before, mut all, mut pages) = (None, Vec::new(), 0);
        loop {
            let page = notice::list(&world.service, &cast.trainee, before.as_deref()).await.unwrap();
            assert_eq!(page.unread, 22);
            all.extend(page.notices);
            pages += 1;
            before = page.older;
            if before.is_none() { break }
        }
        assert_eq!((pages, all.len()), (3, 47));
        assert!(all.is_sorted_by_key(|notice| (notice.read, std::cmp::Reverse(notice.at))));
        let ids: std::collections::BTreeSet<_> = all.iter().map(|notice| notice.id).collect();
        assert_eq!((ids.len(), all.iter().filter(|notice| !notice.read).count()), (47, 22));
        let odd = notice::list(&world.service, &cast.trainee, Some("'; DROP TABLE notice;--")).await.unwrap();
        assert_eq!(odd.notices.len(), 20, "what is no cursor begins at the beginning");
    }

    async fn what_was_read_half_a_year_ago_is_removed_and_what_nobody_read_stays(world: World) {
        let cast = Cast::of(&world).await;
        tell(&world, To::Host(cast.host), &NoticeContent::HostCleanedOut).await;
        notice::mark_all_read(&world.service, &cast.operators[0], world.clock.now()).await.unwrap();
        for (days, left) in [(179, 1), (2, 0)] {
            world.wait_seconds(days * 24 * HOUR);
            crate::upkeep(&world.service).await;
            let inbox = notice::list(&world.service, &cast.operators[0], None).await.unwrap();
            assert_eq!(inbox.notices.len(), left, "after {days} more days");
        }
        assert_eq!(unread(&world, &cast.operators[1]).await, 1);
    }
}
