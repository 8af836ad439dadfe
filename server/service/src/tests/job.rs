//! Jobs run once, on whichever node asks first.

use crate::job::{self, Job, LEASE, MINUTE, Schedule};
use crate::testing::{World, config, on_both};
use crate::{Service, ServiceConfig, ServiceError};
use domain::Moment;
use std::sync::atomic::{AtomicU32, Ordering};
use store::Purpose;

/// A second handle on the same database: another node on PostgreSQL, a visitor beside the node on SQLite.
pub(super) async fn second(world: &World) -> Service {
    let config = ServiceConfig {
        purpose: Purpose::Visit,
        ..config(&world.fresh, world.clock.clone())
    };
    Service::open(config).await.unwrap()
}

async fn state(world: &World, name: &str) -> store::job::State {
    let mut tx = world.service.db().read().await.unwrap();
    store::job::find(&mut tx, name).await.unwrap().unwrap()
}

on_both! {
    async fn of_many_that_ask_at_once_on_two_nodes_one_runs_the_job(world: World) {
        let other = second(&world).await;
        let nodes = [&world.service, &other];
        let asked: Vec<_> = (0..16)
            .map(|number| {
                let node = nodes[number % 2].clone();
                tokio::spawn(async move { job::claim(&node, "once").await.unwrap() })
            })
            .collect();
        let mut leases = Vec::new();
        for claim in asked {
            leases.extend(claim.await.unwrap());
        }
        assert_eq!(leases.len(), 1);
        job::finish(&world.service, leases.remove(0), world.clock.now().plus_millis(MINUTE)).await.unwrap();
        assert!(job::claim(&other, "once").await.unwrap().is_none(), "not due");
        world.wait_seconds(60);
        assert!(job::claim(&other, "once").await.unwrap().is_some());
    }

    async fn the_lease_of_a_node_that_died_is_taken_over(world: World) {
        let other = second(&world).await;
        let died = job::claim(&world.service, "shared").await.unwrap().unwrap();
        world.wait_seconds(LEASE / 1000);
        assert!(job::claim(&other, "shared").await.unwrap().is_none());
        world.wait_seconds(1);
        let lease = job::claim(&other, "shared").await.unwrap().unwrap();
        job::finish(&world.service, died, world.clock.now()).await.unwrap();
        assert!(state(&world, "shared").await.held, "the late one changes nothing");
        job::finish(&other, lease, world.clock.now()).await.unwrap();
        assert!(!state(&world, "shared").await.held);
    }

    async fn a_job_that_fails_says_why_and_is_tried_again_soon(world: World) {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let job = Job {
            name: "fails_first",
            schedule: Schedule::Every(60 * MINUTE),
            run: |_| Box::pin(async {
                // The test runs once a database, each time beginning with an odd run.
                if RUNS.fetch_add(1, Ordering::SeqCst).is_multiple_of(2) { Err(ServiceError::Unavailable) } else { Ok(()) }
            }),
        };
        assert!(job::run_if_due(&world.service, job).await);
        assert_eq!(state(&world, job.name).await.last_error.as_deref(), Some("unavailable"));
        assert!(!job::run_if_due(&world.service, job).await);
        world.wait_seconds(5 * 60);
        assert!(job::run_if_due(&world.service, job).await);
        let after = state(&world, job.name).await;
        assert_eq!((after.last_error, after.last_ok_at), (None, Some(world.clock.now())));
        assert_eq!(after.next_at, world.clock.now().plus_millis(60 * MINUTE));
    }

    async fn upkeep_on_two_nodes_leaves_every_job_done_and_free(world: World) {
        let other = second(&world).await;
        tokio::join!(crate::upkeep(&world.service), crate::upkeep(&other));
        for name in ["end_internships", "sweep_sign_ins", "sweep_notices"] {
            let state = state(&world, name).await;
            assert_eq!((state.held, state.last_ok_at), (false, Some(world.clock.now())), "{name}");
        }
    }
}

#[test]
fn a_daily_job_is_due_at_its_time_of_the_day_in_shanghai() {
    let daily = Schedule::Daily { hour: 3, minute: 30 };
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(
        daily.next(Moment::at(day("2026-11-19"), 3, 29)),
        Moment::at(day("2026-11-19"), 3, 30)
    );
    assert_eq!(
        daily.next(Moment::at(day("2026-11-19"), 3, 30)),
        Moment::at(day("2026-11-20"), 3, 30)
    );
    assert_eq!(
        daily.next(Moment::at(day("2026-12-31"), 23, 0)),
        Moment::at(day("2027-01-01"), 3, 30)
    );
}
