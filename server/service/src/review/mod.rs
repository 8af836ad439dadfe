//! The review engine's use cases: a feature submits a subject, agencies decide stage by stage, what is overdue is escalated.
//! [`subject`] is the one place that knows which feature stands behind a kind of case.

mod bulk;
mod case_page;
mod clock;
mod decide;
mod queue;
mod subject;
mod submit;
mod tell;

pub use bulk::approve_many;
pub use case_page::view;
pub use clock::{calendar_changed, escalate_overdue, move_due_dates};
pub use decide::decide;
pub use queue::queue;
pub(crate) use queue::waiting;
pub use submit::{NewCase, redirect, resubmit, standing, submit};
pub(crate) use submit::{papers, submit_at};

use crate::context::Service;
use crate::error::ServiceError;
use crate::file;
use crate::rules::Rules;
use domain::calendar::Calendar;
use domain::review::{DecisionRecord, Snapshot};
use domain::{AgencyId, CaseId};
use store::Tx;
use store::review::{Case, SnapshotRow};

/// Under which name snapshots are sealed.
const SNAPSHOT: &str = "review_snapshot";

/// The calendar as it stands in this transaction: a notice that another node imported a moment ago moves due dates at once,
/// while rule packs count from the next day at the earliest.
async fn calendar(tx: &mut Tx) -> Result<Calendar, ServiceError> {
    Ok(Rules::load(tx).await?.calendar().clone())
}

/// Seals what a case is about. The hash is keyed: facts like identity numbers are few enough to be guessed from a plain one.
fn seal(service: &Service, case: CaseId, number: i64, snapshot: &Snapshot) -> Result<SnapshotRow, ServiceError> {
    let json = serde_json::to_string(snapshot).map_err(ServiceError::fault)?;
    Ok(SnapshotRow {
        number,
        sealed: service.vault().seal(SNAPSHOT, &row(case, number), &json)?,
        hash: service.vault().index(SNAPSHOT, &json),
    })
}

/// What a case is about now, with its hash.
pub(crate) async fn unseal(
    service: &Service,
    tx: &mut Tx,
    case: &Case,
    number: i64,
) -> Result<(Snapshot, String), ServiceError> {
    let stored = store::review::snapshot(tx, case.id, number)
        .await?
        .ok_or_else(|| ServiceError::fault("a case without its snapshot"))?;
    let json = service
        .vault()
        .unseal(SNAPSHOT, &row(case.id, number), &stored.sealed)?;
    if service.vault().index(SNAPSHOT, &json) != stored.hash {
        return Err(ServiceError::fault("a snapshot that does not fit its hash"));
    }
    Ok((serde_json::from_str(&json).map_err(ServiceError::fault)?, stored.hash))
}

/// The papers of a snapshot, which stay whatever the submitter replaces later.
const fn papers_of(row: &str) -> file::Subject<'_> {
    file::Subject {
        kind: SNAPSHOT,
        id: row,
    }
}

/// Lets the staff of an agency read every paper of a case, because it came to that agency: those of each time it was sent,
/// and those that decisions keep (CQ 三(二)1: the photos of an inspection).
async fn hand_over(service: &Service, tx: &mut Tx, case: &Case, agency: AgencyId) -> Result<(), ServiceError> {
    for number in 1..=case.snapshot {
        file::grant(service, &mut *tx, papers_of(&row(case.id, number)), agency).await?;
    }
    for decision in store::review::decisions(&mut *tx, case.id).await? {
        for photo in decision.record.iter().flat_map(DecisionRecord::photos) {
            store::file::grant(&mut *tx, *photo, agency, service.now()).await?;
        }
    }
    Ok(())
}

/// A snapshot's name: its case and number.
fn row(case: CaseId, number: i64) -> String {
    format!("{case}/{number}")
}
