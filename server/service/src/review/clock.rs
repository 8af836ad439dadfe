//! What time does to cases: those that are overdue are escalated, once; a new calendar moves due dates.
//!
//! Each batch is a transaction that first changes the rows of its cases in the order of their ids, then writes the audit log
//! and the notices: reviewers on other nodes hold their case's row when they come to the log, so the other way round the two
//! could wait for each other.

use super::{calendar, hand_over, tell};
use crate::account::SYSTEM;
use crate::context::Service;
use crate::error::ServiceError;
use domain::audit::AuditEvent;
use domain::review::MovedDue;
use store::Tx;
use store::audit::Act;

/// Cases of one transaction, so that nobody else waits long for the database's writer.
const BATCH: i64 = 100;
/// The setting that says which open cases still have due dates of the calendar before: `import/id`, those after the id.
const WAITING: &str = "due_dates_after";

/// Flags cases whose last day has passed and tells the agency above; answers how many. Each case once, whichever node looks.
///
/// # Errors
/// What the store says.
pub async fn escalate_overdue(service: &Service) -> Result<u32, ServiceError> {
    let mut escalated = 0;
    loop {
        let mut tx = service.db().begin().await?;
        let mut cases = store::review::overdue(&mut tx, service.now().day(), BATCH).await?;
        let last = is_last(&cases);
        cases.sort_unstable_by_key(|case| case.id);
        let directory = store::agency::directory(&mut tx).await?;
        let mut marked = Vec::new();
        for case in cases {
            let to = directory.above(case.agency).map(|agency| agency.id);
            if store::review::escalate(&mut tx, &case, to, service.now()).await? {
                marked.push((case, to));
            }
        }
        for (case, to) in &marked {
            if let Some(to) = *to {
                hand_over(service, &mut tx, case, to).await?;
            }
        }
        let events = marked.iter().map(|(case, to)| AuditEvent::CaseEscalated {
            case: case.id,
            agency: case.agency,
            to: *to,
        });
        note(service, &mut tx, events).await?;
        for (case, to) in &marked {
            tell::overdue(service, &mut tx, case, &directory, *to).await?;
            escalated += 1;
        }
        tx.commit().await?;
        if last {
            return Ok(escalated);
        }
    }
}

/// Notes that the due dates of open cases have to be worked out anew, in the transaction that brings the calendar.
///
/// # Errors
/// What the store says.
pub async fn calendar_changed(service: &Service, tx: &mut Tx) -> Result<(), ServiceError> {
    let import = service.new_id();
    Ok(store::setting::put(tx, WAITING, &format!("{import}/")).await?)
}

/// Works out the due dates of open cases anew where a new calendar waits for that, in at most so many batches; answers those
/// that moved here, and whether cases are left. Several may do it at once: each case moves once.
///
/// # Errors
/// What the store says; what was moved before stays, and the next run goes on after it.
pub async fn move_due_dates(service: &Service, batches: u32) -> Result<(Vec<MovedDue>, bool), ServiceError> {
    let mut moved = Vec::new();
    for _ in 0..batches {
        let mut tx = service.db().begin().await?;
        let Some(waiting) = store::setting::get(&mut tx, WAITING).await? else {
            return Ok((moved, false));
        };
        let (import, after) = waiting
            .split_once('/')
            .ok_or_else(|| ServiceError::fault("a damaged mark of due dates"))?;
        let cases = store::review::open_after(&mut tx, after, BATCH).await?;
        let next = cases
            .last()
            .filter(|_| !is_last(&cases))
            .map(|case| format!("{import}/{}", case.id));
        moved.extend(move_batch(service, &mut tx, &waiting, next.as_deref(), cases).await?);
        tx.commit().await?;
    }
    let mut tx = service.db().read().await?;
    let more = store::setting::get(&mut tx, WAITING).await?.is_some();
    Ok((moved, more))
}

async fn move_batch(
    service: &Service,
    tx: &mut Tx,
    waiting: &str,
    next: Option<&str>,
    cases: Vec<store::review::Case>,
) -> Result<Vec<MovedDue>, ServiceError> {
    let calendar = calendar(tx).await?;
    let today = service.now().day();
    let directory = store::agency::directory(tx).await?;
    let mut moved = Vec::new();
    for case in cases {
        let due_on = calendar.add_workdays(case.since, case.workdays.into());
        if due_on != case.due_on && store::review::set_due(tx, &case, due_on, today).await? {
            let one = MovedDue {
                id: case.id,
                kind: case.kind,
                agency: tell::name(&directory, case.agency),
                submitted_on: case.submitted_at.day(),
                from: case.due_on,
                to: due_on,
            };
            moved.push((case, one));
        }
    }
    // Where another node was quicker, or a later import began anew, its mark stays.
    store::setting::exchange(tx, WAITING, waiting, next).await?;
    let events = moved.iter().map(|(_, one)| AuditEvent::CaseDueMoved {
        case: one.id,
        from: one.from,
        to: one.to,
    });
    note(service, tx, events).await?;
    for (case, one) in &moved {
        tell::moved(service, tx, case, one).await?;
    }
    Ok(moved.into_iter().map(|(_, one)| one).collect())
}

/// Whether a batch is the last one.
fn is_last(cases: &[store::review::Case]) -> bool {
    cases.len() < usize::try_from(BATCH).unwrap_or(usize::MAX)
}

/// Appends the events of a batch to the audit log.
async fn note(service: &Service, tx: &mut Tx, events: impl Iterator<Item = AuditEvent>) -> Result<(), ServiceError> {
    let acts: Vec<Act> = events
        .map(|event| Act {
            at: service.now(),
            author: SYSTEM,
            event,
        })
        .collect();
    Ok(store::audit::append(tx, &acts).await?)
}
