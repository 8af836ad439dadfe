//! Sign-in, the second factor and what slows guessing.

use crate::account::{self, SignIn};
use crate::testing::{PASSWORD, World, from, on_both, registration, sentence, stranger};
use crate::{Caller, ServiceError};
use domain::account::{Role, SecondFactorForm};
use std::net::Ipv4Addr;

const LOGIN: &str = "13812345670";
const CREDIT_CODE: &str = "91350100M000100Y43";

async fn fail(world: &World, caller: &Caller, times: usize) {
    for _ in 0..times {
        sentence(world.sign_in(LOGIN, "not-the-password", caller).await, "password");
    }
}

fn is_slowed<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> u64 {
    match result {
        Err(ServiceError::TooMany { retry_after_s }) => retry_after_s,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_trainee_signs_in_however_the_number_is_typed(world: World) {
        world.register(registration(0)).await;
        for login in [LOGIN, " １３８ 1234 5670 ", "+86 138-1234-5670"] {
            match world.sign_in(login, PASSWORD, &stranger()).await.unwrap() {
                SignIn::Done(session) => assert_eq!(world.actor(&session).await.role(), Role::Trainee),
                SignIn::SecondFactor(_) => panic!("trainees have one factor"),
            }
        }
    }

    async fn unknown_name_and_wrong_password_get_the_same_sentence(world: World) {
        world.register(registration(0)).await;
        let wrong = sentence(world.sign_in(LOGIN, "not-the-password", &stranger()).await, "password");
        let unknown = sentence(world.sign_in("13900000000", PASSWORD, &stranger()).await, "password");
        let hostile = sentence(world.sign_in("' OR 1=1 --", "<b>😀</b>", &stranger()).await, "password");
        assert_eq!((wrong.as_str(), unknown.as_str(), hostile.as_str()), (SAME, SAME, SAME));
        sentence(world.sign_in("", PASSWORD, &stranger()).await, "login");
    }

    async fn five_failures_bring_a_delay_that_doubles_and_ends(world: World) {
        world.register(registration(0)).await;
        fail(&world, &stranger(), 5).await;
        assert_eq!(is_slowed(world.sign_in(LOGIN, PASSWORD, &stranger()).await), 15);
        world.wait_seconds(15);
        fail(&world, &stranger(), 1).await;
        assert_eq!(is_slowed(world.sign_in(LOGIN, PASSWORD, &stranger()).await), 30);
        world.wait_seconds(30);
        assert!(world.sign_in(LOGIN, PASSWORD, &stranger()).await.is_ok());
        fail(&world, &stranger(), 4).await;
        assert!(world.sign_in(LOGIN, PASSWORD, &stranger()).await.is_ok(), "success clears the count");
    }

    async fn an_attacker_elsewhere_does_not_slow_the_owner_on_a_new_device(world: World) {
        world.register(registration(0)).await;
        let attacker = from(Ipv4Addr::new(203, 0, 113, 9));
        fail(&world, &attacker, 5).await;
        is_slowed(world.sign_in(LOGIN, PASSWORD, &attacker).await);
        is_slowed(world.sign_in(LOGIN, PASSWORD, &from(Ipv4Addr::new(203, 0, 113, 200))).await);
        assert!(world.sign_in(LOGIN, PASSWORD, &stranger()).await.is_ok());
        is_slowed(world.sign_in(LOGIN, PASSWORD, &attacker).await);
    }

    async fn guessing_from_many_networks_is_slowed_for_a_minute_at_most(world: World) {
        let session = world.register(registration(0)).await;
        for network in 0..99_u8 {
            fail(&world, &from(Ipv4Addr::new(198, 51, network, 7)), 1).await;
        }
        let new_device = from(Ipv4Addr::new(192, 0, 2, 77));
        for _ in 0..2 {
            assert!(world.sign_in(LOGIN, PASSWORD, &new_device).await.is_ok(), "signing in is no guess");
        }
        fail(&world, &from(Ipv4Addr::new(203, 0, 113, 1)), 1).await;
        assert_eq!(is_slowed(world.sign_in(LOGIN, PASSWORD, &new_device).await), 15);
        let own = Caller { device_token: session.device_token, ..new_device.clone() };
        assert!(world.sign_in(LOGIN, PASSWORD, &own).await.is_ok(), "a known device is free");
        for (network, delay) in [(2, 30), (3, 60), (4, 60), (5, 60)] {
            world.wait_seconds(60);
            fail(&world, &from(Ipv4Addr::new(203, 0, network, 1)), 1).await;
            assert_eq!(is_slowed(world.sign_in(LOGIN, PASSWORD, &new_device).await), delay);
        }
        world.wait_seconds(60);
        assert!(world.sign_in(LOGIN, PASSWORD, &new_device).await.is_ok());
    }

    async fn strangers_never_lock_the_owner_out_of_a_known_device(world: World) {
        let session = world.register(registration(0)).await;
        let neighbour = stranger();
        let own = Caller { device_token: session.device_token, ..stranger() };
        fail(&world, &neighbour, 5).await;
        is_slowed(world.sign_in(LOGIN, PASSWORD, &neighbour).await);
        let known = world.sign_in(LOGIN, PASSWORD, &own).await.unwrap();
        assert!(matches!(known, SignIn::Done(session) if session.device_token.is_none()), "the device stays known");
        is_slowed(world.sign_in(LOGIN, PASSWORD, &neighbour).await);
    }

    async fn guesses_at_once_cannot_outrun_the_count(world: World) {
        world.register(registration(0)).await;
        let caller = stranger();
        let mut looked_at = 0;
        let guesses: Vec<_> = (0..12).map(|_| world.sign_in(LOGIN, "not-the-password", &caller)).collect();
        for guess in futures(guesses).await {
            looked_at += usize::from(matches!(guess, Err(ServiceError::Invalid(_))));
        }
        assert_eq!(looked_at, 5);
    }

    async fn a_forged_device_token_helps_nobody(world: World) {
        world.register(registration(0)).await;
        let forged = Caller { device_token: Some("x'; DROP TABLE account".to_owned()), ..stranger() };
        fail(&world, &forged, 5).await;
        is_slowed(world.sign_in(LOGIN, PASSWORD, &stranger()).await);
    }

    async fn staff_need_a_code_and_each_code_works_once(world: World) {
        let host = world.host("贵州云上数据服务有限公司", CREDIT_CODE, "520115").await;
        let staff = world.operator("GZ.Operator", host).await;
        assert_eq!(staff.login, "gz.operator");
        let pending = match world.sign_in("gz.operator", PASSWORD, &stranger()).await.unwrap() {
            SignIn::SecondFactor(pending) => pending,
            SignIn::Done(_) => panic!("no second factor asked for"),
        };
        assert!(account::authenticate(&world.service, &pending.token).await.unwrap().is_none(), "half is not whole");
        let code = world.code(&staff);
        let session = second(&world, &pending.token, &code).await.unwrap();
        assert_ne!(session.token, pending.token);
        assert_eq!(world.actor(&session).await.host(), Some(host));
        let viewer = account::viewer(&world.service, &world.actor(&session).await).await.unwrap();
        assert_eq!(viewer.organisation.as_deref(), Some("贵州云上数据服务有限公司"));
        assert_eq!(viewer.login, "gz.operator");

        let again = match world.sign_in("gz.operator", PASSWORD, &stranger()).await.unwrap() {
            SignIn::SecondFactor(pending) => pending,
            SignIn::Done(_) => panic!("no second factor asked for"),
        };
        sentence(second(&world, &again.token, &code).await, "code");
        world.wait_seconds(30);
        let session = second(&world, &again.token, &world.code(&staff)).await.unwrap();
        assert_eq!(session.role, Role::Operator);
        assert!(matches!(second(&world, &again.token, "000000").await, Err(ServiceError::SignInNeeded)));
    }

    async fn guessing_codes_is_slowed_and_the_half_session_ends_after_ten_minutes(world: World) {
        let host = world.host("贵州云上数据服务有限公司", CREDIT_CODE, "520115").await;
        let staff = world.operator("gz.operator", host).await;
        let pending = match world.sign_in("gz.operator", PASSWORD, &stranger()).await.unwrap() {
            SignIn::SecondFactor(pending) => pending,
            SignIn::Done(_) => panic!("no second factor asked for"),
        };
        let right = world.code(&staff);
        let wrong = if right == "123456" { "654321" } else { "123456" };
        sentence(second(&world, &pending.token, "12345").await, "code");
        for _ in 0..5 {
            sentence(second(&world, &pending.token, wrong).await, "code");
        }
        is_slowed(second(&world, &pending.token, &right).await);
        world.wait_seconds(601);
        assert!(matches!(second(&world, &pending.token, &right).await, Err(ServiceError::SignInNeeded)));
        assert!(matches!(second(&world, "no-such-token", &right).await, Err(ServiceError::SignInNeeded)));
    }
}

const SAME: &str = "手机号/账号或密码不对";

async fn second(world: &World, token: &str, code: &str) -> Result<crate::NewSession, ServiceError> {
    account::second_factor(
        &world.service,
        token,
        SecondFactorForm { code: code.to_owned() },
        &stranger(),
    )
    .await
}

/// Runs them all at once.
async fn futures<F: Future>(all: Vec<F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.into_iter().map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        all.retain_mut(|one| match one.as_mut().poll(context) {
            std::task::Poll::Ready(output) => {
                done.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if all.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done
}
