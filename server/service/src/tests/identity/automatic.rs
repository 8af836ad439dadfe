//! The gateway's word, and what happens without it.

use super::{COUNTY, approval, county, decides, leave_checking, own, queue, registered, unchanged};
use crate::identity::{self, IdentityConfig, IdentityGateway};
use crate::testing::{World, listen, on_both, registration};
use crate::tests::scene::times;
use crate::tests::told::titles;
use crate::{Actor, ServiceError, attendance, trainee};
use axum::Router;
use axum::http::StatusCode;
use domain::identity::IdentityState;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use tokio::sync::Notify;

/// What the gateway of a test does.
#[derive(Clone, Copy)]
enum Says {
    Match,
    Mismatch,
    Unknown,
    Nothing,
}

/// The same world with a gateway; `held` keeps its answers back until somebody is notified.
async fn with_gateway(world: World, says: Says, held: Option<Arc<Notify>>) -> World {
    let World { service, clock, fresh } = world;
    let router = Router::new().fallback(move |body: String| {
        let held = held.clone();
        async move {
            if let Some(held) = held {
                held.notified().await;
            }
            let question: Value = serde_json::from_str(&body).unwrap();
            let result = match says {
                Says::Match => "match",
                Says::Mismatch => "mismatch",
                Says::Unknown => "unknown",
                Says::Nothing => return (StatusCode::UNAUTHORIZED, String::new()),
            };
            let reply = json!({"request_id": question["request_id"], "result": result});
            (StatusCode::OK, reply.to_string())
        }
    });
    let token_file = fresh.folder().join("token");
    std::fs::write(&token_file, "geheim\n").unwrap();
    std::fs::set_permissions(&token_file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let url = listen(router).await;
    let gateway = IdentityGateway::new(&IdentityConfig { url, token_file }, clock.clone()).unwrap();
    let service = service.with_identity_gateway(gateway).unwrap();
    World { service, clock, fresh }
}

on_both! {
    async fn a_match_verifies_at_registration_and_bothers_no_agency(world: World) {
        let world = with_gateway(world, Says::Match, None).await;
        let (_, reviewer) = county(&world).await;
        let person = registered(&world, 0).await;
        let view = own(&world, &person).await;
        assert_eq!((view.state, view.standing, view.editable.len()), (IdentityState::Verified, None, 0));
        assert_eq!(trainee::me(&world.service, &person).await.unwrap().identity, IdentityState::Verified);
        assert_eq!(attendance::today(&world.service, &person).await.unwrap().identity, IdentityState::Verified);
        assert!(queue(&world, &reviewer).await.is_empty());
        assert_eq!(titles(&world, &person).await, ["实名认证已经通过"]);
        assert_eq!((times(&world, "identity_submitted").await, times(&world, "identity_checked").await), (1, 1));
        let again = identity::submit(&world.service, &person, unchanged()).await;
        assert!(matches!(again, Err(ServiceError::Refused(sentence)) if sentence.contains("已经通过")));
    }

    async fn whatever_else_the_gateway_says_the_county_of_the_residence_decides(world: World) {
        let (_, reviewer) = county(&world).await;
        let mut world = world;
        for (number, says) in [Says::Mismatch, Says::Unknown, Says::Nothing].into_iter().enumerate() {
            world = with_gateway(world, says, None).await;
            let person = registered(&world, number).await;
            let view = own(&world, &person).await;
            assert_eq!(view.state, IdentityState::Manual);
            assert_eq!(titles(&world, &person).await, ["实名认证转为人工核对"]);
            let standing = view.standing.unwrap();
            assert_eq!((standing.agency.as_str(), standing.due.unwrap().day.to_string().as_str()), (COUNTY, "2026-12-03"));
            assert_eq!(queue(&world, &reviewer).await.len(), number + 1);
        }
    }

    async fn while_the_gateway_thinks_nobody_waits_for_the_database(world: World) {
        let (_, reviewer) = county(&world).await;
        let held = Arc::new(Notify::new());
        let world = with_gateway(world, Says::Match, Some(held.clone())).await;
        let other = Actor::clone(&reviewer);
        let others = async {
            // Writes, and reads that the person is being checked, before the gateway answers.
            while times(&world, "identity_submitted").await == 0 {
                tokio::task::yield_now().await;
            }
            assert!(queue(&world, &other).await.is_empty());
            world.agency("石阡县人力资源和社会保障局", "520623").await;
            held.notify_one();
        };
        let (session, ()) = tokio::join!(world.register(registration(0)), others);
        let person = world.actor(&session).await;
        assert_eq!(own(&world, &person).await.state, IdentityState::Verified);
    }

    async fn a_check_that_a_crash_left_half_way_goes_to_the_county_after_two_minutes(world: World) {
        let person = registered(&world, 0).await;
        let (_, reviewer) = county(&world).await;
        leave_checking(&world, &person).await;
        let early = identity::submit(&world.service, &person, unchanged()).await;
        assert!(matches!(early, Err(ServiceError::Refused(_))), "{early:?}");
        world.wait_seconds(119);
        crate::upkeep(&world.service).await;
        assert_eq!(own(&world, &person).await.state, IdentityState::Checking);
        world.wait_seconds(60);
        crate::upkeep(&world.service).await;
        crate::upkeep(&world.service).await;
        assert_eq!(own(&world, &person).await.state, IdentityState::Manual);
        assert_eq!(queue(&world, &reviewer).await.len(), 1);
        decides(&world, &reviewer, approval("phone")).await.unwrap();
        assert_eq!(own(&world, &person).await.state, IdentityState::Verified);
    }

    async fn without_an_agency_the_registration_stands_and_the_person_can_submit_later(world: World) {
        let person = registered(&world, 0).await;
        let view = own(&world, &person).await;
        assert_eq!(view.state, IdentityState::Unverified);
        assert!(view.in_the_way.unwrap().contains("还没有对应的县级经办机构"));
        let refused = identity::submit(&world.service, &person, unchanged()).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        assert_eq!(own(&world, &person).await.state, IdentityState::Unverified);
        leave_checking(&world, &person).await;
        world.wait_seconds(121);
        crate::upkeep(&world.service).await;
        assert_eq!(own(&world, &person).await.state, IdentityState::Unverified, "nobody hangs in a check for ever");
        let (_, reviewer) = county(&world).await;
        let state = identity::submit(&world.service, &person, unchanged()).await.unwrap();
        assert_eq!((state, queue(&world, &reviewer).await.len()), (IdentityState::Manual, 1));
        assert!(own(&world, &person).await.in_the_way.is_none());
    }

    async fn two_submissions_at_once_make_one_case(world: World) {
        let person = registered(&world, 0).await;
        let (_, reviewer) = county(&world).await;
        let submit = || identity::submit(&world.service, &person, unchanged());
        let (one, two) = tokio::join!(submit(), submit());
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        assert_eq!(queue(&world, &reviewer).await.len(), 1);
    }
}
