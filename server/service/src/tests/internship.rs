//! Offers: who may make, read and answer them, and that one answer counts.

use super::scene::{
    acts, at_work, credit_code, offer_form, offered, operator, set, site_form, taken_on, times, trainee, workplace,
};
use crate::testing::{World, on_both, registration, sentence};
use crate::{Actor, ServiceError, attendance, internship, site};
use domain::host::HostStanding;
use domain::identity::IdentityState;
use domain::internship::{DeclineForm, InternshipState, OfferForm};
use domain::{CreditCode, HostId, InternshipId};
use store::host::Host;
use store::review::Subject;

fn because(reason: &str) -> DeclineForm {
    DeclineForm {
        reason: reason.to_owned(),
    }
}

/// How one trainee fares with an internship that is not for them.
async fn is_hidden_from(world: &World, person: &Actor, id: InternshipId) {
    let service = &world.service;
    assert!(matches!(
        internship::offer_view(service, person, id).await,
        Err(ServiceError::NotFound)
    ));
    assert!(matches!(
        internship::confirm(service, person, id, 1).await,
        Err(ServiceError::NotFound)
    ));
    let declined = internship::decline(service, person, id, 1, because("路太远了")).await;
    assert!(matches!(declined, Err(ServiceError::NotFound)));
    assert!(attendance::today(service, person).await.unwrap().offers.is_empty());
}

async fn state(world: &World, operator: &Actor) -> (InternshipState, i64) {
    let roster = internship::roster(&world.service, operator).await.unwrap();
    (roster[0].state, roster[0].version)
}

/// Exactly one of two succeeded and the other was told that it came too late.
fn one_wins<T: std::fmt::Debug>(both: (Result<T, ServiceError>, Result<T, ServiceError>)) {
    match both {
        (Ok(_), Err(late)) | (Err(late), Ok(_)) => {
            assert!(
                matches!(late, ServiceError::Refused(_) | ServiceError::Conflict(_)),
                "{late:?}"
            );
        }
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn an_offer_is_seen_by_nobody_but_the_person_with_this_name_and_number(world: World) {
        let place = workplace(&world, 0).await;
        let (person, other) = (trainee(&world, 0).await, trainee(&world, 1).await);
        let wrong_name = OfferForm { name: "杨小雨".to_owned(), ..offer_form(place.site, 0) };
        let wrong = internship::offer(&world.service, &place.operator, wrong_name).await.unwrap();
        is_hidden_from(&world, &person, wrong).await;
        let id = offered(&world, &place, 0).await;
        let before = acts(&world).await;
        is_hidden_from(&world, &other, id).await;
        assert_eq!(acts(&world).await, before);
        assert_eq!(internship::offer_view(&world.service, &person, id).await.unwrap().id, id);
        internship::confirm(&world.service, &person, id, 1).await.unwrap();
        is_hidden_from(&world, &other, id).await;
    }

    async fn a_number_that_nobody_registered_gets_the_same_answer_and_waits_for_its_owner(world: World) {
        let place = workplace(&world, 0).await;
        let id = offered(&world, &place, 0).await;
        assert_eq!(state(&world, &place.operator).await.0, InternshipState::Offered);
        let person = trainee(&world, 0).await;
        assert_eq!(attendance::today(&world.service, &person).await.unwrap().offers[0].id, id);
    }

    async fn an_offer_that_is_sent_again_is_the_same_one_and_with_other_content_none(world: World) {
        let (place, other) = (workplace(&world, 0).await, workplace(&world, 1).await);
        let form = offer_form(place.site, 0);
        let both = tokio::join!(
            internship::offer(&world.service, &place.operator, form.clone()),
            internship::offer(&world.service, &place.operator, form.clone()),
        );
        let id = both.0.unwrap();
        assert_eq!((both.1.unwrap(), id.to_string()), (id, form.id.clone()));
        let second_site = site::add(&world.service, &place.operator, site_form("食堂二楼")).await.unwrap();
        let person = registration(1);
        for changed in [
            OfferForm { name: person.name.replace('雨', "宇"), ..form.clone() },
            OfferForm { phone: person.phone, ..form.clone() },
            OfferForm { post: "行政助理".to_owned(), ..form.clone() },
            OfferForm { site: second_site.to_string(), ..form.clone() },
            OfferForm { ends_on: "2027-05-17".to_owned(), ..form.clone() },
            OfferForm { allowance: "2100.01".to_owned(), ..form.clone() },
        ] {
            let reused = internship::offer(&world.service, &place.operator, changed.clone()).await;
            assert!(matches!(reused, Err(ServiceError::Conflict(_))), "{changed:?}: {reused:?}");
        }
        let elsewhere = OfferForm { site: other.site.to_string(), ..form.clone() };
        let reused = internship::offer(&world.service, &other.operator, elsewhere).await;
        assert!(matches!(reused, Err(ServiceError::Conflict(_))), "another host's id: {reused:?}");
        assert_eq!(internship::roster(&world.service, &other.operator).await.unwrap().len(), 0);
        assert_eq!(internship::roster(&world.service, &place.operator).await.unwrap().len(), 1);
        assert_eq!(times(&world, "offer_made").await, 1);
        internship::withdraw(&world.service, &place.operator, id, 1).await.unwrap();
        let over = internship::offer(&world.service, &place.operator, form).await;
        assert!(matches!(over, Err(ServiceError::Conflict(_))), "no offer waits for the person: {over:?}");
    }

    async fn a_host_that_is_not_certified_takes_nobody_on(world: World) {
        for (number, standing) in [(0, HostStanding::Uncertified), (1, HostStanding::Closed)] {
            let host = Host {
                id: HostId::new(world.service.new_id()),
                name: "贵阳观山餐饮管理有限公司".to_owned(),
                credit_code: CreditCode::parse(&credit_code(number)).unwrap(),
                division_code: "520115".to_owned(),
                address: "长岭北路 1 号".to_owned(),
                standing,
                certified_by: None,
                created_at: world.service.now(),
                version: 1,
            };
            let mut tx = world.service.db().begin().await.unwrap();
            store::host::insert(&mut tx, &host).await.unwrap();
            let known = (Subject::Host(host.id), IdentityState::Verified);
            store::identity::set(&mut tx, known.0, known.1, host.created_at, host.version).await.unwrap();
            tx.commit().await.unwrap();
            let operator = operator(&world, &format!("gz.waits{number}"), host.id).await;
            let site = site::add(&world.service, &operator, site_form("观山湖办公区")).await.unwrap();
            let refused = internship::offer(&world.service, &operator, offer_form(site, 0)).await;
            assert!(matches!(refused, Err(ServiceError::Refused(_))), "{standing:?}: {refused:?}");
            assert!(internship::roster(&world.service, &operator).await.unwrap().is_empty());
        }
        assert_eq!(times(&world, "offer_made").await, 0);
    }

    async fn another_hosts_offer_and_site_are_not_there(world: World) {
        let (place, other) = (workplace(&world, 0).await, workplace(&world, 1).await);
        let id = offered(&world, &place, 0).await;
        let before = acts(&world).await;
        let withdrawn = internship::withdraw(&world.service, &other.operator, id, 1).await;
        assert!(matches!(withdrawn, Err(ServiceError::NotFound)));
        sentence(internship::offer(&world.service, &other.operator, offer_form(place.site, 1)).await, "site");
        assert!(internship::roster(&world.service, &other.operator).await.unwrap().is_empty());
        assert_eq!(state(&world, &place.operator).await, (InternshipState::Offered, 1));
        assert_eq!(acts(&world).await, before);
    }

    async fn an_offer_is_answered_once(world: World) {
        let place = workplace(&world, 0).await;
        let (person, id) = taken_on(&world, &place, 0).await;
        let before = acts(&world).await;
        for version in [1, 2, i64::MAX] {
            let again = internship::confirm(&world.service, &person, id, version).await;
            assert!(matches!(again, Err(ServiceError::Refused(_))), "{again:?}");
            let declined = internship::decline(&world.service, &person, id, version, because("路太远了")).await;
            assert!(matches!(declined, Err(ServiceError::Refused(_))), "{declined:?}");
            let withdrawn = internship::withdraw(&world.service, &place.operator, id, version).await;
            assert!(matches!(withdrawn, Err(ServiceError::Refused(_))), "{withdrawn:?}");
        }
        assert_eq!(state(&world, &place.operator).await, (InternshipState::Active, 2));
        assert_eq!(acts(&world).await, before);
    }

    async fn an_answer_to_a_version_that_nobody_saw_is_a_conflict(world: World) {
        let place = workplace(&world, 0).await;
        let person = trainee(&world, 0).await;
        let id = offered(&world, &place, 0).await;
        for version in [0, 2, -1, i64::MAX] {
            let stale = internship::confirm(&world.service, &person, id, version).await;
            assert!(matches!(stale, Err(ServiceError::Conflict(_))), "{stale:?}");
        }
        assert_eq!(state(&world, &place.operator).await, (InternshipState::Offered, 1));
        assert_eq!(times(&world, "offer_confirmed").await, 0);
    }

    async fn nobody_is_active_in_two_places(world: World) {
        let (place, other) = (workplace(&world, 0).await, workplace(&world, 1).await);
        let (person, _) = taken_on(&world, &place, 0).await;
        let second = offered(&world, &other, 0).await;
        let refused = internship::confirm(&world.service, &person, second, 1).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        assert_eq!(state(&world, &other.operator).await, (InternshipState::Offered, 1));
        internship::decline(&world.service, &person, second, 1, because("已在另一家见习")).await.unwrap();
    }

    async fn declining_takes_a_reason_which_the_host_reads(world: World) {
        let place = workplace(&world, 0).await;
        let person = trainee(&world, 0).await;
        let id = offered(&world, &place, 0).await;
        for reason in ["", "  \n ", "远", &"远".repeat(201)] {
            sentence(internship::decline(&world.service, &person, id, 1, because(reason)).await, "reason");
        }
        assert_eq!(state(&world, &place.operator).await, (InternshipState::Offered, 1));
        internship::decline(&world.service, &person, id, 1, because(" 路太远了 ")).await.unwrap();
        let roster = internship::roster(&world.service, &place.operator).await.unwrap();
        assert_eq!((roster[0].state, roster[0].decline_reason.as_deref()), (InternshipState::Declined, Some("路太远了")));
        assert_eq!(roster[0].phone, "138****5670");
    }

    async fn an_offer_taken_back_or_past_its_last_day_cannot_be_confirmed(world: World) {
        let place = workplace(&world, 0).await;
        let person = trainee(&world, 0).await;
        let (back, late) = (offered(&world, &place, 0).await, offered(&world, &place, 0).await);
        internship::withdraw(&world.service, &place.operator, back, 1).await.unwrap();
        assert!(matches!(internship::confirm(&world.service, &person, back, 1).await, Err(ServiceError::Refused(_))));
        set(&world, "2027-05-19", 0, 0);
        assert!(matches!(internship::confirm(&world.service, &person, late, 1).await, Err(ServiceError::Refused(_))));
        set(&world, "2027-05-18", 23, 59);
        internship::confirm(&world.service, &person, late, 1).await.unwrap();
    }

    async fn a_trainee_does_nothing_of_a_host_and_a_host_nothing_of_a_trainee(world: World) {
        let service = &world.service;
        let place = workplace(&world, 0).await;
        let (person, id) = taken_on(&world, &place, 0).await;
        let before = acts(&world).await;
        macro_rules! forbidden {
            ($($call:expr),+ $(,)?) => {$(
                assert!(matches!($call, Err(ServiceError::Forbidden)), stringify!($call));
            )+};
        }
        forbidden!(
            internship::offer(service, &person, offer_form(place.site, 1)).await,
            internship::roster(service, &person).await,
            internship::withdraw(service, &person, id, 2).await,
            internship::host_rules(service, &person).await,
            site::list(service, &person).await,
            site::choices(service, &person).await,
            site::get(service, &person, place.site).await,
            site::add(service, &person, site_form("食堂二楼")).await,
            site::change(service, &person, place.site, 1, site_form("食堂二楼")).await,
            attendance::board(service, &person, None).await,
            crate::live::subscribe(service, &person),
            internship::offer_view(service, &place.operator, id).await,
            internship::confirm(service, &place.operator, id, 2).await,
            internship::decline(service, &place.operator, id, 2, because("路太远了")).await,
            attendance::today(service, &place.operator).await,
            attendance::history(service, &place.operator).await,
            attendance::check_in(service, &place.operator, at_work(&world, id)).await,
            crate::trainee::me(service, &place.operator).await,
            crate::trainee::set_sensitive_consent(service, &place.operator, true).await,
        );
        assert_eq!(acts(&world).await, before);
    }

    async fn two_confirmations_at_once_make_one_internship(world: World) {
        let place = workplace(&world, 0).await;
        let person = trainee(&world, 0).await;
        let id = offered(&world, &place, 0).await;
        let confirm = || internship::confirm(&world.service, &person, id, 1);
        one_wins(tokio::join!(confirm(), confirm()));
        assert_eq!(state(&world, &place.operator).await, (InternshipState::Active, 2));
        assert_eq!(times(&world, "offer_confirmed").await, 1);
    }

    async fn two_offers_confirmed_at_once_make_one_internship(world: World) {
        let (place, other) = (workplace(&world, 0).await, workplace(&world, 1).await);
        let person = trainee(&world, 0).await;
        let (first, second) = (offered(&world, &place, 0).await, offered(&world, &other, 0).await);
        let confirm = |id| internship::confirm(&world.service, &person, id, 1);
        one_wins(tokio::join!(confirm(first), confirm(second)));
        let states = [state(&world, &place.operator).await.0, state(&world, &other.operator).await.0];
        assert!(states.contains(&InternshipState::Active) && states.contains(&InternshipState::Offered), "{states:?}");
        assert_eq!(times(&world, "offer_confirmed").await, 1);
    }

    async fn taking_back_and_confirming_at_once_leave_one_outcome(world: World) {
        let place = workplace(&world, 0).await;
        let person = trainee(&world, 0).await;
        let id = offered(&world, &place, 0).await;
        one_wins(tokio::join!(
            internship::withdraw(&world.service, &place.operator, id, 1),
            internship::confirm(&world.service, &person, id, 1),
        ));
        let active = state(&world, &place.operator).await.0 == InternshipState::Active;
        let written = (times(&world, "offer_confirmed").await, times(&world, "offer_withdrawn").await);
        assert_eq!(written, if active { (1, 0) } else { (0, 1) });
    }
}
