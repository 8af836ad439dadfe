//! The row of a case.

use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_optional};
use crate::error::{StoreError, stored};
use domain::review::{CaseKind, CaseState, Progress, StagePurpose};
use domain::{AccountId, AgencyId, CaseId, Day, HostId, Moment, TraineeId};

/// Whom a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A host.
    Host(HostId),
    /// A person.
    Trainee(TraineeId),
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Id.
    pub id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// Whom it is about.
    pub about: Subject,
    /// Name of the host or person, as the queue shows it.
    pub subject: String,
    /// A second line of the queue.
    pub detail: String,
    /// GB/T 2260 code of the address whose rule pack counts.
    pub division: String,
    /// State and stage.
    pub progress: Progress,
    /// What is done at the stage.
    pub purpose: StagePurpose,
    /// Whose stage it is.
    pub agency: AgencyId,
    /// Working days of the stage.
    pub workdays: u8,
    /// The day on which the stage was reached.
    pub since: Day,
    /// The last day of the stage.
    pub due_on: Day,
    /// The agency above that it was escalated to.
    pub escalated_to: Option<AgencyId>,
    /// When it was escalated.
    pub escalated_at: Option<Moment>,
    /// Whether every automatic check passed.
    pub checked: bool,
    /// Codes of the fields to mend.
    pub returned_fields: Vec<String>,
    /// Number of the current snapshot.
    pub snapshot: i64,
    /// Why these agencies.
    pub route: String,
    /// Rule pack versions by which its way was found.
    pub basis: String,
    /// Who submitted it.
    pub submitted_by: AccountId,
    /// When.
    pub submitted_at: Moment,
    /// When the last decision ended it.
    pub decided_at: Option<Moment>,
    /// Row version.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
pub(super) struct CaseRow {
    id: String,
    kind: String,
    host_id: Option<String>,
    trainee_id: Option<String>,
    subject: String,
    detail: String,
    division_code: String,
    state: String,
    stage: i64,
    stages: i64,
    purpose: String,
    agency_id: String,
    workdays: i64,
    since: String,
    due_on: String,
    escalated_to: Option<String>,
    escalated_at: Option<i64>,
    checked: bool,
    returned_fields: String,
    snapshot: i64,
    route: String,
    basis: String,
    submitted_by: String,
    submitted_at: i64,
    decided_at: Option<i64>,
    version: i64,
}

impl TryFrom<CaseRow> for Case {
    type Error = StoreError;

    fn try_from(row: CaseRow) -> Result<Self, StoreError> {
        let about = match (row.host_id, row.trainee_id) {
            (Some(host), None) => Subject::Host(stored(host.parse().ok(), "review_case.host_id")?),
            (None, Some(trainee)) => Subject::Trainee(stored(trainee.parse().ok(), "review_case.trainee_id")?),
            (Some(_), Some(_)) | (None, None) => return Err(StoreError::Damaged("review_case.host_id")),
        };
        Ok(Self {
            id: stored(row.id.parse().ok(), "review_case.id")?,
            kind: stored(CaseKind::from_code(&row.kind), "review_case.kind")?,
            about,
            subject: row.subject,
            detail: row.detail,
            division: row.division_code,
            progress: Progress {
                state: stored(CaseState::from_code(&row.state), "review_case.state")?,
                stage: stored(u8::try_from(row.stage).ok(), "review_case.stage")?,
                stages: stored(u8::try_from(row.stages).ok(), "review_case.stages")?,
            },
            purpose: stored(StagePurpose::from_code(&row.purpose), "review_case.purpose")?,
            agency: stored(row.agency_id.parse().ok(), "review_case.agency_id")?,
            workdays: stored(u8::try_from(row.workdays).ok(), "review_case.workdays")?,
            since: stored(row.since.parse().ok(), "review_case.since")?,
            due_on: stored(row.due_on.parse().ok(), "review_case.due_on")?,
            escalated_to: row
                .escalated_to
                .map(|id| stored(id.parse().ok(), "review_case.escalated_to"))
                .transpose()?,
            escalated_at: row.escalated_at.map(Moment::from_millis),
            checked: row.checked,
            returned_fields: split(&row.returned_fields),
            snapshot: row.snapshot,
            route: row.route,
            basis: row.basis,
            submitted_by: stored(row.submitted_by.parse().ok(), "review_case.submitted_by")?,
            submitted_at: Moment::from_millis(row.submitted_at),
            decided_at: row.decided_at.map(Moment::from_millis),
            version: row.version,
        })
    }
}

/// Every read of cases starts with these columns.
macro_rules! select_case {
    ($($rest:expr),+) => {
        concat!(
            "SELECT c.id, c.kind, c.host_id, c.trainee_id, c.subject, c.detail, c.division_code, c.state, c.stage, c.stages, c.purpose, ",
            "c.agency_id, c.workdays, c.since, c.due_on, c.escalated_to, c.escalated_at, c.checked, c.returned_fields, ",
            "c.snapshot, c.route, c.basis, c.submitted_by, c.submitted_at, c.decided_at, c.version ",
            $($rest),+
        )
    };
}
pub(super) use select_case;

/// Codes joined with commas.
pub(super) fn joined(codes: &[String]) -> String {
    codes.join(",")
}

/// Codes out of [`joined`].
pub(super) fn split(text: &str) -> Vec<String> {
    text.split(',')
        .filter(|code| !code.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// Adds a case.
///
/// # Errors
/// [`StoreError::Duplicate`] when the subject has an open case of this kind.
pub async fn insert(tx: &mut Tx, case: &Case) -> Result<(), StoreError> {
    let (host, trainee) = match case.about {
        Subject::Host(host) => (Some(host.to_string()), None),
        Subject::Trainee(trainee) => (None, Some(trainee.to_string())),
    };
    execute!(
        tx,
        "INSERT INTO review_case (id, kind, host_id, trainee_id, subject, detail, division_code, state, stage, stages, purpose, agency_id, \
         workdays, since, due_on, checked, returned_fields, snapshot, route, basis, submitted_by, submitted_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        case.id.to_string(),
        case.kind.code(),
        &host,
        &trainee,
        &case.subject,
        &case.detail,
        &case.division,
        case.progress.state.code(),
        i64::from(case.progress.stage),
        i64::from(case.progress.stages),
        case.purpose.code(),
        case.agency.to_string(),
        i64::from(case.workdays),
        case.since.to_string(),
        case.due_on.to_string(),
        case.checked,
        joined(&case.returned_fields),
        case.snapshot,
        &case.route,
        &case.basis,
        case.submitted_by.to_string(),
        case.submitted_at.millis()
    )?;
    Ok(())
}

/// A case that the agency may see: one of its stages lies at the agency or at one below it, or one of them decided it before
/// it moved to another place.
///
/// # Errors
/// What the database says.
pub async fn find_for_agency(tx: &mut Tx, agency: AgencyId, id: CaseId) -> Result<Option<Case>, StoreError> {
    fetch_optional!(
        tx,
        CaseRow,
        select_case!(
            "FROM review_case c WHERE c.id = $1 AND EXISTS (WITH RECURSIVE below (id) AS (SELECT id FROM agency WHERE id = $2 \
             UNION SELECT a.id FROM agency a JOIN below b ON a.parent_id = b.id) \
             SELECT 1 FROM review_stage s JOIN below b ON b.id = s.agency_id WHERE s.case_id = c.id \
             UNION ALL SELECT 1 FROM review_decision d JOIN below b ON b.id = d.agency_id WHERE d.case_id = c.id)"
        ),
        id.to_string(),
        agency.to_string()
    )?
    .map(Case::try_from)
    .transpose()
}

/// The latest case of a kind about a host or person.
///
/// # Errors
/// What the database says.
pub async fn latest_of(tx: &mut Tx, kind: CaseKind, about: Subject) -> Result<Option<Case>, StoreError> {
    let row = match about {
        Subject::Host(host) => fetch_optional!(
            tx,
            CaseRow,
            select_case!(
                "FROM review_case c WHERE c.host_id = $1 AND c.kind = $2 ORDER BY c.submitted_at DESC, c.id DESC LIMIT 1"
            ),
            host.to_string(),
            kind.code()
        )?,
        Subject::Trainee(trainee) => fetch_optional!(
            tx,
            CaseRow,
            select_case!(
                "FROM review_case c WHERE c.trainee_id = $1 AND c.kind = $2 ORDER BY c.submitted_at DESC, c.id DESC LIMIT 1"
            ),
            trainee.to_string(),
            kind.code()
        )?,
    };
    row.map(Case::try_from).transpose()
}

/// Writes what a step changed.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else was quicker.
pub async fn save(tx: &mut Tx, case: &Case) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE review_case SET state = $1, stage = $2, purpose = $3, agency_id = $4, workdays = $5, since = $6, due_on = $7, \
         escalated_to = $8, escalated_at = $9, checked = $10, returned_fields = $11, snapshot = $12, decided_at = $13, \
         subject = $14, detail = $15, division_code = $16, route = $17, stages = $18, basis = $19, version = version + 1 \
         WHERE id = $20 AND version = $21",
        case.progress.state.code(),
        i64::from(case.progress.stage),
        case.purpose.code(),
        case.agency.to_string(),
        i64::from(case.workdays),
        case.since.to_string(),
        case.due_on.to_string(),
        case.escalated_to.map(|id| id.to_string()),
        case.escalated_at.map(Moment::millis),
        case.checked,
        joined(&case.returned_fields),
        case.snapshot,
        case.decided_at.map(Moment::millis),
        &case.subject,
        &case.detail,
        &case.division,
        &case.route,
        i64::from(case.progress.stages),
        &case.basis,
        case.id.to_string(),
        case.version
    )
}

/// Open cases whose last day has passed and that nobody above knows of, at most so many. For the engine's own job.
///
/// # Errors
/// What the database says.
pub async fn overdue(tx: &mut Tx, today: Day, limit: i64) -> Result<Vec<Case>, StoreError> {
    fetch_all!(
        tx,
        CaseRow,
        select_case!(
            "FROM review_case c WHERE c.state = 'submitted' AND c.escalated_at IS NULL AND c.due_on < $1 ORDER BY c.due_on, c.id LIMIT $2"
        ),
        today.to_string(),
        limit
    )?
    .into_iter()
    .map(Case::try_from)
    .collect()
}

/// Marks a case as escalated; `false` when it is not any more what was read: somebody decided it, moved its due date or
/// escalated it meanwhile. It is no step of the case, so the row's version stays and nobody who reads it is disturbed.
///
/// # Errors
/// What the database says.
pub async fn escalate(tx: &mut Tx, case: &Case, to: Option<AgencyId>, at: Moment) -> Result<bool, StoreError> {
    let marked = execute!(
        tx,
        "UPDATE review_case SET escalated_to = $1, escalated_at = $2 \
         WHERE id = $3 AND version = $4 AND due_on = $5 AND state = 'submitted' AND escalated_at IS NULL",
        to.map(|id| id.to_string()),
        at.millis(),
        case.id.to_string(),
        case.version,
        case.due_on.to_string()
    )?;
    Ok(marked == 1)
}

/// Open cases after `after` (in the order of their ids), for working out their due dates anew. For the engine's own job.
///
/// # Errors
/// What the database says.
pub async fn open_after(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<Case>, StoreError> {
    fetch_all!(
        tx,
        CaseRow,
        select_case!("FROM review_case c WHERE c.state = 'submitted' AND c.id > $1 ORDER BY c.id LIMIT $2"),
        after,
        limit
    )?
    .into_iter()
    .map(Case::try_from)
    .collect()
}

/// Moves the due date of a case and of its current stage; `false` when it is not any more what was read. A case that was
/// escalated and is no longer overdue is taken back from the agency above. No step of the case, so the row's version stays.
///
/// # Errors
/// What the database says.
pub async fn set_due(tx: &mut Tx, case: &Case, due_on: Day, today: Day) -> Result<bool, StoreError> {
    let still_overdue = due_on < today;
    let moved = execute!(
        &mut *tx,
        "UPDATE review_case SET due_on = $1, escalated_to = CASE WHEN $2 THEN escalated_to ELSE NULL END, \
         escalated_at = CASE WHEN $2 THEN escalated_at ELSE NULL END \
         WHERE id = $3 AND version = $4 AND due_on = $5 AND state = 'submitted'",
        due_on.to_string(),
        still_overdue,
        case.id.to_string(),
        case.version,
        case.due_on.to_string()
    )?;
    if moved == 0 {
        return Ok(false);
    }
    execute!(
        tx,
        "UPDATE review_stage SET due_on = $1 WHERE case_id = $2 AND position = $3",
        due_on.to_string(),
        case.id.to_string(),
        i64::from(case.progress.stage)
    )?;
    Ok(true)
}
