//! What must happen without anybody asking: internships end after their last day, what is overdue is escalated, what was left
//! half-way is brought to its end, and what ran out is removed. Every node reads new rules and asks every minute; whose turn it
//! is and whether anything is due stands in the database ([`crate::job`]).

use crate::context::Service;
use crate::error::ServiceError;
use crate::job::{self, Job, MINUTE, Schedule};
use crate::{account, file, host, identity, internship, notice, review};
use tokio::task::JoinSet;

/// Every job of the server.
const JOBS: &[Job] = &[
    Job {
        name: "end_internships",
        schedule: Schedule::Every(10 * MINUTE),
        run: |service| Box::pin(end_internships(service)),
    },
    Job {
        name: "sweep_sign_ins",
        schedule: Schedule::Every(10 * MINUTE),
        run: |service| Box::pin(account::sweep(service)),
    },
    Job {
        name: "sweep_registrations",
        schedule: Schedule::Every(60 * MINUTE),
        run: |service| Box::pin(host::sweep(service)),
    },
    Job {
        name: "repair_identities",
        schedule: Schedule::Every(MINUTE),
        run: |service| Box::pin(repair(service)),
    },
    Job {
        name: "escalate_overdue",
        schedule: Schedule::Every(10 * MINUTE),
        run: |service| Box::pin(escalate(service)),
    },
    Job {
        name: "move_due_dates",
        schedule: Schedule::Every(MINUTE),
        run: |service| Box::pin(move_due_dates(service)),
    },
    Job {
        name: "look_after_files",
        schedule: Schedule::Every(10 * MINUTE),
        run: |service| Box::pin(file::look_after(service)),
    },
    Job {
        name: "deliver_notices",
        schedule: Schedule::Every(MINUTE),
        run: |service| Box::pin(notice::deliver(service)),
    },
    Job {
        name: "sweep_notices",
        schedule: Schedule::Daily { hour: 3, minute: 30 },
        run: |service| Box::pin(notice::sweep(service)),
    },
];

/// Does what is due and nobody else is doing. Jobs run beside each other, so that a slow one holds up no other; a fault is
/// logged and tried again.
pub async fn upkeep(service: &Service) {
    if let Err(error) = service.refresh_rules().await {
        tracing::error!(%error, "rules that another node added were not read");
    }
    let mut running = JoinSet::new();
    for &job in JOBS {
        let service = service.clone();
        running.spawn(async move { job::run_if_due(&service, job).await });
    }
    while let Some(ran) = running.join_next().await {
        if let Err(error) = ran {
            tracing::error!(%error, "a job was given up; its lease must run out first");
        }
    }
}

async fn end_internships(service: &Service) -> Result<(), ServiceError> {
    let ended = internship::end_past(service).await?;
    if ended > 0 {
        tracing::info!(ended, "internships ended after their last day");
    }
    Ok(())
}

async fn escalate(service: &Service) -> Result<(), ServiceError> {
    let escalated = review::escalate_overdue(service).await?;
    if escalated > 0 {
        tracing::info!(escalated, "overdue cases were escalated");
    }
    Ok(())
}

async fn move_due_dates(service: &Service) -> Result<(), ServiceError> {
    let (moved, _) = review::move_due_dates(service, u32::MAX).await?;
    if !moved.is_empty() {
        tracing::info!(moved = moved.len(), "due dates were moved to the new calendar");
    }
    Ok(())
}

async fn repair(service: &Service) -> Result<(), ServiceError> {
    let repaired = identity::repair(service).await?;
    if repaired > 0 {
        tracing::warn!(repaired, "identity checks that were left half-way went to agencies");
    }
    Ok(())
}
