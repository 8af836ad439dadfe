//! Sessions, change of password, staff accounts.

use crate::account::{self, NewStaff, SignIn};
use crate::testing::{PASSWORD, World, on_both, registration, sentence, stranger};
use crate::{NewSession, ServiceError};
use domain::Moment;
use domain::account::{ChangePasswordForm, Role};

const LOGIN: &str = "13812345670";
const CREDIT_CODE: &str = "91350100M000100Y43";
const NEW_PASSWORD: &str = "qiufeng-luoye-tongren";
const HOUR: i64 = 3600;

async fn trainee_session(world: &World) -> NewSession {
    match world.sign_in(LOGIN, PASSWORD, &stranger()).await.unwrap() {
        SignIn::Done(session) => session,
        SignIn::SecondFactor(_) => panic!("trainees have one factor"),
    }
}

async fn is_in(world: &World, session: &NewSession) -> bool {
    account::authenticate(&world.service, &session.token)
        .await
        .unwrap()
        .is_some()
}

/// Waits until the use of the session is noted, which happens beside the request.
async fn noted(world: &World, session: &NewSession, at: Moment) {
    let hash = crate::token::hash(&session.token);
    loop {
        let mut tx = world.service.db().read().await.unwrap();
        if store::session::find(&mut tx, &hash).await.unwrap().unwrap().seen_at == at {
            return;
        }
        drop(tx);
        tokio::task::yield_now().await;
    }
}

on_both! {
    async fn a_change_of_password_ends_all_other_sessions(world: World) {
        let here = world.register(registration(0)).await;
        let elsewhere = trainee_session(&world).await;
        let actor = world.actor(&here).await;
        let change = |current: &str, new: &str| {
            let form = ChangePasswordForm { current: current.to_owned(), new: new.to_owned() };
            account::change_password(&world.service, &actor, form)
        };
        sentence(change("not-the-password", NEW_PASSWORD).await, "current");
        sentence(change(PASSWORD, PASSWORD).await, "new");
        sentence(change(PASSWORD, "12345678").await, "new");
        sentence(change(PASSWORD, "short").await, "new");
        assert!(is_in(&world, &elsewhere).await, "a refused change changes nothing");
        change(PASSWORD, NEW_PASSWORD).await.unwrap();
        assert!(is_in(&world, &here).await);
        assert!(!is_in(&world, &elsewhere).await);
        sentence(world.sign_in(LOGIN, PASSWORD, &stranger()).await, "password");
        assert!(world.sign_in(LOGIN, NEW_PASSWORD, &stranger()).await.is_ok());
    }

    async fn guessing_the_current_password_is_slowed(world: World) {
        let actor = world.actor(&world.register(registration(0)).await).await;
        let form = |current: &str| ChangePasswordForm { current: current.to_owned(), new: NEW_PASSWORD.to_owned() };
        for _ in 0..5 {
            sentence(account::change_password(&world.service, &actor, form("not-the-password")).await, "current");
        }
        let slowed = account::change_password(&world.service, &actor, form(PASSWORD)).await;
        assert!(matches!(slowed, Err(ServiceError::TooMany { retry_after_s: 15 })));
    }

    async fn signing_out_ends_the_session_and_no_other(world: World) {
        let here = world.register(registration(0)).await;
        let elsewhere = trainee_session(&world).await;
        account::sign_out(&world.service, &here.token).await.unwrap();
        account::sign_out(&world.service, &here.token).await.unwrap();
        assert!(!is_in(&world, &here).await);
        assert!(is_in(&world, &elsewhere).await);
    }

    async fn a_trainee_stays_signed_in_for_thirty_days_of_use(world: World) {
        let session = world.register(registration(0)).await;
        world.wait_seconds(29 * 24 * HOUR);
        assert!(is_in(&world, &session).await);
        noted(&world, &session, world.clock.now()).await;
        world.wait_seconds(29 * 24 * HOUR);
        assert!(is_in(&world, &session).await);
        noted(&world, &session, world.clock.now()).await;
        world.wait_seconds(31 * 24 * HOUR);
        assert!(!is_in(&world, &session).await);
    }

    async fn staff_sessions_end_after_two_idle_hours_and_twelve_in_any_case(world: World) {
        let host = world.host("贵州云上数据服务有限公司", CREDIT_CODE, "520115").await;
        let staff = world.operator("gz.operator", host).await;
        let session = world.sign_in_staff(&staff).await;
        for _ in 0..7 {
            world.wait_seconds(HOUR + HOUR / 2);
            assert!(is_in(&world, &session).await);
            noted(&world, &session, world.clock.now()).await;
        }
        world.wait_seconds(HOUR + HOUR / 2);
        assert!(!is_in(&world, &session).await, "twelve hours are over");
        world.wait_seconds(30);
        let session = world.sign_in_staff(&staff).await;
        world.wait_seconds(2 * HOUR + 1);
        assert!(!is_in(&world, &session).await, "two idle hours are over");
    }

    async fn an_open_screen_is_no_use_of_a_staff_session(world: World) {
        let host = world.host("贵州云上数据服务有限公司", CREDIT_CODE, "520115").await;
        let session = world.sign_in_staff(&world.operator("gz.operator", host).await).await;
        for _ in 0..7 {
            world.wait_seconds(HOUR / 4);
            assert!(account::is_signed_in(&world.service, &session.token).await.unwrap());
        }
        world.wait_seconds(HOUR / 4 + 1);
        assert!(!account::is_signed_in(&world.service, &session.token).await.unwrap());
    }

    async fn a_disabled_account_is_out_at_once_and_told_so_only_with_its_password(world: World) {
        let session = world.register(registration(0)).await;
        account::disable(&world.service, " 138 1234 5670 ").await.unwrap();
        assert!(!is_in(&world, &session).await);
        assert!(matches!(world.sign_in(LOGIN, PASSWORD, &stranger()).await, Err(ServiceError::Refused(_))));
        sentence(world.sign_in(LOGIN, "not-the-password", &stranger()).await, "password");
        assert!(matches!(account::disable(&world.service, "nobody").await, Err(ServiceError::NotFound)));
    }

    async fn broken_tokens_are_nobody(world: World) {
        let session = world.register(registration(0)).await;
        let long = "A".repeat(10_000);
        for token in ["", "😀", "' OR '1'='1", &session.token[1..], &format!("{} ", session.token), long.as_str()] {
            assert!(account::authenticate(&world.service, token).await.unwrap().is_none());
        }
    }

    async fn staff_accounts_need_the_scope_of_their_role(world: World) {
        let host = world.host("贵州云上数据服务有限公司", CREDIT_CODE, "520115").await;
        let agency = world.agency("贵阳市观山湖区人力资源和社会保障局", "520115").await;
        let new = |role, host: Option<&str>, agency: Option<&str>| NewStaff {
            role,
            name: "周正".to_owned(),
            login: format!("{}.one", role.code()),
            password: None,
            host: host.map(str::to_owned),
            agency: agency.map(str::to_owned),
        };
        let (host, agency) = (host.to_string(), agency.to_string());
        let refused = [
            (new(Role::Trainee, None, None), "role"),
            (new(Role::Operator, None, None), "host"),
            (new(Role::Operator, None, Some(&agency)), "agency"),
            (new(Role::Mentor, Some("没有这家单位"), None), "host"),
            (new(Role::Reviewer, Some(&host), Some(&agency)), "host"),
            (new(Role::Admin, None, None), "agency"),
            (new(Role::Auditor, None, Some("没有这个机构")), "agency"),
            (NewStaff { login: LOGIN.to_owned(), ..new(Role::Mentor, Some(&host), None) }, "login"),
            (NewStaff { login: "罗 敏".to_owned(), ..new(Role::Mentor, Some(&host), None) }, "login"),
            (NewStaff { name: "😀".to_owned(), ..new(Role::Mentor, Some(&host), None) }, "name"),
            (NewStaff { password: Some("12345678".to_owned()), ..new(Role::Mentor, Some(&host), None) }, "password"),
        ];
        for (staff, field) in refused {
            sentence(account::create_staff(&world.service, staff).await, field);
        }
        let by_code = account::create_staff(&world.service, new(Role::Mentor, Some(CREDIT_CODE), None)).await.unwrap();
        assert_eq!(by_code.generated_password.as_ref().map(String::len), Some(19));
        assert!(by_code.otpauth.starts_with("otpauth://totp/") && by_code.otpauth.contains(&by_code.secret));
        let by_name = new(Role::Reviewer, None, Some("贵阳市观山湖区人力资源和社会保障局"));
        account::create_staff(&world.service, by_name.clone()).await.unwrap();
        sentence(account::create_staff(&world.service, by_name).await, "login");
        for role in [Role::CityCentre, Role::Auditor, Role::Admin] {
            account::create_staff(&world.service, new(role, None, Some(&agency))).await.unwrap();
        }
    }

    async fn what_ran_out_is_swept(world: World) {
        let session = world.register(registration(0)).await;
        let _ = world.sign_in(LOGIN, "not-the-password", &stranger()).await;
        world.wait_seconds(31 * 24 * HOUR);
        crate::upkeep(&world.service).await;
        let mut tx = world.service.db().read().await.unwrap();
        assert!(store::session::find(&mut tx, &crate::token::hash(&session.token)).await.unwrap().is_none());
    }
}
