//! The queue of an agency: by deadline, in pages, with counts.

use super::submit::due;
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::AgencyId;
use domain::account::Role;
use domain::agency::Directory;
use domain::review::{CaseKind, Count, QueueBox, QueueFilter, QueueRow, QueueView, is_bulk_safe};
use store::Tx;
use store::review::{Case, Cursor, QueueScope};

/// Lines of a page.
const PAGE: usize = 50;
/// Counting stops here.
const COUNTED: u32 = 99;
/// The longest text that is searched for, in characters.
const LONGEST_SEARCH: usize = 50;

/// One page of the queue of the reader's agency.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor reads cases of an agency.
pub async fn queue(service: &Service, actor: &Actor, filter: QueueFilter) -> Result<QueueView, ServiceError> {
    let agency = actor.as_case_reader()?;
    let search: String = filter.search.chars().take(LONGEST_SEARCH).collect();
    let scope = QueueScope {
        agency,
        folder: filter.folder,
        kind: filter.kind,
        search: &search,
    };
    let mut tx = service.db().read().await?;
    let limit = i64::try_from(PAGE + 1).map_err(ServiceError::fault)?;
    let mut cases = store::review::page(&mut tx, scope, cursor(&filter.after).as_ref(), limit).await?;
    let more = cases.len() > PAGE;
    cases.truncate(PAGE);
    let next = more.then(|| cases.last().map(|(_, at)| place(at))).flatten();
    let mut folders = Vec::new();
    for folder in [QueueBox::Open, QueueBox::Returned, QueueBox::Escalated] {
        let whole = QueueScope {
            folder,
            kind: None,
            ..scope
        };
        folders.push((folder, count(&mut tx, whole).await?));
    }
    let mut kinds = Vec::new();
    for kind in CaseKind::ALL {
        let of_kind = QueueScope {
            folder: QueueBox::Open,
            kind: Some(kind),
            ..scope
        };
        kinds.push((kind, count(&mut tx, of_kind).await?));
    }
    let directory = store::agency::directory(&mut tx).await?;
    Ok(QueueView {
        rows: cases
            .into_iter()
            .map(|(case, _)| line(service, agency, &directory, case))
            .collect(),
        next,
        folders,
        kinds,
        may_decide: actor.role() == Role::Reviewer,
    })
}

async fn count(tx: &mut Tx, scope: QueueScope<'_>) -> Result<Count, ServiceError> {
    let found = store::review::count(tx, scope, i64::from(COUNTED) + 1).await?;
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    Ok(Count {
        number: found.min(COUNTED),
        more: found > COUNTED,
    })
}

fn line(service: &Service, agency: AgencyId, directory: &Directory, case: Case) -> QueueRow {
    QueueRow {
        id: case.id,
        kind: case.kind,
        state: case.progress.state,
        purpose: case.purpose,
        agency: (case.agency != agency)
            .then(|| directory.get(case.agency).map(|agency| agency.name.clone()))
            .flatten(),
        submitted_on: case.submitted_at.day(),
        due: due(service, &case),
        bulk: is_bulk_safe(case.kind, case.purpose, case.checked) && case.agency == agency,
        version: case.version,
        subject: case.subject,
        detail: case.detail,
    }
}

/// Where the page after a line begins, as one text for the address.
fn place(at: &Cursor) -> String {
    format!("{}_{}", at.key, at.id)
}

/// Out of [`place`]; a text that is none begins at the first page.
fn cursor(text: &str) -> Option<Cursor> {
    let (key, id) = text.split_once('_')?;
    Some(Cursor {
        key: key.to_owned(),
        id: id.parse().ok()?,
    })
}
