//! Jobs: what must happen without anybody asking, each run by one node at a time under a lease. A node that dies leaves its
//! lease behind; when that has run out another node takes over, so a job must bear to be begun twice.

use crate::context::Service;
use crate::error::ServiceError;
use domain::Moment;
use domain::value::add_days;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// One minute in milliseconds.
pub(crate) const MINUTE: i64 = 60_000;
/// How long a run may take. The runner gives up at the end of it, so that it never works beside whoever takes over.
pub(crate) const LEASE: i64 = 10 * MINUTE;
/// After a failed run the next one comes at the latest then.
const RETRY: i64 = 5 * MINUTE;

/// When a job is due again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Schedule {
    /// So many milliseconds after the run.
    Every(i64),
    /// Once a day at this time of Asia/Shanghai.
    Daily {
        /// Hour, 0–23.
        hour: i8,
        /// Minute, 0–59.
        minute: i8,
    },
}

impl Schedule {
    /// The first time after `now`.
    pub(crate) fn next(self, now: Moment) -> Moment {
        match self {
            Self::Every(millis) => now.plus_millis(millis),
            Self::Daily { hour, minute } => {
                let today = Moment::at(now.day(), hour, minute);
                if today > now {
                    today
                } else {
                    Moment::at(add_days(now.day(), 1), hour, minute)
                }
            }
        }
    }
}

/// What a run of a job is.
pub(crate) type Run = for<'a> fn(&'a Service) -> Pin<Box<dyn Future<Output = Result<(), ServiceError>> + Send + 'a>>;

/// One entry of the registry in [`crate::upkeep`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job {
    /// Name of its row; never reused for something else.
    pub(crate) name: &'static str,
    /// When it is due again.
    pub(crate) schedule: Schedule,
    /// What it does; begun twice it must do no harm.
    pub(crate) run: Run,
}

/// The right to run a job until it runs out.
#[derive(Debug)]
pub(crate) struct Lease {
    name: &'static str,
    holder: String,
}

/// Takes the job if it is due and no other node holds it.
///
/// # Errors
/// What the store says.
pub(crate) async fn claim(service: &Service, name: &'static str) -> Result<Option<Lease>, ServiceError> {
    let now = service.now();
    let holder = uuid::Uuid::new_v4().to_string();
    let mut tx = service.db().begin().await?;
    let mine = store::job::claim(&mut tx, name, &holder, now, now.plus_millis(LEASE)).await?;
    tx.commit().await?;
    Ok(mine.then_some(Lease { name, holder }))
}

/// Gives the job back until `next_at`. A lease that ran out and was taken over changes nothing any more.
///
/// # Errors
/// What the store says.
pub(crate) async fn finish(service: &Service, lease: Lease, next_at: Moment) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    if !store::job::finish(&mut tx, lease.name, &lease.holder, service.now(), next_at).await? {
        tracing::warn!(
            job = lease.name,
            "the job was taken over by another node before it ended here"
        );
    }
    tx.commit().await?;
    Ok(())
}

/// Gives the job back after a failure, to be tried again at `retry_at`.
///
/// # Errors
/// What the store says.
pub(crate) async fn fail(service: &Service, lease: Lease, error: &str, retry_at: Moment) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    store::job::fail(&mut tx, lease.name, &lease.holder, error, retry_at).await?;
    tx.commit().await?;
    Ok(())
}

/// Runs the job if it is due and free; a fault is logged, kept in its row and tried again. Says whether it ran here.
pub(crate) async fn run_if_due(service: &Service, job: Job) -> bool {
    let lease = match claim(service, job.name).await {
        Ok(Some(lease)) => lease,
        Ok(None) => return false,
        Err(error) => {
            tracing::error!(job = job.name, %error, "the job could not be asked for");
            return false;
        }
    };
    let patience = Duration::from_millis(LEASE.unsigned_abs());
    let outcome = tokio::time::timeout(patience, (job.run)(service)).await;
    let now = service.now();
    let next_at = job.schedule.next(now);
    let given_back = match outcome {
        Ok(Ok(())) => finish(service, lease, next_at).await,
        Ok(Err(error)) => {
            tracing::error!(job = job.name, %error, "the job failed and will be tried again");
            fail(service, lease, &error.to_string(), next_at.min(now.plus_millis(RETRY))).await
        }
        Err(_) => {
            tracing::error!(
                job = job.name,
                "the job did not end within its lease and will be tried again"
            );
            fail(
                service,
                lease,
                "not done within its lease",
                next_at.min(now.plus_millis(RETRY)),
            )
            .await
        }
    };
    if let Err(error) = given_back {
        tracing::error!(job = job.name, %error, "the job was not given back; its lease must run out first");
    }
    true
}
