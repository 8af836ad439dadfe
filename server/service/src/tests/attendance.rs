//! 签到: whose, when, from where; recorded exactly once whatever the network does; decided by one person.

use super::scene::{
    Workplace, acts, at_work, away, decision, offer_form, offered, operator, own_check_ins, set, taken_on, times,
    trainee, waiting, workplace,
};
use crate::testing::{World, on_both, sentence};
use crate::{Actor, ServiceError, attendance, internship};
use domain::attendance::{CheckInForm, CheckInReceipt, CheckInState, DecideForm, Verdict};
use domain::internship::OfferForm;
use domain::{CheckInId, InternshipId};
use store::audit::ChainCheck;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

async fn send(world: &World, person: &Actor, form: CheckInForm) -> Result<CheckInReceipt, ServiceError> {
    attendance::check_in(&world.service, person, form).await
}

async fn is_refused(world: &World, person: &Actor, id: InternshipId) {
    let before = acts(world).await;
    let refused = send(world, person, at_work(world, id)).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    assert!(own_check_ins(world, person).await.is_empty());
    assert_eq!(acts(world).await, before);
}

async fn scene(world: &World) -> (Workplace, Actor, InternshipId) {
    let place = workplace(world, 0).await;
    let (person, id) = taken_on(world, &place, 0).await;
    (place, person, id)
}

on_both! {
    async fn another_persons_internship_takes_no_check_in(world: World) {
        let (place, person, id) = scene(&world).await;
        let (other, _) = taken_on(&world, &place, 1).await;
        let unanswered = offered(&world, &place, 2).await;
        let before = acts(&world).await;
        for internship in [id, unanswered, InternshipId::new(world.service.new_id())] {
            let sent = send(&world, &other, at_work(&world, internship)).await;
            assert!(matches!(sent, Err(ServiceError::NotFound)), "{sent:?}");
        }
        assert!(own_check_ins(&world, &person).await.is_empty() && own_check_ins(&world, &other).await.is_empty());
        assert_eq!(acts(&world).await, before);
    }

    async fn another_hosts_check_in_is_not_there(world: World) {
        let (_, person, id) = scene(&world).await;
        let other = workplace(&world, 1).await;
        let waits = waiting(&world, &person, id).await;
        let before = acts(&world).await;
        for confirm in [true, false] {
            let decided = attendance::decide(&world.service, &other.operator, decision(&waits, confirm)).await;
            assert!(matches!(decided, Err(ServiceError::NotFound)), "{decided:?}");
        }
        let by_trainee = attendance::decide(&world.service, &person, decision(&waits, true)).await;
        assert!(matches!(by_trainee, Err(ServiceError::Forbidden)), "{by_trainee:?}");
        let board = attendance::board(&world.service, &other.operator, None).await.unwrap();
        assert_eq!((board.people, board.waiting, board.rows.len(), board.feed.len()), (0, 0, 0, 0));
        assert_eq!(own_check_ins(&world, &person).await, [waits]);
        assert_eq!(acts(&world).await, before);
    }

    async fn nobody_checks_in_before_the_first_day_or_after_the_last(world: World) {
        let place = workplace(&world, 0).await;
        let person = trainee(&world, 0).await;
        let later = OfferForm { starts_on: "2026-11-23".to_owned(), ..offer_form(place.site, 0) };
        let id = internship::offer(&world.service, &place.operator, later).await.unwrap();
        internship::confirm(&world.service, &person, id, 1).await.unwrap();
        is_refused(&world, &person, id).await;
        set(&world, "2026-11-22", 23, 59);
        is_refused(&world, &person, id).await;
        set(&world, "2027-05-19", 0, 0);
        is_refused(&world, &person, id).await;
        assert_eq!(internship::end_past(&world.service).await.unwrap(), 1);
        is_refused(&world, &person, id).await;
    }

    async fn the_first_and_the_last_day_belong_to_the_internship(world: World) {
        let (_, person, id) = scene(&world).await;
        assert_eq!(send(&world, &person, at_work(&world, id)).await.unwrap().check_in.state, CheckInState::Valid);
        set(&world, "2027-05-18", 23, 59);
        assert_eq!(internship::end_past(&world.service).await.unwrap(), 0);
        assert_eq!(send(&world, &person, at_work(&world, id)).await.unwrap().check_in.state, CheckInState::Valid);
    }

    async fn without_the_consent_no_position_is_taken(world: World) {
        let (_, person, id) = scene(&world).await;
        crate::trainee::set_sensitive_consent(&world.service, &person, false).await.unwrap();
        is_refused(&world, &person, id).await;
        crate::trainee::set_sensitive_consent(&world.service, &person, true).await.unwrap();
        send(&world, &person, at_work(&world, id)).await.unwrap();
    }

    async fn numbers_that_no_phone_can_mean_are_refused_beside_their_field(world: World) {
        let (_, person, id) = scene(&world).await;
        let now = world.clock.now().millis();
        let good = || at_work(&world, id);
        for (form, field) in [
            (CheckInForm { device_time: now + 72 * HOUR + 1, ..good() }, "device_time"),
            (CheckInForm { device_time: now - 72 * HOUR - 1, ..good() }, "device_time"),
            (CheckInForm { device_time: i64::MIN, ..good() }, "device_time"),
            (CheckInForm { device_time: i64::MAX, ..good() }, "device_time"),
            (CheckInForm { latitude: f64::NAN, ..good() }, "latitude"),
            (CheckInForm { longitude: f64::INFINITY, ..good() }, "latitude"),
            (CheckInForm { latitude: 90.1, ..good() }, "latitude"),
            (CheckInForm { accuracy: 0.0, ..good() }, "accuracy"),
            (CheckInForm { accuracy: -5.0, ..good() }, "accuracy"),
            (CheckInForm { accuracy: 1e9, ..good() }, "accuracy"),
            (CheckInForm { accuracy: f64::NAN, ..good() }, "accuracy"),
            (CheckInForm { reason: "远".repeat(201), ..good() }, "reason"),
        ] {
            sentence(send(&world, &person, form).await, field);
        }
        assert!(own_check_ins(&world, &person).await.is_empty());
        assert_eq!(times(&world, "checked_in").await, 0);
    }

    async fn what_is_doubtful_waits_for_the_host_and_counts_for_nothing_yet(world: World) {
        let (place, person, id) = scene(&world).await;
        let now = world.clock.now().millis();
        let good = || at_work(&world, id);
        for (form, verdict) in [
            (CheckInForm { device_time: now - 2 * MINUTE - 1, ..good() }, Verdict::Inside),
            (CheckInForm { device_time: now + 72 * HOUR, ..good() }, Verdict::Inside),
            (CheckInForm { accuracy: 500.0, ..good() }, Verdict::Uncertain),
            (away(&world, id), Verdict::Outside),
            (CheckInForm { reason: String::new(), ..away(&world, id) }, Verdict::Outside),
        ] {
            let receipt = send(&world, &person, form).await.unwrap();
            assert_eq!((receipt.check_in.verdict, receipt.check_in.state), (verdict, CheckInState::Waiting));
            assert_eq!((receipt.quota.counted, receipt.check_in.at), (0, world.clock.now()));
        }
        assert_eq!(attendance::board(&world.service, &place.operator, None).await.unwrap().waiting, 5);
        let soon = CheckInForm { device_time: now - 2 * MINUTE, ..good() };
        assert_eq!(send(&world, &person, soon).await.unwrap().check_in.state, CheckInState::Valid);
    }

    async fn a_repeated_check_in_is_answered_with_what_was_recorded_however_late(world: World) {
        let (place, person, id) = scene(&world).await;
        let form = away(&world, id);
        let first = send(&world, &person, form.clone()).await.unwrap();
        let second = send(&world, &person, form.clone()).await.unwrap();
        assert_eq!((first.repeated, second.repeated), (false, true));
        assert_eq!(second.check_in, first.check_in);
        let confirm = decision(&first.check_in, true);
        let decided = attendance::decide(&world.service, &place.operator, confirm).await.unwrap();
        set(&world, "2026-11-24", 9, 2);
        let third = send(&world, &person, form).await.unwrap();
        assert!(third.repeated);
        assert_eq!(third.check_in, decided);
        assert_eq!(times(&world, "checked_in").await, 1);
        assert_eq!(own_check_ins(&world, &person).await, [decided]);
    }

    async fn presses_that_come_at_once_are_recorded_together_and_answered_each_for_itself(world: World) {
        let place = workplace(&world, 0).await;
        let mut people = Vec::new();
        for number in 0..3 {
            people.push(taken_on(&world, &place, number).await);
        }
        let mut sent = Vec::new();
        let mut press = |person: &Actor, form: CheckInForm| {
            let (service, person) = (world.service.clone(), person.clone());
            sent.push(tokio::spawn(async move { attendance::check_in(&service, &person, form).await }));
        };
        let (first, own) = (&people[0].0, people[0].1);
        let twice = at_work(&world, own);
        press(first, twice.clone());
        press(first, twice.clone());
        press(first, CheckInForm { reason: "别的事".to_owned(), ..twice.clone() });
        press(&people[1].0, CheckInForm { internship: people[1].1, ..twice.clone() });
        press(first, at_work(&world, people[2].1));
        press(first, CheckInForm { accuracy: f64::NAN, ..at_work(&world, own) });
        for (person, id) in &people[2..] {
            press(person, at_work(&world, *id));
            press(person, away(&world, *id));
        }
        let mut answers = Vec::new();
        for press in sent {
            answers.push(press.await.unwrap());
        }
        let recorded: Vec<&CheckInReceipt> = answers[..2].iter().map(|answer| answer.as_ref().unwrap()).collect();
        assert_eq!(recorded[0].check_in, recorded[1].check_in);
        assert_eq!([recorded[0].repeated, recorded[1].repeated], [false, true]);
        for reused in &answers[2..4] {
            assert!(matches!(reused, Err(ServiceError::Conflict(_))), "{reused:?}");
        }
        assert!(matches!(answers[4], Err(ServiceError::NotFound)), "{:?}", answers[4]);
        assert!(matches!(answers[5], Err(ServiceError::Invalid(_))), "{:?}", answers[5]);
        for good in &answers[6..] {
            let good = good.as_ref().unwrap();
            assert_eq!((good.repeated, good.quota.counted <= 1), (false, true));
        }
        assert_eq!(times(&world, "checked_in").await, 3);
        assert_eq!(own_check_ins(&world, first).await.len(), 1);
        assert!(own_check_ins(&world, &people[1].0).await.is_empty());
        assert_eq!(own_check_ins(&world, &people[2].0).await.len(), 2);
        let mut tx = world.service.db().read().await.unwrap();
        assert!(matches!(store::audit::check_chain(&mut tx).await.unwrap(), ChainCheck::Whole(_)));
    }

    async fn an_id_with_other_content_is_a_conflict_and_overwrites_nothing(world: World) {
        let (place, person, id) = scene(&world).await;
        let (other, others) = taken_on(&world, &place, 1).await;
        let form = away(&world, id);
        let recorded = send(&world, &person, form.clone()).await.unwrap().check_in;
        let before = acts(&world).await;
        for changed in [
            CheckInForm { reason: "别的事".to_owned(), ..form.clone() },
            CheckInForm { latitude: 26.647, ..form.clone() },
            CheckInForm { accuracy: 12.5, ..form.clone() },
            CheckInForm { device_time: form.device_time + 1, ..form.clone() },
        ] {
            let sent = send(&world, &person, changed).await;
            assert!(matches!(sent, Err(ServiceError::Conflict(_))), "{sent:?}");
        }
        let taken = send(&world, &other, CheckInForm { internship: others, ..form }).await;
        assert!(matches!(taken, Err(ServiceError::Conflict(_))), "{taken:?}");
        assert_eq!(own_check_ins(&world, &person).await, [recorded]);
        assert!(own_check_ins(&world, &other).await.is_empty());
        assert_eq!(acts(&world).await, before);
    }

    async fn a_check_in_that_arrives_twice_at_once_is_one_record_and_two_good_answers(world: World) {
        let (_, person, id) = scene(&world).await;
        for press in 1..=6 {
            let form = at_work(&world, id);
            let (one, two) = tokio::join!(send(&world, &person, form.clone()), send(&world, &person, form));
            let (one, two) = (one.unwrap(), two.unwrap());
            assert_ne!(one.repeated, two.repeated, "press {press}");
            assert_eq!((&one.check_in, one.quota), (&two.check_in, two.quota));
            assert_eq!(own_check_ins(&world, &person).await.len(), press);
            assert_eq!(times(&world, "checked_in").await, press);
        }
    }

    async fn one_id_with_two_contents_at_once_is_one_record_and_one_conflict(world: World) {
        let (_, person, id) = scene(&world).await;
        for press in 1..=4 {
            let form = at_work(&world, id);
            let changed = CheckInForm { accuracy: 13.0, ..form.clone() };
            match tokio::join!(send(&world, &person, form), send(&world, &person, changed)) {
                (Ok(receipt), Err(ServiceError::Conflict(_))) | (Err(ServiceError::Conflict(_)), Ok(receipt)) => {
                    assert!(!receipt.repeated && own_check_ins(&world, &person).await.contains(&receipt.check_in));
                }
                other => panic!("{other:?}"),
            }
            assert_eq!(times(&world, "checked_in").await, press);
        }
    }

    async fn of_two_colleagues_deciding_at_once_one_decides(world: World) {
        let (place, person, id) = scene(&world).await;
        let colleague = operator(&world, "gz.colleague", place.host).await;
        for round in 1..=4 {
            let waits = waiting(&world, &person, id).await;
            let both = tokio::join!(
                attendance::decide(&world.service, &place.operator, decision(&waits, true)),
                attendance::decide(&world.service, &colleague, decision(&waits, false)),
            );
            let decided = match both {
                (Ok(decided), Err(ServiceError::Conflict(_)))
                | (Err(ServiceError::Conflict(_)), Ok(decided)) => decided,
                other => panic!("{other:?}"),
            };
            assert!(own_check_ins(&world, &person).await.contains(&decided));
            let written = times(&world, "check_in_confirmed").await + times(&world, "check_in_sent_back").await;
            assert_eq!(written, round);
        }
    }

    async fn a_decision_needs_something_that_waits_and_a_reason_when_it_is_sent_back(world: World) {
        let (place, person, id) = scene(&world).await;
        let waits = waiting(&world, &person, id).await;
        let counts = send(&world, &person, at_work(&world, id)).await.unwrap().check_in;
        let before = acts(&world).await;
        let decide = |form: DecideForm| attendance::decide(&world.service, &place.operator, form);
        for note in ["", " ", "否", &"否".repeat(201)] {
            sentence(decide(DecideForm { note: note.to_owned(), ..decision(&waits, false) }).await, "note");
        }
        assert!(matches!(decide(decision(&counts, true)).await, Err(ServiceError::Refused(_))));
        assert!(matches!(decide(decision(&counts, false)).await, Err(ServiceError::Refused(_))));
        let unknown = DecideForm { id: CheckInId::new(world.service.new_id()), ..decision(&waits, true) };
        assert!(matches!(decide(unknown).await, Err(ServiceError::NotFound)));
        let stale = DecideForm { version: 7, ..decision(&waits, true) };
        assert!(matches!(decide(stale).await, Err(ServiceError::Conflict(_))));
        assert_eq!(acts(&world).await, before);
        decide(decision(&waits, true)).await.unwrap();
        assert!(matches!(decide(decision(&waits, false)).await, Err(ServiceError::Conflict(_))));
    }

    async fn weeks_before_the_confirmation_are_nobodys_misses(world: World) {
        let place = workplace(&world, 0).await;
        let person = trainee(&world, 0).await;
        let earlier = OfferForm {
            starts_on: "2026-10-26".to_owned(),
            ends_on: "2027-04-25".to_owned(),
            ..offer_form(place.site, 0)
        };
        let id = internship::offer(&world.service, &place.operator, earlier).await.unwrap();
        internship::confirm(&world.service, &person, id, 1).await.unwrap();
        let row = attendance::board(&world.service, &place.operator, None).await.unwrap().rows.remove(0);
        assert_eq!((row.missed_run, row.quota.required), (0, 2));
        set(&world, "2026-12-03", 9, 2);
        let row = attendance::board(&world.service, &place.operator, None).await.unwrap().rows.remove(0);
        assert!(row.missed_run >= 2, "weeks after it are: {}", row.missed_run);
    }
}
