//! The certification of one host.

use crate::db::{Tx, execute, execute_versioned, fetch_optional};
use crate::error::{StoreError, stored};
use domain::certification::CertificationState;
use domain::host::HostStanding;
use domain::review::Plan;
use domain::{AgencyId, CaseId, Day, HostId, Moment};

/// A certification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certification {
    /// Whose.
    pub host: HostId,
    /// Where it stands.
    pub state: CertificationState,
    /// The sealed form as it is typed; none before anything was.
    pub form_sealed: Option<String>,
    /// The sealed form as it was sent last.
    pub sent_sealed: Option<String>,
    /// Its latest case.
    pub case: Option<CaseId>,
    /// The plan, as submitted last.
    pub plan: Option<Plan>,
    /// Insured employees, as submitted last.
    pub insured_employees: Option<u32>,
    /// Since when it is certified.
    pub certified_at: Option<Moment>,
    /// The last day of a rectification.
    pub rectify_until: Option<Day>,
    /// The first day on which it may apply again.
    pub banned_until: Option<Day>,
    /// The last event.
    pub moved_at: Moment,
    /// Row version.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct CertificationRow {
    host_id: String,
    state: String,
    form_sealed: Option<String>,
    sent_sealed: Option<String>,
    case_id: Option<String>,
    plan: Option<String>,
    insured_employees: Option<i64>,
    certified_at: Option<i64>,
    rectify_until: Option<String>,
    banned_until: Option<String>,
    moved_at: i64,
    version: i64,
}

impl TryFrom<CertificationRow> for Certification {
    type Error = StoreError;

    fn try_from(row: CertificationRow) -> Result<Self, StoreError> {
        let day = |text: Option<String>, column| text.map(|text| stored(text.parse().ok(), column)).transpose();
        Ok(Self {
            host: stored(row.host_id.parse().ok(), "certification.host_id")?,
            state: stored(CertificationState::from_code(&row.state), "certification.state")?,
            form_sealed: row.form_sealed,
            sent_sealed: row.sent_sealed,
            case: row
                .case_id
                .map(|id| stored(id.parse().ok(), "certification.case_id"))
                .transpose()?,
            plan: row
                .plan
                .map(|code| stored(Plan::from_code(&code), "certification.plan"))
                .transpose()?,
            insured_employees: row
                .insured_employees
                .map(|count| stored(u32::try_from(count).ok(), "certification.insured_employees"))
                .transpose()?,
            certified_at: row.certified_at.map(Moment::from_millis),
            rectify_until: day(row.rectify_until, "certification.rectify_until")?,
            banned_until: day(row.banned_until, "certification.banned_until")?,
            moved_at: Moment::from_millis(row.moved_at),
            version: row.version,
        })
    }
}

/// The certification of a host; none when nothing was ever saved.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, host: HostId) -> Result<Option<Certification>, StoreError> {
    fetch_optional!(
        tx,
        CertificationRow,
        "SELECT host_id, state, form_sealed, sent_sealed, case_id, plan, insured_employees, certified_at, rectify_until, \
         banned_until, moved_at, version FROM certification WHERE host_id = $1",
        host.to_string()
    )?
    .map(Certification::try_from)
    .transpose()
}

/// Adds the row of a host.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else just did.
pub async fn insert(tx: &mut Tx, one: &Certification) -> Result<(), StoreError> {
    let added = execute!(
        tx,
        "INSERT INTO certification (host_id, state, form_sealed, sent_sealed, case_id, plan, insured_employees, certified_at, \
         rectify_until, banned_until, moved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (host_id) DO NOTHING",
        one.host.to_string(),
        one.state.code(),
        &one.form_sealed,
        &one.sent_sealed,
        one.case.map(|id| id.to_string()),
        one.plan.map(Plan::code),
        one.insured_employees.map(i64::from),
        one.certified_at.map(Moment::millis),
        one.rectify_until.map(|day| day.to_string()),
        one.banned_until.map(|day| day.to_string()),
        one.moved_at.millis()
    )?;
    if added == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// Writes the row of a host.
///
/// # Errors
/// [`StoreError::Conflict`] when it was changed meanwhile.
pub async fn save(tx: &mut Tx, one: &Certification) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE certification SET state = $1, form_sealed = $2, sent_sealed = $3, case_id = $4, plan = $5, \
         insured_employees = $6, certified_at = $7, rectify_until = $8, banned_until = $9, moved_at = $10, \
         version = version + 1 WHERE host_id = $11 AND version = $12",
        one.state.code(),
        &one.form_sealed,
        &one.sent_sealed,
        one.case.map(|id| id.to_string()),
        one.plan.map(Plan::code),
        one.insured_employees.map(i64::from),
        one.certified_at.map(Moment::millis),
        one.rectify_until.map(|day| day.to_string()),
        one.banned_until.map(|day| day.to_string()),
        one.moved_at.millis(),
        one.host.to_string(),
        one.version
    )
}

/// What a host may do, and who certified it, in the host's own row.
///
/// # Errors
/// [`StoreError::Conflict`] when the host was changed meanwhile.
pub async fn set_standing(
    tx: &mut Tx,
    host: HostId,
    standing: HostStanding,
    certified_by: Option<AgencyId>,
    version: i64,
) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE host SET standing = $1, certified_by = $2, version = version + 1 WHERE id = $3 AND version = $4",
        standing.code(),
        certified_by.map(|id| id.to_string()),
        host.to_string(),
        version
    )
}
