//! `trainee::register`, the own page and the consent.

use crate::testing::{World, from, on_both, registration, sentence, stranger};
use crate::tests::host_registration::unit;
use crate::throttle::{self, Try};
use crate::{ServiceError, account, host, trainee};
use domain::account::Role;
use domain::trainee::RegisterForm;
use std::net::Ipv4Addr;
use store::audit::ChainCheck;

async fn refused(world: &World, form: RegisterForm, field: &str) -> String {
    sentence(trainee::register(&world.service, form, &stranger()).await, field)
}

on_both! {
    async fn a_registered_person_is_signed_in_and_sees_the_own_data_masked(world: World) {
        let session = world.register(registration(0)).await;
        assert_eq!(session.role, Role::Trainee);
        let actor = world.actor(&session).await;
        let me = trainee::me(&world.service, &actor).await.unwrap();
        assert_eq!(me.name, "杨晓雨");
        assert_eq!(me.id_card, "522224**********15");
        assert_eq!(me.phone, "138****5670");
        assert_eq!(me.residence, "贵州省贵阳市观山湖区金华园街道诚信路 18 号");
        assert!(me.consented_position);
        let viewer = account::viewer(&world.service, &actor).await.unwrap();
        assert_eq!((viewer.login.as_str(), viewer.organisation), ("138****5670", None));
    }

    async fn the_same_id_card_or_phone_twice_gets_a_sentence_that_leads_to_sign_in(world: World) {
        world.register(registration(0)).await;
        let same_card = RegisterForm { id_card: registration(0).id_card, name: "王二".to_owned(), ..registration(1) };
        let about_card = refused(&world, same_card, "id_card").await;
        assert!(about_card.contains("已经注册过") && about_card.contains("登录"), "{about_card}");
        let same_phone = RegisterForm { phone: registration(0).phone, ..registration(1) };
        let about_phone = refused(&world, same_phone, "phone").await;
        assert!(about_phone.contains("已经注册过") && about_phone.contains("登录"), "{about_phone}");
        for revealed in ["杨", "138", "5222"] {
            assert!(!about_card.contains(revealed) && !about_phone.contains(revealed));
        }
        assert!(matches!(
            trainee::register(&world.service, registration(0), &stranger()).await,
            Err(ServiceError::Invalid(errors)) if errors.of("id_card").is_some() && errors.of("phone").is_some()
        ));
    }

    async fn of_two_registrations_at_once_one_wins(world: World) {
        let (caller, other) = (stranger(), stranger());
        let (one, two) = tokio::join!(
            trainee::register(&world.service, registration(0), &caller),
            trainee::register(&world.service, registration(0), &other),
        );
        let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
        assert!(won.is_ok());
        sentence(lost, "id_card");
    }

    async fn what_people_type_is_stored_as_typed_or_refused_beside_its_field(world: World) {
        let hostile = "'; DROP TABLE trainee; -- <script>alert(1)</script> 😀";
        let form = RegisterForm { residence_detail: hostile.to_owned(), school: hostile.to_owned(), ..registration(0) };
        let actor = world.actor(&world.register(form).await).await;
        let me = trainee::me(&world.service, &actor).await.unwrap();
        assert_eq!(me.school.as_deref(), Some(hostile));
        assert!(me.residence.ends_with(hostile));
        let bad = [
            ("name", RegisterForm { name: "杨😀雨".to_owned(), ..registration(1) }),
            ("name", RegisterForm { name: hostile.to_owned(), ..registration(1) }),
            ("id_card", RegisterForm { id_card: "身份证号六字".to_owned(), ..registration(1) }),
            ("id_card", RegisterForm { id_card: hostile.to_owned(), ..registration(1) }),
            ("phone", RegisterForm { phone: "一三八零零零".to_owned(), ..registration(1) }),
            ("kind", RegisterForm { kind: hostile.to_owned(), ..registration(1) }),
            ("residence", RegisterForm { residence: "52011'".to_owned(), ..registration(1) }),
            ("residence", RegisterForm { residence: "529999".to_owned(), ..registration(1) }),
            ("residence", RegisterForm { residence: "520100".to_owned(), ..registration(1) }),
            ("password", RegisterForm { password: "12345678".to_owned(), ..registration(1) }),
            ("password", RegisterForm { password: "13812345671".to_owned(), ..registration(1) }),
            ("consent_privacy", RegisterForm { consent_privacy: String::new(), ..registration(1) }),
        ];
        for (field, form) in bad {
            assert!(!refused(&world, form, field).await.is_empty());
        }
        world.register(registration(1)).await;
    }

    async fn a_city_without_counties_is_a_home_too(world: World) {
        let dongguan = RegisterForm { residence: "441900".to_owned(), ..registration(0) };
        let actor = world.actor(&world.register(dongguan).await).await;
        let me = trainee::me(&world.service, &actor).await.unwrap();
        assert!(me.residence.starts_with("广东省东莞市"), "{}", me.residence);
    }

    async fn the_consent_can_be_taken_back_and_given_again(world: World) {
        let actor = world.actor(&world.register(registration(0)).await).await;
        for given in [false, false, true] {
            trainee::set_sensitive_consent(&world.service, &actor, given).await.unwrap();
            assert_eq!(trainee::me(&world.service, &actor).await.unwrap().consented_position, given);
        }
    }

    async fn guessing_who_is_registered_is_slowed_by_source(world: World) {
        world.register(registration(0)).await;
        let guesser = from(Ipv4Addr::new(203, 0, 113, 9));
        for _ in 0..100 {
            sentence(trainee::register(&world.service, registration(0), &guesser).await, "id_card");
        }
        assert!(matches!(
            trainee::register(&world.service, registration(0), &guesser).await,
            Err(ServiceError::TooMany { retry_after_s: 1..=900 })
        ));
        world.register(registration(1)).await;
    }

    async fn a_network_that_registered_very_many_waits_a_moment_and_no_other_does(world: World) {
        let service = &world.service;
        let caller = |network: u8, phone: u8| from(Ipv4Addr::new(203, 0, network, phone));
        world.register(registration(0)).await;
        for _ in 0..150 {
            let again = throttle::attempt(service, Try::Registration, None, None, Some(caller(113, 9).source)).await.unwrap();
            let mut tx = service.db().begin().await.unwrap();
            again.failed(service, &mut tx).await.unwrap();
            tx.commit().await.unwrap();
            world.wait_seconds(60);
        }
        for phone in 0..120 {
            // What is let through and not taken back was a registration.
            throttle::attempt(service, Try::Registration, None, None, Some(caller(113, phone).source)).await.unwrap();
        }
        let person = trainee::register(service, registration(1), &caller(113, 200)).await;
        assert!(matches!(person, Err(ServiceError::Crowded { retry_after_s: 15 })), "{person:?}");
        let host = host::register(service, unit(0), &caller(113, 201)).await;
        assert!(matches!(host, Err(ServiceError::Crowded { .. })), "people and units count together: {host:?}");
        trainee::register(service, registration(2), &caller(114, 9)).await.unwrap();
        world.sign_in(&registration(0).phone, crate::testing::PASSWORD, &caller(113, 9)).await.unwrap();
        world.wait_seconds(15);
        trainee::register(service, registration(1), &caller(113, 200)).await.unwrap();
        let next = host::register(service, unit(0), &caller(113, 201)).await;
        assert!(matches!(next, Err(ServiceError::Crowded { retry_after_s: 15..=30 })), "{next:?}");
    }

    async fn every_act_is_in_the_chained_log_without_numbers_or_names(world: World) {
        let session = world.register(registration(0)).await;
        let actor = world.actor(&session).await;
        trainee::set_sensitive_consent(&world.service, &actor, false).await.unwrap();
        let _ = world.sign_in("13812345670", "falsches-wort", &stranger()).await;
        account::sign_out(&world.service, &session.token).await.unwrap();
        let mut tx = world.service.db().read().await.unwrap();
        let rows = store::audit::after(&mut tx, 0, 100).await.unwrap();
        let acts: Vec<&str> = rows.iter().map(|row| row.act.as_str()).collect();
        assert_eq!(acts, ["registered", "consent_changed", "sign_in_failed", "signed_out"]);
        for row in &rows {
            assert!(!row.event.contains("13812345670") && !row.event.contains("522224") && !row.event.contains("杨"));
        }
        assert_eq!(store::audit::check_chain(&mut tx).await.unwrap(), ChainCheck::Whole(4));
    }
}
