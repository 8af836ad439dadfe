//! The demo data: everybody can sign in, every state and verdict is there, the same seed tells the same story.

use crate::account::{self, SignIn, Totp};
use crate::testing::{World, on_both, stranger};
use crate::{ServiceError, attendance, certification, demo, identity, internship, review, site};
use domain::account::{Role, SecondFactorForm};
use domain::attendance::{CheckInState, Verdict};
use domain::identity::IdentityState;
use domain::internship::InternshipState;
use domain::review::{QueueBox, QueueFilter};
use std::collections::BTreeSet;
use store::audit::ChainCheck;

async fn sign_in(world: &World, one: &demo::DemoSecretSignIn) -> crate::Actor {
    let session = match world.sign_in(&one.login, &one.password, &stranger()).await.unwrap() {
        SignIn::Done(session) => session,
        SignIn::SecondFactor(pending) => {
            let totp = Totp::from_secret(one.totp_secret.as_deref().unwrap(), &one.login).unwrap();
            let code = totp.code(Totp::step_of(world.clock.now()));
            account::second_factor(&world.service, &pending.token, SecondFactorForm { code }, &stranger())
                .await
                .unwrap()
        }
    };
    world.actor(&session).await
}

on_both! {
    async fn an_empty_database_is_filled_once_and_everybody_can_sign_in(world: World) {
        assert!(demo::is_empty(&world.service).await.unwrap());
        let shown = demo::fill(&world.service).await.unwrap();
        assert!(!demo::is_empty(&world.service).await.unwrap());
        assert!(matches!(demo::fill(&world.service).await, Err(ServiceError::Refused(_))));
        let panel = account::demo_sign_ins(&world.service).await.unwrap();
        assert_eq!(panel, shown);
        let count = |role| shown.iter().filter(|one| one.role == role).count();
        assert_eq!((count(Role::Trainee), count(Role::Operator), count(Role::Reviewer)), (8, 5, 16));
        assert_eq!((count(Role::Auditor), count(Role::Admin)), (4, 4));
        assert_eq!(shown[0].who, "杨晓雨 · 见习人员 · 贵州");
        assert!(shown.iter().all(|one| one.code.is_some() == one.role.is_staff() && !one.note.is_empty()));
        for one in demo::sign_ins_json(&world.service).await.unwrap() {
            let actor = sign_in(&world, &one).await;
            assert_eq!(actor.role(), one.role);
            world.service.passwords().check_strength("password", one.password, vec![one.login]).await.unwrap();
        }
        let mut tx = world.service.db().read().await.unwrap();
        assert!(matches!(store::audit::check_chain(&mut tx).await.unwrap(), ChainCheck::Whole(_)));
    }

    async fn the_board_of_the_first_host_shows_every_state_and_verdict(world: World) {
        demo::fill(&world.service).await.unwrap();
        let all = demo::sign_ins_json(&world.service).await.unwrap();
        let mut states = BTreeSet::new();
        let mut verdicts = BTreeSet::new();
        let mut internships = BTreeSet::new();
        for one in all.iter().filter(|one| one.login.ends_with(".operator")) {
            let operator = sign_in(&world, one).await;
            let board = attendance::board(&world.service, &operator, None).await.unwrap();
            assert!(board.people >= 8 && board.waiting >= 1 && board.today_count >= 1, "{}", board.host);
            let mut monday = Some(board.monday);
            while let Some(day) = monday {
                let board = attendance::board(&world.service, &operator, Some(day)).await.unwrap();
                for check_in in board.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.check_in.as_ref()) {
                    states.insert(check_in.state.code());
                    verdicts.insert(check_in.verdict.code());
                    assert!(check_in.state != CheckInState::SentBack || check_in.note.is_some());
                    assert!(check_in.verdict == Verdict::Inside || check_in.reason.is_some());
                }
                let before = domain::Week::of(day).previous().monday();
                monday = board.first_day.filter(|first| *first <= before).map(|_| before);
            }
            for entry in internship::roster(&world.service, &operator).await.unwrap() {
                internships.insert(entry.state.code());
            }
            assert!(!site::list(&world.service, &operator).await.unwrap().is_empty());
        }
        assert_eq!(states, BTreeSet::from(["confirmed", "sent_back", "valid", "waiting"]));
        assert_eq!(verdicts, BTreeSet::from(["inside", "outside", "uncertain"]));
        let every: BTreeSet<_> = InternshipState::ALL.into_iter().map(InternshipState::code).collect();
        assert_eq!(internships, every);
    }

    async fn the_first_board_looks_like_the_mock_up(world: World) {
        demo::fill(&world.service).await.unwrap();
        let all = demo::sign_ins_json(&world.service).await.unwrap();
        let operator = sign_in(&world, all.iter().find(|one| one.role == Role::Operator).unwrap()).await;
        let board = attendance::board(&world.service, &operator, None).await.unwrap();
        assert_eq!((board.host.as_str(), board.people), ("贵州云上数据服务有限公司", 24));
        let row = |name: &str| board.rows.iter().find(|row| row.name == name).unwrap();
        assert_eq!((row("石磊").quota.counted, row("石磊").missed_run), (0, 2));
        assert!(row("杨晓雨").missed_run <= 1 && row("杨晓雨").quota.missing() >= 1);
        let waiting = |name: &str| board.feed.iter().find(|item| item.name == name).map(|item| item.check_in.verdict);
        assert_eq!(waiting("罗志强"), Some(Verdict::Outside));
    }

    async fn upkeep_ends_internships_after_their_last_day(world: World) {
        demo::fill(&world.service).await.unwrap();
        world.wait_seconds(400 * 24 * 3600);
        crate::upkeep(&world.service).await;
        let all = demo::sign_ins_json(&world.service).await.unwrap();
        let operator = sign_in(&world, all.iter().find(|one| one.role == Role::Operator).unwrap()).await;
        let roster = internship::roster(&world.service, &operator).await.unwrap();
        assert!(roster.iter().all(|entry| entry.state != InternshipState::Active));
        assert_eq!(roster.iter().filter(|entry| entry.state == InternshipState::Ended).count(), 25);
    }

    async fn people_and_units_wait_at_each_stage_with_different_due_dates(world: World) {
        demo::fill(&world.service).await.unwrap();
        let all = demo::sign_ins_json(&world.service).await.unwrap();
        let mut open = BTreeSet::new();
        let mut returned = BTreeSet::new();
        for one in all.iter().filter(|one| one.role == Role::Reviewer) {
            let reviewer = sign_in(&world, one).await;
            let queue = review::queue(&world.service, &reviewer, QueueFilter::default()).await.unwrap();
            for row in queue.rows {
                open.insert((one.login.clone(), row.subject, row.due.unwrap().day.to_string()));
                let case = review::view(&world.service, &reviewer, row.id).await.unwrap();
                assert!(case.papers.iter().all(|paper| paper.file.is_some()), "{}: its papers can be opened", case.subject);
            }
            let folder = QueueFilter { folder: QueueBox::Returned, ..QueueFilter::default() };
            let rows = review::queue(&world.service, &reviewer, folder).await.unwrap().rows;
            returned.extend(rows.into_iter().map(|row| row.subject));
        }
        let told: Vec<_> = open.iter().map(|(who, name, due)| (who.as_str(), name.as_str(), due.as_str())).collect();
        assert_eq!(told, [
            ("chongqing.reviewer", "重庆照母山智能装备有限公司", "2026-12-02"),
            ("guizhou.reviewer.shiqian", "安小燕", "2026-11-25"),
            ("guizhou.reviewer.shiqian", "石阡县佛顶山生态旅游开发有限公司", "2026-12-01"),
            ("guizhou.reviewer.shiqian", "石阡县楼上古寨文化传播有限公司", "2026-11-24"),
            ("shandong.reviewer", "曲文杰", "2026-12-01"),
            ("shandong.reviewer.jinan", "济南趵突泉文化创意有限公司", "2026-11-30"),
        ]);
        assert_eq!(returned, BTreeSet::from(["谭小丽".to_owned(), "长春桂林路餐饮管理有限公司".to_owned()]));
        assert_eq!(world.clock.now(), domain::Moment::at("2026-11-19".parse().unwrap(), 9, 2), "the clock stands as before");
    }

    async fn who_waits_or_mends_reads_why(world: World) {
        demo::fill(&world.service).await.unwrap();
        let all = demo::sign_ins_json(&world.service).await.unwrap();
        let of = |name: &str| all.iter().find(|one| one.who.starts_with(name)).unwrap();
        let waits = sign_in(&world, of("安小燕")).await;
        let view = identity::view(&world.service, &waits).await.unwrap();
        assert_eq!((view.state, view.editable.len()), (IdentityState::Manual, 0));
        let mends = sign_in(&world, of("谭小丽")).await;
        let view = identity::view(&world.service, &mends).await.unwrap();
        assert_eq!((view.returned, view.editable), (true, vec!["id_card_photos".to_owned()]));
        assert!(view.standing.unwrap().reason.unwrap().contains("电话没有打通"));
        let unit = sign_in(&world, of("崔美兰")).await;
        let page = certification::view(&world.service, &unit).await.unwrap();
        assert!(page.case.unwrap().reason.unwrap().contains("管理制度"));
    }

    async fn one_trainee_has_an_offer_and_one_has_nothing(world: World) {
        demo::fill(&world.service).await.unwrap();
        let all = demo::sign_ins_json(&world.service).await.unwrap();
        let of = |name: &str| all.iter().find(|one| one.who.starts_with(name)).unwrap();
        let mut seen = Vec::new();
        for name in ["杨晓雨", "李欣怡", "周航"] {
            let actor = sign_in(&world, of(name)).await;
            let today = attendance::today(&world.service, &actor).await.unwrap();
            let checked_in = today.internship.as_ref().map(|internship| internship.today.len());
            seen.push((checked_in, today.offers.len()));
        }
        assert_eq!(seen, [(Some(0), 0), (None, 1), (None, 0)]);
    }
}

#[tokio::test]
async fn two_fills_on_one_day_tell_the_same_story() {
    let mut told = Vec::new();
    for _ in 0..2 {
        let world = World::on_sqlite().await;
        demo::fill(&world.service).await.unwrap();
        told.push((
            account::demo_sign_ins(&world.service).await.unwrap(),
            crate::demo::sign_ins_json(&world.service)
                .await
                .unwrap()
                .into_iter()
                .map(|one| one.totp_secret)
                .collect::<Vec<_>>(),
        ));
    }
    assert_eq!(told[0], told[1]);
}

/// The demo is filled whenever somebody wants to look around: on a Sunday, at dawn, in a holiday, on 29 February.
#[tokio::test]
async fn the_demo_can_be_filled_on_any_day_and_nothing_lies_in_the_future() {
    for (day, hour) in [
        ("2026-11-16", 6),
        ("2026-11-22", 23),
        ("2026-10-03", 12),
        ("2026-02-17", 9),
        ("2027-01-01", 0),
        ("2028-02-29", 18),
    ] {
        let world = World::on_sqlite().await;
        world.clock.set(domain::Moment::at(day.parse().unwrap(), hour, 30));
        demo::fill(&world.service).await.unwrap();
        for one in demo::sign_ins_json(&world.service).await.unwrap() {
            let actor = sign_in(&world, &one).await;
            if one.role == Role::Trainee {
                let history = attendance::history(&world.service, &actor).await.unwrap();
                let times = history
                    .weeks
                    .iter()
                    .flat_map(|week| &week.check_ins)
                    .map(|check_in| check_in.at);
                assert!(times.into_iter().all(|at| at <= world.clock.now()), "{day}");
            }
            if one.login.ends_with(".operator") {
                let board = attendance::board(&world.service, &actor, None).await.unwrap();
                assert!(board.people >= 8, "{day}");
            }
        }
    }
}
