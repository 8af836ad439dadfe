//! The main job from the first minute to a week that is met, and what operators and the log see of it.

use super::scene::{
    at_work, away, decision, offered, own_check_ins, set, taken_on, times, trainee, waiting, workplace,
};
use crate::testing::{World, on_both, registration};
use crate::{attendance, internship, live, site};
use domain::attendance::WeekDayMark::{self, Counted, Off, Open};
use domain::attendance::{BoardView, CheckInState, Verdict};
use domain::internship::InternshipState;
use std::time::Duration;

/// Far more than any machine needs; only a word that never comes waits so long.
const PATIENCE: Duration = Duration::from_secs(20);

fn marks(board: &BoardView) -> Vec<WeekDayMark> {
    board.rows[0].cells.iter().map(|cell| cell.mark).collect()
}

async fn heard(board: &mut live::Subscription) -> bool {
    tokio::time::timeout(PATIENCE, board.changed()).await.unwrap()
}

on_both! {
    async fn from_registration_to_a_week_that_is_met(world: World) {
        let service = &world.service;
        let person = trainee(&world, 0).await;
        let empty = attendance::today(service, &person).await.unwrap();
        assert!(empty.internship.is_none() && empty.offers.is_empty() && empty.consented_position);
        let place = workplace(&world, 0).await;
        let id = offered(&world, &place, 0).await;
        let [offer] = <[_; 1]>::try_from(attendance::today(service, &person).await.unwrap().offers).unwrap();
        assert_eq!((offer.id, offer.host.as_str(), offer.state), (id, "贵州云上数据服务有限公司", InternshipState::Offered));
        assert_eq!((offer.sites.as_slice(), offer.months), (&["观山湖办公区".to_owned()][..], 6));
        let board = attendance::board(service, &place.operator, None).await.unwrap();
        assert_eq!(board.people, 0, "an offer is nobody's week");
        internship::confirm(service, &person, id, offer.version).await.unwrap();

        let receipt = attendance::check_in(service, &person, at_work(&world, id)).await.unwrap();
        assert_eq!((receipt.check_in.verdict, receipt.check_in.state), (Verdict::Inside, CheckInState::Valid));
        assert_eq!((receipt.check_in.at, receipt.check_in.site.as_str()), (world.clock.now(), "观山湖办公区"));
        assert!(!receipt.repeated);
        assert_eq!((receipt.quota.counted, receipt.quota.missing()), (1, 1));
        let board = attendance::board(service, &place.operator, None).await.unwrap();
        assert_eq!((board.people, board.today_count, board.quota_met, board.waiting), (1, 1, 0, 0));
        assert_eq!(board.rows[0].name, registration(0).name);
        assert_eq!(marks(&board), [Off, Off, Off, Counted, Open]);
        assert_eq!(board.feed[0].check_in, receipt.check_in);

        attendance::check_in(service, &person, at_work(&world, id)).await.unwrap();
        let again = attendance::today(service, &person).await.unwrap().internship.unwrap();
        assert_eq!((again.today.len(), again.quota.counted), (2, 1), "a second check-in on one day is no second day");

        set(&world, "2026-11-20", 8, 58);
        let receipt = attendance::check_in(service, &person, at_work(&world, id)).await.unwrap();
        assert!(receipt.quota.is_met());
        let board = attendance::board(service, &place.operator, None).await.unwrap();
        assert_eq!((board.today_count, board.quota_met, board.rows[0].missed_run), (1, 1, 0));
        assert_eq!(marks(&board), [Off, Off, Off, Counted, Counted]);
        let history = attendance::history(service, &person).await.unwrap();
        assert_eq!((history.weeks.len(), history.weeks[0].check_ins.len(), history.weeks[0].quota.counted), (1, 3, 2));
    }

    async fn a_check_in_outside_counts_once_the_host_confirms_it(world: World) {
        let place = workplace(&world, 0).await;
        let (person, id) = taken_on(&world, &place, 0).await;
        let first = waiting(&world, &person, id).await;
        let second = waiting(&world, &person, id).await;
        assert_eq!((first.verdict, first.state), (Verdict::Outside, CheckInState::Waiting));
        let board = attendance::board(&world.service, &place.operator, None).await.unwrap();
        assert_eq!((board.waiting, board.rows[0].quota.counted), (2, 0));
        let back = attendance::decide(&world.service, &place.operator, decision(&first, false)).await.unwrap();
        assert_eq!((back.state, back.note.as_deref()), (CheckInState::SentBack, Some("当天没有外勤安排")));
        let confirmed = attendance::decide(&world.service, &place.operator, decision(&second, true)).await.unwrap();
        assert_eq!(confirmed.state, CheckInState::Confirmed);
        let board = attendance::board(&world.service, &place.operator, None).await.unwrap();
        assert_eq!((board.waiting, board.rows[0].quota.counted), (0, 1));
        let own = own_check_ins(&world, &person).await;
        assert!(own.contains(&back) && own.contains(&confirmed), "the person reads what became of it");
    }

    async fn each_act_of_the_story_stands_in_the_log_once_and_the_chain_is_whole(world: World) {
        let service = &world.service;
        let place = workplace(&world, 0).await;
        let (person, id) = taken_on(&world, &place, 0).await;
        attendance::check_in(service, &person, at_work(&world, id)).await.unwrap();
        let (first, second) = (waiting(&world, &person, id).await, waiting(&world, &person, id).await);
        attendance::decide(service, &place.operator, decision(&first, true)).await.unwrap();
        attendance::decide(service, &place.operator, decision(&second, false)).await.unwrap();
        assert_eq!(site::list(service, &place.operator).await.unwrap()[0].recent.len(), 3);
        let once = [
            "account_created", "registered", "site_added", "offer_made", "offer_confirmed", "check_in_confirmed",
            "check_in_sent_back", "position_looked_at",
        ];
        for act in once {
            assert_eq!(times(&world, act).await, 1, "{act}");
        }
        assert_eq!(times(&world, "checked_in").await, 3);
        let mut tx = service.db().read().await.unwrap();
        for row in store::audit::after(&mut tx, 0, 1000).await.unwrap() {
            let of = |actor: &crate::Actor| (Some(actor.account().to_string()), actor.role().code().to_owned());
            match row.act.as_str() {
                "checked_in" | "offer_confirmed" => assert_eq!((row.account_id, row.role), of(&person)),
                "offer_made" | "site_added" | "check_in_confirmed" | "check_in_sent_back" | "position_looked_at" => {
                    assert_eq!((row.account_id, row.role), of(&place.operator));
                }
                _ => {}
            }
            for secret in ["13812345670", "522224200402290015", "26.64", "106.63"] {
                assert!(!row.event.contains(secret), "{} tells {secret}", row.act);
            }
        }
    }

    async fn a_committed_check_in_reaches_the_open_board_of_its_host_and_no_other(world: World) {
        let (place, other) = (workplace(&world, 0).await, workplace(&world, 1).await);
        let mut board = live::subscribe(&world.service, &place.operator).unwrap();
        let mut others = live::subscribe(&world.service, &other.operator).unwrap();
        let (person, id) = taken_on(&world, &place, 0).await;
        assert!(heard(&mut board).await, "the confirmation puts a person on the board");
        let form = away(&world, id);
        let receipt = attendance::check_in(&world.service, &person, form.clone()).await.unwrap();
        assert!(heard(&mut board).await);
        attendance::decide(&world.service, &place.operator, decision(&receipt.check_in, true)).await.unwrap();
        assert!(heard(&mut board).await);
        tokio::select! {
            biased;
            _ = others.changed() => panic!("another host's board heard of it"),
            () = std::future::ready(()) => {}
        }
    }
}
