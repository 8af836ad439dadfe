//! What agencies did with hosts: only ever added. And the host's cases, as its agency lists them.

use crate::db::{Tx, execute, fetch_all, fetch_one};
use crate::error::{StoreError, stored};
use domain::certification::{UnitAct, UnitCase};
use domain::review::{CaseKind, CaseState};
use domain::{AccountId, AgencyId, Day, HostId, Moment};

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What was done.
    pub act: UnitAct,
    /// By whom.
    pub account: AccountId,
    /// Their name at that time.
    pub account_name: String,
    /// For which agency.
    pub agency: AgencyId,
    /// Its name; only read.
    pub agency_name: String,
    /// Why.
    pub reason: String,
    /// The last day of a rectification, or the first day after a ban.
    pub until: Option<Day>,
    /// Rule pack versions that counted.
    pub basis: String,
    /// When.
    pub at: Moment,
}

#[derive(sqlx::FromRow)]
struct ActRow {
    act: String,
    account_id: String,
    account_name: String,
    agency_id: String,
    agency_name: String,
    reason: String,
    until: Option<String>,
    basis: String,
    at: i64,
}

impl TryFrom<ActRow> for Act {
    type Error = StoreError;

    fn try_from(row: ActRow) -> Result<Self, StoreError> {
        Ok(Self {
            act: stored(UnitAct::from_code(&row.act), "certification_act.act")?,
            account: stored(row.account_id.parse().ok(), "certification_act.account_id")?,
            account_name: row.account_name,
            agency: stored(row.agency_id.parse().ok(), "certification_act.agency_id")?,
            agency_name: row.agency_name,
            reason: row.reason,
            until: row
                .until
                .map(|text| stored(text.parse().ok(), "certification_act.until"))
                .transpose()?,
            basis: row.basis,
            at: Moment::from_millis(row.at),
        })
    }
}

/// Adds an act about a host whose row the caller has locked by its own change.
///
/// # Errors
/// [`StoreError::Duplicate`] when two acts came at once.
pub async fn add_act(tx: &mut Tx, host: HostId, act: &Act) -> Result<(), StoreError> {
    let (number,): (i64,) = fetch_one!(
        &mut *tx,
        (i64,),
        "SELECT COALESCE(MAX(number), 0) + 1 FROM certification_act WHERE host_id = $1",
        host.to_string()
    )?;
    execute!(
        tx,
        "INSERT INTO certification_act (host_id, number, act, account_id, account_name, agency_id, reason, until, basis, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        host.to_string(),
        number,
        act.act.code(),
        act.account.to_string(),
        &act.account_name,
        act.agency.to_string(),
        &act.reason,
        act.until.map(|day| day.to_string()),
        &act.basis,
        act.at.millis()
    )?;
    Ok(())
}

/// The acts about a host that the caller has found within its scope, the latest first.
///
/// # Errors
/// What the database says.
pub async fn acts(tx: &mut Tx, host: HostId, limit: i64) -> Result<Vec<Act>, StoreError> {
    fetch_all!(
        tx,
        ActRow,
        "SELECT x.act, x.account_id, x.account_name, x.agency_id, a.name AS agency_name, x.reason, x.until, x.basis, x.at \
         FROM certification_act x JOIN agency a ON a.id = x.agency_id WHERE x.host_id = $1 ORDER BY x.number DESC LIMIT $2",
        host.to_string(),
        limit
    )?
    .into_iter()
    .map(Act::try_from)
    .collect()
}

/// The last act about a host.
///
/// # Errors
/// What the database says.
pub async fn last_act(tx: &mut Tx, host: HostId) -> Result<Option<Act>, StoreError> {
    Ok(acts(tx, host, 1).await?.into_iter().next())
}

/// The cases about a host that the caller has found within its scope, the latest first, and which of them the agency may open:
/// those with a stage at it or at an agency below it.
///
/// # Errors
/// What the database says.
pub async fn cases(tx: &mut Tx, host: HostId, agency: AgencyId, limit: i64) -> Result<Vec<UnitCase>, StoreError> {
    fetch_all!(
        tx,
        (String, String, String, i64, Option<i64>, bool),
        "WITH RECURSIVE below (id) AS (SELECT id FROM agency WHERE id = $2 \
         UNION SELECT a.id FROM agency a JOIN below b ON a.parent_id = b.id) \
         SELECT c.id, c.kind, c.state, c.submitted_at, c.decided_at, \
         EXISTS (SELECT 1 FROM review_stage s JOIN below b ON b.id = s.agency_id WHERE s.case_id = c.id \
         UNION ALL SELECT 1 FROM review_decision r JOIN below b ON b.id = r.agency_id WHERE r.case_id = c.id) \
         FROM review_case c WHERE c.host_id = $1 ORDER BY c.submitted_at DESC, c.id LIMIT $3",
        host.to_string(),
        agency.to_string(),
        limit
    )?
    .into_iter()
    .map(|(id, kind, state, submitted, decided, readable)| {
        Ok(UnitCase {
            id: stored(id.parse().ok(), "review_case.id")?,
            kind: stored(CaseKind::from_code(&kind), "review_case.kind")?,
            state: stored(CaseState::from_code(&state), "review_case.state")?,
            submitted_on: Moment::from_millis(submitted).day(),
            decided_on: decided.map(|at| Moment::from_millis(at).day()),
            readable,
        })
    })
    .collect()
}
