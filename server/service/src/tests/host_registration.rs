//! `host::register`, and the second factor that its operator sets up.

use super::scene::{acts, credit_code, site_form, times, workplace};
use crate::account::{SignIn, Totp, second_factor, second_factor_to_set_up};
use crate::testing::{PASSWORD, World, from, on_both, sentence, stranger};
use crate::{Actor, NewSession, ServiceError, account, host, site};
use domain::account::{Role, SecondFactorForm};
use domain::certification::CertificationState;
use domain::host::RegisterHostForm;
use domain::identity::IdentityState;
use std::net::Ipv4Addr;

/// A registration that passes; by number, 0 and 1.
pub(super) fn unit(number: usize) -> RegisterHostForm {
    RegisterHostForm {
        name: "石阡县夜郎古泉茶业有限公司".to_owned(),
        credit_code: credit_code(number),
        division: "520623".to_owned(),
        address: "中坝街道平安路 12 号".to_owned(),
        legal_representative: "王建国".to_owned(),
        operator: "罗敏".to_owned(),
        phone: format!("1391234567{number}"),
        login: format!("yelang.op{number}"),
        password: PASSWORD.to_owned(),
        consent_privacy: "on".to_owned(),
    }
}

/// Sets the second factor up and signs in with its first code.
pub(super) async fn set_up(world: &World, pending: &NewSession) -> NewSession {
    let shown = second_factor_to_set_up(&world.service, &pending.token)
        .await
        .unwrap()
        .unwrap();
    let code = code(world, &shown.secret, &shown.login);
    second_factor(&world.service, &pending.token, SecondFactorForm { code }, &stranger())
        .await
        .unwrap()
}

/// The operator of a unit that registered itself.
pub(super) async fn registered(world: &World, form: RegisterHostForm) -> Actor {
    let pending = host::register(&world.service, form, &stranger()).await.unwrap();
    world.actor(&set_up(world, &pending).await).await
}

fn code(world: &World, secret: &str, login: &str) -> String {
    Totp::from_secret(&secret.replace(' ', ""), login)
        .unwrap()
        .code(Totp::step_of(world.clock.now()))
}

async fn refused(world: &World, form: RegisterHostForm, field: &str) -> String {
    sentence(host::register(&world.service, form, &stranger()).await, field)
}

on_both! {
    async fn a_unit_registers_itself_and_its_operator_is_signed_in_only_with_the_second_factor(world: World) {
        let pending = host::register(&world.service, unit(0), &stranger()).await.unwrap();
        assert_eq!(pending.role, Role::Operator);
        assert!(account::authenticate(&world.service, &pending.token).await.unwrap().is_none(), "half signed in");
        let shown = second_factor_to_set_up(&world.service, &pending.token).await.unwrap().unwrap();
        assert_eq!(shown.login, "yelang.op0");
        assert!(shown.qr.starts_with("<svg") && !shown.qr.contains("style="), "{}", shown.qr);
        let typed = SecondFactorForm { code: "000000".to_owned() };
        sentence(second_factor(&world.service, &pending.token, typed, &stranger()).await, "code");
        assert!(second_factor_to_set_up(&world.service, &pending.token).await.unwrap().is_some(), "still there to scan");
        let session = set_up(&world, &pending).await;
        for token in [&pending.token, &session.token] {
            let again = second_factor_to_set_up(&world.service, token).await.unwrap();
            assert!(again.is_none(), "the secret is shown to nobody any more");
        }
        let actor = world.actor(&session).await;
        let view = host::unit(&world.service, &actor).await.unwrap();
        assert_eq!((view.identity, view.certification.state), (IdentityState::Unverified, CertificationState::Draft));
        assert_eq!((view.name.as_str(), view.phone.as_deref()), ("石阡县夜郎古泉茶业有限公司", Some("139****5670")));
        assert_eq!(view.division_name, "贵州省铜仁市石阡县");
        assert_eq!(acts(&world).await, ["host_registered", "second_factor_failed", "second_factor_set_up", "signed_in"]);
    }

    async fn whoever_left_before_the_second_factor_comes_back_by_password_and_gets_another_secret(world: World) {
        let left = host::register(&world.service, unit(0), &stranger()).await.unwrap();
        let before = second_factor_to_set_up(&world.service, &left.token).await.unwrap().unwrap();
        let SignIn::SecondFactor(back) = world.sign_in("yelang.op0", PASSWORD, &stranger()).await.unwrap() else { panic!() };
        assert!(second_factor_to_set_up(&world.service, &left.token).await.unwrap().is_none(), "the page before is over");
        let now = second_factor_to_set_up(&world.service, &back.token).await.unwrap().unwrap();
        assert_ne!(before.secret, now.secret);
        let typed = SecondFactorForm { code: code(&world, &before.secret, &before.login) };
        sentence(second_factor(&world.service, &back.token, typed, &stranger()).await, "code");
        set_up(&world, &back).await;
        let SignIn::SecondFactor(later) = world.sign_in("yelang.op0", PASSWORD, &stranger()).await.unwrap() else { panic!() };
        assert!(second_factor_to_set_up(&world.service, &later.token).await.unwrap().is_none());
        world.wait_seconds(60);
        let typed = SecondFactorForm { code: code(&world, &now.secret, &now.login) };
        second_factor(&world.service, &later.token, typed, &stranger()).await.unwrap();
    }

    async fn a_registration_that_nobody_finished_is_removed_after_a_week_and_its_code_is_free(world: World) {
        let left = host::register(&world.service, unit(0), &stranger()).await.unwrap();
        let finished = registered(&world, unit(1)).await;
        world.wait_seconds(7 * 24 * 3600);
        host::sweep(&world.service).await.unwrap();
        assert!(!refused(&world, unit(0), "credit_code").await.is_empty(), "the week is not over");
        world.wait_seconds(1);
        for _ in 0..2 {
            host::sweep(&world.service).await.unwrap();
        }
        assert_eq!(times(&world, "host_registration_expired").await, 1);
        assert!(second_factor_to_set_up(&world.service, &left.token).await.unwrap().is_none());
        assert!(host::unit(&world.service, &finished).await.is_ok());
        host::register(&world.service, unit(0), &stranger()).await.unwrap();
    }

    async fn nobody_sees_the_second_factor_of_an_account_that_an_agency_opened(world: World) {
        let host = world.host("贵州云上数据服务有限公司", &credit_code(0), "520115").await;
        let staff = world.operator("gz.operator", host).await;
        let SignIn::SecondFactor(pending) = world.sign_in("gz.operator", PASSWORD, &stranger()).await.unwrap() else { panic!() };
        for token in [pending.token.as_str(), "", "no-such-token"] {
            assert!(second_factor_to_set_up(&world.service, token).await.unwrap().is_none());
        }
        let typed = SecondFactorForm { code: world.code(&staff) };
        second_factor(&world.service, &pending.token, typed, &stranger()).await.unwrap();
    }

    async fn a_taken_credit_code_says_whom_to_ask_and_nothing_of_who_has_it(world: World) {
        let place = workplace(&world, 0).await;
        let name = host::unit(&world.service, &place.operator).await.unwrap().name;
        world.agency("石阡县就业局", "520623").await;
        let about = refused(&world, unit(0), "credit_code").await;
        assert!(about.contains("已经注册过") && about.contains("登录") && about.contains("石阡县就业局"), "{about}");
        assert!(!about.contains(&name) && !about.contains("观山湖") && !about.contains("罗敏"), "{about}");
        let elsewhere = RegisterHostForm { division: "520102".to_owned(), ..unit(0) };
        assert!(refused(&world, elsewhere, "credit_code").await.contains("当地人社部门"));
        let login = RegisterHostForm { login: "GZ.operator".to_owned(), ..unit(1) };
        assert!(refused(&world, login, "login").await.contains("换一个"));
        registered(&world, unit(1)).await;
    }

    async fn of_two_registrations_of_a_unit_at_once_one_wins(world: World) {
        let (caller, other) = (stranger(), stranger());
        let second = RegisterHostForm { login: "other.op".to_owned(), ..unit(0) };
        let (one, two) = tokio::join!(
            host::register(&world.service, unit(0), &caller),
            host::register(&world.service, second, &other),
        );
        let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
        set_up(&world, &won.unwrap()).await;
        sentence(lost, "credit_code");
    }

    async fn guessing_which_units_are_registered_is_slowed_by_source(world: World) {
        workplace(&world, 0).await;
        let guesser = from(Ipv4Addr::new(203, 0, 113, 9));
        for _ in 0..100 {
            sentence(host::register(&world.service, unit(0), &guesser).await, "credit_code");
        }
        assert!(matches!(
            host::register(&world.service, unit(0), &guesser).await,
            Err(ServiceError::TooMany { retry_after_s: 1..=900 })
        ));
        registered(&world, unit(1)).await;
    }

    async fn what_an_operator_types_is_stored_as_typed_or_refused_beside_its_field(world: World) {
        let hostile = "'; DROP TABLE host; -- <script>alert(1)</script> 😀";
        let form = RegisterHostForm {
            name: hostile.to_owned(),
            address: hostile.to_owned(),
            legal_representative: hostile.to_owned(),
            ..unit(0)
        };
        let view = host::unit(&world.service, &registered(&world, form).await).await.unwrap();
        assert_eq!([view.name, view.address, view.legal_representative], [hostile; 3]);
        let bad = [
            ("name", RegisterHostForm { name: "\u{202E}\u{200B}".to_owned(), ..unit(1) }),
            ("credit_code", RegisterHostForm { credit_code: hostile.to_owned(), ..unit(1) }),
            ("credit_code", RegisterHostForm { credit_code: "中文六个汉字".to_owned(), ..unit(1) }),
            ("division", RegisterHostForm { division: "529999".to_owned(), ..unit(1) }),
            ("division", RegisterHostForm { division: "520600".to_owned(), ..unit(1) }),
            ("operator", RegisterHostForm { operator: hostile.to_owned(), ..unit(1) }),
            ("phone", RegisterHostForm { phone: hostile.to_owned(), ..unit(1) }),
            ("login", RegisterHostForm { login: "13812345678".to_owned(), ..unit(1) }),
            ("login", RegisterHostForm { login: hostile.to_owned(), ..unit(1) }),
            ("password", RegisterHostForm { password: "12345678".to_owned(), ..unit(1) }),
            ("password", RegisterHostForm { password: unit(1).credit_code, ..unit(1) }),
            ("consent_privacy", RegisterHostForm { consent_privacy: String::new(), ..unit(1) }),
        ];
        for (field, form) in bad {
            assert!(!refused(&world, form, field).await.is_empty());
        }
        registered(&world, unit(1)).await;
    }

    async fn before_its_identity_is_verified_a_unit_changes_nothing_else(world: World) {
        let operator = registered(&world, unit(0)).await;
        match site::add(&world.service, &operator, site_form("茶园")).await {
            Err(ServiceError::Refused(words)) => assert!(words.contains("实名认证") && words.contains("单位资料"), "{words}"),
            other => panic!("{other:?}"),
        }
        assert!(site::list(&world.service, &operator).await.unwrap().is_empty(), "looking is free");
        workplace(&world, 1).await;
    }
}
