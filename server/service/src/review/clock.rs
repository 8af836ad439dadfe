//! What time does to cases: those that are overdue are escalated, once; a new calendar moves due dates.

use super::{papers_of, row, tell};
use crate::account::SYSTEM;
use crate::context::Service;
use crate::error::ServiceError;
use crate::file;
use domain::audit::AuditEvent;
use domain::calendar::Calendar;
use domain::review::MovedDue;
use store::Tx;

/// Cases of one transaction, so that nobody else waits long for the database's writer.
const BATCH: i64 = 100;

/// Flags cases whose last day has passed and tells the agency above; answers how many. Each case once, whichever node looks.
///
/// # Errors
/// What the store says.
pub async fn escalate_overdue(service: &Service) -> Result<u32, ServiceError> {
    let today = service.now().day();
    let mut escalated = 0;
    loop {
        let mut tx = service.db().begin().await?;
        let cases = store::review::overdue(&mut tx, today, BATCH).await?;
        let last = cases.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
        if cases.is_empty() {
            return Ok(escalated);
        }
        let directory = store::agency::directory(&mut tx).await?;
        for case in cases {
            let to = directory.above(case.agency).map(|agency| agency.id);
            if store::review::escalate(&mut tx, case.id, to, service.now()).await? {
                let event = AuditEvent::CaseEscalated {
                    case: case.id,
                    agency: case.agency,
                    to,
                };
                service.audit(&mut tx, SYSTEM, &event).await?;
                if let Some(to) = to {
                    file::grant(service, &mut tx, papers_of(&row(case.id, case.snapshot)), to).await?;
                }
                tell::overdue(service, &mut tx, &case, &directory, to).await?;
                escalated += 1;
            }
        }
        tx.commit().await?;
        if last {
            return Ok(escalated);
        }
    }
}

/// Works out the due dates of open cases anew, in the transaction that brings the calendar; answers those that moved.
///
/// # Errors
/// What the store says.
pub async fn recompute_due(service: &Service, tx: &mut Tx, calendar: &Calendar) -> Result<Vec<MovedDue>, ServiceError> {
    let today = service.now().day();
    let mut moved = Vec::new();
    let mut after = String::new();
    loop {
        let cases = store::review::open_after_calendar(tx, &after, BATCH).await?;
        let Some(last) = cases.last() else { return Ok(moved) };
        after = last.id.to_string();
        for case in &cases {
            let due_on = calendar.add_workdays(case.since, case.workdays.into());
            if due_on == case.due_on {
                continue;
            }
            store::review::set_due(tx, case, due_on, today).await?;
            let event = AuditEvent::CaseDueMoved {
                case: case.id,
                from: case.due_on,
                to: due_on,
            };
            service.audit(tx, SYSTEM, &event).await?;
            let one = MovedDue {
                id: case.id,
                kind: case.kind,
                agency: case.agency,
                from: case.due_on,
                to: due_on,
            };
            tell::moved(service, tx, case, &one).await?;
            moved.push(one);
        }
    }
}
