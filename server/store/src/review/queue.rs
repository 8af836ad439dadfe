//! The queue of one agency, in pages: each page starts where an index says, so that the first costs the same however many
//! cases there are; counts stop at a limit for the same reason.

use super::case::{Case, CaseRow, select_case};
use crate::db::{Tx, fetch_all, fetch_one};
use crate::error::StoreError;
use crate::rows::like;
use domain::review::{CaseKind, QueueBox};
use domain::{AgencyId, CaseId};

/// Whose queue, and which part of it.
#[derive(Debug, Clone, Copy)]
pub struct QueueScope<'a> {
    /// The agency.
    pub agency: AgencyId,
    /// Which cases.
    pub folder: QueueBox,
    /// One kind, or all.
    pub kind: Option<CaseKind>,
    /// Part of the subject's name, or nothing.
    pub search: &'a str,
}

/// Where a line stands in its part: the next page begins after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The due date; in 已办 when the agency decided last, in milliseconds.
    pub key: String,
    /// The case.
    pub id: CaseId,
}

#[derive(sqlx::FromRow)]
struct DoneRow {
    #[sqlx(flatten)]
    case: CaseRow,
    done_at: i64,
}

/// The query of a part: $1 agency, $2 kind, $3 part of the name, $4 limit, $5 and $6 the cursor. Each part has an index of its
/// own, which its condition names.
#[must_use]
pub const fn statement(scope: QueueScope<'_>) -> &'static str {
    macro_rules! by_deadline {
        ($of_the_part:literal) => {
            select_case!(
                "FROM review_case c WHERE ",
                $of_the_part,
                " AND (c.due_on, c.id) > ($5, $6) AND ($3 = '' OR c.subject LIKE $3 ESCAPE '!') ORDER BY c.due_on, c.id LIMIT $4"
            )
        };
    }
    match (scope.folder, scope.kind) {
        (QueueBox::Open, None) => by_deadline!("c.agency_id = $1 AND c.state = 'submitted' AND $2 = ''"),
        (QueueBox::Open, Some(_)) => by_deadline!("c.agency_id = $1 AND c.kind = $2 AND c.state = 'submitted'"),
        (QueueBox::Returned, _) => {
            by_deadline!("c.agency_id = $1 AND c.state = 'returned' AND ($2 = '' OR c.kind = $2)")
        }
        (QueueBox::Escalated, _) => {
            by_deadline!("c.escalated_to = $1 AND c.state = 'submitted' AND ($2 = '' OR c.kind = $2)")
        }
        // Each case once, at the agency's last decision.
        (QueueBox::Done, _) => select_case!(
            ", d.at AS done_at FROM review_decision d JOIN review_case c ON c.id = d.case_id \
             WHERE d.agency_id = $1 AND (d.at, d.case_id) < ($5, $6) AND c.decided_at IS NOT NULL AND ($2 = '' OR c.kind = $2) \
             AND ($3 = '' OR c.subject LIKE $3 ESCAPE '!') AND NOT EXISTS (SELECT 1 FROM review_decision l \
             WHERE l.case_id = d.case_id AND l.agency_id = $1 AND l.number > d.number) ORDER BY d.at DESC, d.case_id DESC LIMIT $4"
        ),
    }
}

/// Cases of a part of the queue after a cursor, at most `limit`, each with its place.
///
/// # Errors
/// What the database says.
pub async fn page(
    tx: &mut Tx,
    scope: QueueScope<'_>,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<(Case, Cursor)>, StoreError> {
    let agency = scope.agency.to_string();
    let kind = scope.kind.map_or("", CaseKind::code);
    let like = like(scope.search);
    let id = after.map(|cursor| cursor.id.to_string());
    match scope.folder {
        QueueBox::Open | QueueBox::Returned | QueueBox::Escalated => {
            let (key, id) = (after.map_or("", |cursor| &cursor.key), id.unwrap_or_default());
            let rows = fetch_all!(tx, CaseRow, statement(scope), agency, kind, like, limit, key, id)?;
            rows.into_iter().map(|row| placed(row, None)).collect()
        }
        QueueBox::Done => {
            let before = after.and_then(|cursor| cursor.key.parse().ok()).unwrap_or(i64::MAX);
            let id = id.unwrap_or_else(|| "~".to_owned());
            let rows = fetch_all!(tx, DoneRow, statement(scope), agency, kind, like, limit, before, id)?;
            rows.into_iter()
                .map(|row| placed(row.case, Some(row.done_at)))
                .collect()
        }
    }
}

fn placed(row: CaseRow, done_at: Option<i64>) -> Result<(Case, Cursor), StoreError> {
    let case = Case::try_from(row)?;
    let cursor = Cursor {
        key: done_at.map_or_else(|| case.due_on.to_string(), |at| at.to_string()),
        id: case.id,
    };
    Ok((case, cursor))
}

/// How many cases a part of the queue has, counted up to `limit`. 已办 is not counted: nobody waits for it.
///
/// # Errors
/// What the database says.
pub async fn count(tx: &mut Tx, scope: QueueScope<'_>, limit: i64) -> Result<i64, StoreError> {
    let agency = scope.agency.to_string();
    let (number,): (i64,) = match (scope.folder, scope.kind) {
        (QueueBox::Open, None) => fetch_one!(
            tx,
            (i64,),
            "SELECT COUNT(*) FROM (SELECT 1 FROM review_case WHERE agency_id = $1 AND state = 'submitted' LIMIT $2) AS found",
            agency,
            limit
        ),
        (QueueBox::Open, Some(kind)) => fetch_one!(
            tx,
            (i64,),
            "SELECT COUNT(*) FROM (SELECT 1 FROM review_case WHERE agency_id = $1 AND kind = $3 AND state = 'submitted' \
             LIMIT $2) AS found",
            agency,
            limit,
            kind.code()
        ),
        (QueueBox::Returned, _) => fetch_one!(
            tx,
            (i64,),
            "SELECT COUNT(*) FROM (SELECT 1 FROM review_case WHERE agency_id = $1 AND state = 'returned' LIMIT $2) AS found",
            agency,
            limit
        ),
        (QueueBox::Escalated, _) => fetch_one!(
            tx,
            (i64,),
            "SELECT COUNT(*) FROM (SELECT 1 FROM review_case WHERE escalated_to = $1 AND state = 'submitted' LIMIT $2) AS found",
            agency,
            limit
        ),
        (QueueBox::Done, _) => return Ok(0),
    }?;
    Ok(number)
}

/// How many undecided cases need an agency: at its desk, at a later stage of their way, or escalated to it.
///
/// # Errors
/// What the database says.
pub async fn undecided(tx: &mut Tx, agency: AgencyId) -> Result<i64, StoreError> {
    let (number,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM review_case c WHERE c.state IN ('submitted', 'returned') AND (c.escalated_to = $1 \
         OR c.id IN (SELECT s.case_id FROM review_stage s WHERE s.agency_id = $1 AND s.position >= c.stage))",
        agency.to_string()
    )?;
    Ok(number)
}
