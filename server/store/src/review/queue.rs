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

/// The last line of the page before: the sort key and the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The due date; in 已办 when it was decided, in milliseconds.
    pub key: String,
    /// The case.
    pub id: CaseId,
}

/// Cases of a part of the queue after a cursor, at most `limit`. Each part has an index of its own, which its condition names.
///
/// # Errors
/// What the database says.
pub async fn page(
    tx: &mut Tx,
    scope: QueueScope<'_>,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Case>, StoreError> {
    let agency = scope.agency.to_string();
    let kind = scope.kind.map_or("", CaseKind::code);
    let like = like(scope.search);
    let (key, id) = after.map_or((String::new(), String::new()), |cursor| {
        (cursor.key.clone(), cursor.id.to_string())
    });
    // $1 agency, $2 kind, $3 part of the name, $4 limit, $5 and $6 the cursor.
    macro_rules! part {
        ($key:expr, $of_the_part:expr, $order:literal) => {
            fetch_all!(
                tx,
                CaseRow,
                select_case!(
                    "WHERE ",
                    $of_the_part,
                    " AND ($3 = '' OR c.subject LIKE $3 ESCAPE '!') ORDER BY ",
                    $order,
                    " LIMIT $4"
                ),
                &agency,
                kind,
                &like,
                limit,
                $key,
                &id
            )
        };
    }
    macro_rules! by_deadline {
        ($of_the_part:literal) => {
            part!(
                &key,
                concat!($of_the_part, " AND (c.due_on, c.id) > ($5, $6)"),
                "c.due_on, c.id"
            )
        };
    }
    let rows = match (scope.folder, scope.kind) {
        (QueueBox::Open, None) => by_deadline!("c.agency_id = $1 AND c.state = 'submitted' AND $2 = ''"),
        (QueueBox::Open, Some(_)) => by_deadline!("c.agency_id = $1 AND c.kind = $2 AND c.state = 'submitted'"),
        (QueueBox::Returned, _) => {
            by_deadline!("c.agency_id = $1 AND c.state = 'returned' AND ($2 = '' OR c.kind = $2)")
        }
        (QueueBox::Escalated, _) => {
            by_deadline!("c.escalated_to = $1 AND c.state = 'submitted' AND ($2 = '' OR c.kind = $2)")
        }
        (QueueBox::Done, _) => part!(
            key.parse().unwrap_or(i64::MAX),
            "c.decided_at IS NOT NULL AND c.id IN (SELECT d.case_id FROM review_decision d WHERE d.agency_id = $1) \
             AND ($2 = '' OR c.kind = $2) AND (c.decided_at < $5 OR (c.decided_at = $5 AND c.id > $6))",
            "c.decided_at DESC, c.id"
        ),
    }?;
    rows.into_iter().map(Case::try_from).collect()
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
