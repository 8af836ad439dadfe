//! What was decided, and about what. Both are only ever added.

use super::case::{joined, split};
use crate::db::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::error::{StoreError, stored};
use domain::review::{DecisionRecord, StagePurpose, Verdict};
use domain::{AccountId, AgencyId, CaseId, Moment};

/// One act in a case's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was done.
    pub verdict: Verdict,
    /// By whom.
    pub account: AccountId,
    /// Their name at that time.
    pub account_name: String,
    /// For which agency; none for the submitter.
    pub agency: Option<AgencyId>,
    /// Its name; only read.
    pub agency_name: Option<String>,
    /// At which stage; none for the submitter.
    pub purpose: Option<StagePurpose>,
    /// Why.
    pub reason: Option<String>,
    /// Codes of the fields to mend.
    pub fields: Vec<String>,
    /// What was found.
    pub record: Option<DecisionRecord>,
    /// Number of the snapshot that it was about.
    pub snapshot: i64,
    /// Its keyed hash.
    pub snapshot_hash: String,
    /// Rule pack versions that counted.
    pub basis: String,
    /// When.
    pub at: Moment,
}

/// A sealed snapshot.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SnapshotRow {
    /// Number within the case, from 1.
    pub number: i64,
    /// Sealed JSON.
    pub sealed: String,
    /// Keyed hash of the JSON, hex.
    pub hash: String,
}

#[derive(sqlx::FromRow)]
struct DecisionRow {
    verdict: String,
    account_id: String,
    account_name: String,
    agency_id: Option<String>,
    agency_name: Option<String>,
    purpose: Option<String>,
    reason: Option<String>,
    fields: String,
    record: Option<String>,
    snapshot: i64,
    snapshot_hash: String,
    basis: String,
    at: i64,
}

impl TryFrom<DecisionRow> for Decision {
    type Error = StoreError;

    fn try_from(row: DecisionRow) -> Result<Self, StoreError> {
        Ok(Self {
            verdict: stored(Verdict::from_code(&row.verdict), "review_decision.verdict")?,
            account: stored(row.account_id.parse().ok(), "review_decision.account_id")?,
            account_name: row.account_name,
            agency: row
                .agency_id
                .map(|id| stored(id.parse().ok(), "review_decision.agency_id"))
                .transpose()?,
            agency_name: row.agency_name,
            purpose: row
                .purpose
                .map(|code| stored(StagePurpose::from_code(&code), "review_decision.purpose"))
                .transpose()?,
            reason: row.reason,
            fields: split(&row.fields),
            record: row
                .record
                .map(|json| stored(serde_json::from_str(&json).ok(), "review_decision.record"))
                .transpose()?,
            snapshot: row.snapshot,
            snapshot_hash: row.snapshot_hash,
            basis: row.basis,
            at: Moment::from_millis(row.at),
        })
    }
}

/// Adds what the case is about from now on.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody else sent the case again at the same time.
pub async fn add_snapshot(tx: &mut Tx, case: CaseId, snapshot: &SnapshotRow, at: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO review_snapshot (case_id, number, sealed, hash, at) VALUES ($1, $2, $3, $4, $5)",
        case.to_string(),
        snapshot.number,
        &snapshot.sealed,
        &snapshot.hash,
        at.millis()
    )?;
    Ok(())
}

/// One snapshot of a case that the caller has found within its scope.
///
/// # Errors
/// What the database says.
pub async fn snapshot(tx: &mut Tx, case: CaseId, number: i64) -> Result<Option<SnapshotRow>, StoreError> {
    fetch_optional!(
        tx,
        SnapshotRow,
        "SELECT number, sealed, hash FROM review_snapshot WHERE case_id = $1 AND number = $2",
        case.to_string(),
        number
    )
}

/// Adds to the history of a case, whose row the caller has locked by its own change.
///
/// # Errors
/// [`StoreError::Duplicate`] when two acts came at once.
pub async fn add_decision(tx: &mut Tx, case: CaseId, decision: &Decision) -> Result<(), StoreError> {
    let record = match &decision.record {
        Some(record) => Some(serde_json::to_string(record).map_err(|_| StoreError::Damaged("decision record"))?),
        None => None,
    };
    let (number,): (i64,) = fetch_one!(
        &mut *tx,
        (i64,),
        "SELECT COALESCE(MAX(number), 0) + 1 FROM review_decision WHERE case_id = $1",
        case.to_string()
    )?;
    execute!(
        tx,
        "INSERT INTO review_decision (case_id, number, verdict, account_id, account_name, agency_id, purpose, reason, fields, \
         record, snapshot, snapshot_hash, basis, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        case.to_string(),
        number,
        decision.verdict.code(),
        decision.account.to_string(),
        &decision.account_name,
        decision.agency.map(|id| id.to_string()),
        decision.purpose.map(StagePurpose::code),
        &decision.reason,
        joined(&decision.fields),
        &record,
        decision.snapshot,
        &decision.snapshot_hash,
        &decision.basis,
        decision.at.millis()
    )?;
    Ok(())
}

/// The history of a case that the caller has found within its scope, the oldest first.
///
/// # Errors
/// What the database says.
pub async fn decisions(tx: &mut Tx, case: CaseId) -> Result<Vec<Decision>, StoreError> {
    fetch_all!(
        tx,
        DecisionRow,
        "SELECT d.verdict, d.account_id, d.account_name, d.agency_id, a.name AS agency_name, d.purpose, d.reason, d.fields, \
         d.record, d.snapshot, d.snapshot_hash, d.basis, d.at \
         FROM review_decision d LEFT JOIN agency a ON a.id = d.agency_id WHERE d.case_id = $1 ORDER BY d.number",
        case.to_string()
    )?
    .into_iter()
    .map(Decision::try_from)
    .collect()
}
