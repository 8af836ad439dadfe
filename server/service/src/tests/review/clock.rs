//! What time does to cases: escalation, once however many nodes look, and due dates that move with the calendar.

use super::*;
use crate::calendar;
use crate::tests::job::second;
use crate::tests::rules::staff;
use crate::tests::scene::{set, times};
use domain::host::HostStanding;
use domain::notice::NoticeContent;
use domain::{CreditCode, Day};
use store::host::Host;

/// A notice for 2027 with these days off.
fn notice(days_off: &str) -> String {
    format!(
        "year = 2027\nsource = \"国务院办公厅关于2027年部分节假日安排的通知\"\ndays_off = [{days_off}]\nmake_up_workdays = []\n"
    )
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// How many notices of an overdue case somebody got.
async fn told_overdue(scene: &Scene, actor: &Actor) -> usize {
    let inbox = crate::notice::list(&scene.world.service, actor, None).await.unwrap();
    let overdue = NoticeContent::CaseOverdue {
        case: CaseId::new(scene.world.service.new_id()),
        kind: CaseKind::HostIdentity,
        subject: String::new(),
        agency: String::new(),
        due: day("2026-12-03"),
    };
    inbox.notices.iter().filter(|one| one.title == overdue.title()).count()
}

/// So many open cases in one transaction, each of a host of its own without anybody to tell, all of this moment.
async fn many_cases(scene: &Scene, number: usize) {
    let service = &scene.world.service;
    let id = scene.submit().await.unwrap();
    let pattern = scene.row(id).await;
    let mut tx = service.db().begin().await.unwrap();
    for at in 0..number {
        let host = Host {
            id: HostId::new(service.new_id()),
            name: format!("{at} 号单位"),
            credit_code: CreditCode::parse(&made_up_code(1000 + at)).unwrap(),
            division_code: "520623".to_owned(),
            address: "长岭北路 1 号".to_owned(),
            standing: HostStanding::Uncertified,
            certified_by: None,
            created_at: service.now(),
            version: 1,
        };
        store::host::insert(&mut tx, &host).await.unwrap();
        let case = Case {
            id: CaseId::new(service.new_id()),
            about: Subject::Host(host.id),
            ..pattern.clone()
        };
        store::review::insert(&mut tx, &case).await.unwrap();
    }
    tx.commit().await.unwrap();
}

on_both! {
    async fn an_overdue_case_is_escalated_once_even_by_two_at_a_time(world: World) {
        let scene = Scene::new(world).await;
        let service = &scene.world.service;
        let id = scene.submit().await.unwrap();
        assert_eq!(review::escalate_overdue(service).await.unwrap(), 0);
        scene.world.clock.set(Moment::at("2026-12-03".parse().unwrap(), 23, 59));
        assert_eq!(review::escalate_overdue(service).await.unwrap(), 0, "the last day is not over");
        scene.world.clock.set(Moment::at("2026-12-04".parse().unwrap(), 0, 1));
        let (one, other) = tokio::join!(review::escalate_overdue(service), review::escalate_overdue(service));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        assert_eq!(review::escalate_overdue(service).await.unwrap(), 0);
        let mut tx = service.db().read().await.unwrap();
        let tongren = scene.tongren.as_reviewer().unwrap();
        let case = store::review::find_for_agency(&mut tx, tongren, id).await.unwrap().unwrap();
        assert_eq!(case.escalated_to, Some(tongren));
        assert_eq!(case.progress.state, CaseState::Submitted, "never approved by silence");
    }

    /// `domain.md` §4: overdue → flagged and escalated to the agency above.
    async fn two_nodes_that_look_at_once_escalate_an_overdue_case_once_and_tell_each_once(world: World) {
        let scene = Scene::new(world).await;
        let (service, other) = (&scene.world.service, second(&scene.world).await);
        scene.submit().await.unwrap();
        scene.world.clock.set(Moment::at(day("2026-12-04"), 0, 1));
        // Without the lease that keeps the job itself to one node.
        let (one, two) = tokio::join!(review::escalate_overdue(service), review::escalate_overdue(&other));
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        tokio::join!(crate::upkeep(service), crate::upkeep(&other));
        assert_eq!(times(&scene.world, "case_escalated").await, 1);
        for (actor, expected) in [(&scene.shiqian, 1), (&scene.tongren, 1), (&scene.guanshanhu, 0)] {
            assert_eq!(told_overdue(&scene, actor).await, expected);
        }
    }

    async fn upkeep_of_two_nodes_at_once_escalates_once(world: World) {
        let scene = Scene::new(world).await;
        let (service, other) = (&scene.world.service, second(&scene.world).await);
        scene.submit().await.unwrap();
        scene.world.clock.set(Moment::at(day("2026-12-04"), 0, 1));
        tokio::join!(crate::upkeep(service), crate::upkeep(&other));
        assert_eq!(times(&scene.world, "case_escalated").await, 1);
        for actor in [&scene.shiqian, &scene.tongren] {
            assert_eq!(told_overdue(&scene, actor).await, 1);
        }
    }

    /// Reviewers hold their case when they come to the audit log; the clock changes many cases before it comes there.
    async fn reviewers_decide_while_cases_are_escalated_and_due_dates_move_and_nobody_waits_for_ever(world: World) {
        set(&world, "2026-12-28", 9, 0);
        let scene = Scene::new(world).await;
        let service = &scene.world.service;
        let boss = staff(&scene.world, Role::Admin, AgencyLevel::Province, "520000").await;
        let mut cases = Vec::new();
        for number in 1..=6 {
            cases.push(scene.submit_another(number, "520623").await);
        }
        set(&scene.world, "2027-01-12", 0, 1);
        let text = notice("\"2027-01-01\"");
        let decide = |at: usize| scene.decide(&scene.shiqian, cases[at], verdict(Verdict::Reject));
        let (escalated, imported, one, two, three, four) = tokio::join!(
            review::escalate_overdue(service),
            calendar::import(service, &boss, &text),
            decide(5),
            decide(3),
            decide(1),
            decide(0),
        );
        escalated.unwrap();
        imported.unwrap();
        for decided in [one, two, three, four] {
            assert_eq!(decided.unwrap(), CaseState::Rejected);
        }
        for at in [0, 1, 3, 5] {
            let row = scene.row(cases[at]).await;
            assert_eq!((row.progress.state, row.escalated_to), (CaseState::Rejected, None));
        }
        for at in [2, 4] {
            let row = scene.row(cases[at]).await;
            assert_eq!((row.due_on, row.escalated_to), (day("2027-01-12"), None), "the last day is today, not over");
        }
        let mut tx = service.db().read().await.unwrap();
        assert!(matches!(store::audit::check_chain(&mut tx).await.unwrap(), store::audit::ChainCheck::Whole(_)));
    }

    /// `domain.md` §7: a year without a notice is provisional; due dates are recomputed when the notice is imported.
    async fn a_notice_moves_the_due_dates_over_new_year_says_which_and_takes_an_escalation_back(world: World) {
        set(&world, "2026-12-28", 9, 0);
        let scene = Scene::new(world).await;
        let service = &scene.world.service;
        let boss = staff(&scene.world, Role::Admin, AgencyLevel::Province, "520000").await;
        let (id, returned) = (scene.submit().await.unwrap(), scene.submit_another(1, "520623").await);
        scene.decide(&scene.shiqian, returned, verdict(Verdict::Return)).await.unwrap();
        let due = async || review::view(service, &scene.shiqian, id).await.unwrap().due.unwrap();
        let before = due().await;
        assert_eq!((before.day, before.provisional), (day("2027-01-11"), true));
        let imported = calendar::import(service, &boss, &notice("\"2027-01-01\"")).await.unwrap();
        let [moved] = imported.moved.as_slice() else { panic!("{imported:?}") };
        assert_eq!((moved.id, moved.from, moved.to, imported.more), (id, day("2027-01-11"), day("2027-01-12"), false));
        assert_eq!((moved.agency.as_str(), moved.submitted_on), ("石阡县人社局", day("2026-12-28")));
        let after = due().await;
        assert_eq!((after.day, after.provisional), (day("2027-01-12"), false));
        let stages = review::view(service, &scene.shiqian, id).await.unwrap().stages;
        assert_eq!(stages[0].due.unwrap().day, day("2027-01-12"));
        assert_eq!(times(&scene.world, "case_due_moved").await, 1, "what the submitter has does not move");

        set(&scene.world, "2027-01-13", 0, 1);
        assert_eq!(review::escalate_overdue(service).await.unwrap(), 1);
        assert_eq!(scene.row(id).await.escalated_to, Some(scene.tongren.as_reviewer().unwrap()));
        let amended = "\"2027-01-01\", \"2027-01-04\", \"2027-01-05\"";
        let imported = calendar::import(service, &boss, &notice(amended)).await.unwrap();
        assert_eq!((imported.moved[0].from, imported.moved[0].to), (day("2027-01-12"), day("2027-01-14")));
        let row = scene.row(id).await;
        assert_eq!((row.escalated_to, row.escalated_at), (None, None), "not overdue any more");
        assert!(review::queue(service, &scene.tongren, folder(QueueBox::Escalated)).await.unwrap().rows.is_empty());
        set(&scene.world, "2027-01-15", 0, 1);
        assert_eq!(review::escalate_overdue(service).await.unwrap(), 1, "and once more when it is");
    }

    async fn of_very_many_cases_the_rest_moves_behind_the_answer_once_on_whichever_node(world: World) {
        set(&world, "2026-12-28", 9, 0);
        let scene = Scene::new(world).await;
        let (service, other) = (&scene.world.service, second(&scene.world).await);
        let boss = staff(&scene.world, Role::Admin, AgencyLevel::Province, "520000").await;
        many_cases(&scene, 649).await;
        let imported = calendar::import(service, &boss, &notice("\"2027-01-01\"")).await.unwrap();
        assert_eq!((imported.moved.len(), imported.more), (500, true));
        let (one, two) = tokio::join!(review::move_due_dates(service, u32::MAX), review::move_due_dates(&other, u32::MAX));
        let ((one, more), (two, still)) = (one.unwrap(), two.unwrap());
        assert_eq!((one.len() + two.len(), more, still), (150, false, false));
        let mut tx = service.db().read().await.unwrap();
        let open = store::review::open_after(&mut tx, "", 1000).await.unwrap();
        assert_eq!(open.len(), 650);
        assert!(open.iter().all(|case| case.due_on == day("2027-01-12")));
        drop(tx);
        // A later notice begins anew.
        let again = calendar::import(service, &boss, &notice("\"2027-01-01\", \"2027-01-04\"")).await.unwrap();
        assert_eq!((again.moved.len(), again.more), (500, true));
        crate::upkeep(&other).await;
        assert_eq!(review::move_due_dates(service, 1).await.unwrap(), (Vec::new(), false), "the job did the rest");
    }

    async fn a_due_date_skips_the_national_holiday_and_counts_make_up_days(world: World) {
        world.clock.set(Moment::at("2026-09-18".parse().unwrap(), 9, 0));
        let scene = Scene::new(world).await;
        let id = scene.submit().await.unwrap();
        let page = review::view(&scene.world.service, &scene.shiqian, id).await.unwrap();
        // domain.md §7: from 2026-09-18, +10 working days = 10-09, over 中秋, 国庆 and the make-up Sunday 09-20.
        assert_eq!(page.due.unwrap().day.to_string(), "2026-10-09");
        assert!(!page.due.unwrap().provisional);
    }
}
