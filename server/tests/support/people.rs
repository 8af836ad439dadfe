#![allow(dead_code)]

//! A server with demo data, and its people signed in.

use super::{Running, Wishes, start_with};
use domain::account::{DemoSignIn, Role, SecondFactorForm, SignInForm};
use service::Caller;
use service::account::SignIn;
use std::net::{IpAddr, Ipv4Addr};

fn caller() -> Caller {
    Caller {
        source: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device_token: None,
    }
}

/// Signs somebody of the demo in who has this role, and answers the session's token.
pub async fn session(running: &Running, role: Role) -> String {
    session_where(running, |person| person.role == role).await
}

/// Signs the person of the demo with this sign-in name in, and answers the session's token.
pub async fn session_of(running: &Running, login: &str) -> String {
    session_where(running, |person| person.login == login).await
}

/// Signs the first person of the demo in who is meant, and answers the session's token.
pub async fn session_where(running: &Running, wanted: impl Fn(&DemoSignIn) -> bool) -> String {
    let service = &running.server.service;
    let people = service::account::demo_sign_ins(service).await.expect("sign-ins");
    let person = people.into_iter().find(wanted).expect("such a person");
    let form = SignInForm {
        login: person.login,
        password: person.password,
    };
    match service::account::sign_in(service, form, &caller())
        .await
        .expect("the first step")
    {
        SignIn::Done(session) => session.token,
        SignIn::SecondFactor(pending) => {
            let form = SecondFactorForm {
                code: person.code.expect("a code"),
            };
            service::account::second_factor(service, &pending.token, form, &caller())
                .await
                .expect("the second step")
                .token
        }
    }
}

pub async fn demo() -> Running {
    let running = start_with(Wishes {
        demo: true,
        ..Wishes::default()
    })
    .await;
    service::demo::fill(&running.server.service).await.expect("filled");
    running
}
