//! Pages of the audit log, newest first, within the reach of the agency that reads: the accounts of agencies at or below it,
//! of hosts that these certified or that lie in their area, and of trainees who live there. What nobody or the system did is
//! for provinces. Each look is bounded by a window of positions, so that a filter that fits little cannot read the whole log.

use crate::db::{Tx, fetch_all, fetch_one};
use crate::error::StoreError;
use crate::reach::{account_in_reach, reach_of};
use crate::rows::fetch_rows;
use domain::AgencyId;
use domain::audit::AuditQuery;
use std::collections::HashMap;

/// Who reads, and how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The agency whose reach counts.
    pub agency: AgencyId,
    /// Whether acts without an account belong to it: at province level.
    pub system: bool,
}

/// One event with the name of its account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SeenEvent {
    /// Position in the chain.
    pub seq: i64,
    /// When, UTC ms.
    pub at: i64,
    /// Account.
    pub account_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Role code, `system` or `nobody`.
    pub role: String,
    /// Act.
    pub act: String,
    /// The event as JSON.
    pub event: String,
    /// Own hash.
    pub hash: String,
}

/// The positions that may fit, from the first to the last; `None` when nothing can.
///
/// # Errors
/// What the database says.
pub async fn bounds(tx: &mut Tx, query: &AuditQuery) -> Result<Option<(i64, i64)>, StoreError> {
    if query.from.is_none() && query.until.is_none() {
        let (last,): (i64,) = fetch_one!(tx, (i64,), "SELECT seq FROM audit_head WHERE id = 1")?;
        return Ok((last > 0).then_some((1, last)));
    }
    let (first, last): (Option<i64>, Option<i64>) = fetch_one!(
        tx,
        (Option<i64>, Option<i64>),
        "SELECT MIN(seq), MAX(seq) FROM audit_event WHERE at >= $1 AND at < $2",
        query.from.map_or(i64::MIN, domain::Moment::millis),
        query.until.map_or(i64::MAX, domain::Moment::millis)
    )?;
    Ok(first.zip(last))
}

/// The events of a window `first..=last` that fit, newest first.
///
/// # Errors
/// What the database says.
pub async fn window(
    tx: &mut Tx,
    reader: Reader,
    query: &AuditQuery,
    login_index: &str,
    (first, last): (i64, i64),
    limit: i64,
) -> Result<Vec<SeenEvent>, StoreError> {
    // A filter that is not asked for still names its parameter, so that both databases know its type.
    let act = if query.act.is_some() { "e.act = $5" } else { "$5 = ''" };
    let who = if query.who.is_some() {
        "e.account_id IN (SELECT w.id FROM account w WHERE w.name = $6 OR w.login_index = $7)"
    } else {
        "($6 = '' AND $7 = $7)"
    };
    let subject = if query.subject.is_some() {
        "(e.event LIKE $8 OR e.account_id = $9)"
    } else {
        "($8 = '' AND $9 = '')"
    };
    let sql = format!(
        "WITH RECURSIVE {REACH} SELECT e.seq, e.at, e.account_id, a.name, e.role, e.act, e.event, e.hash FROM audit_event e \
         LEFT JOIN account a ON a.id = e.account_id LEFT JOIN host h ON h.id = a.host_id \
         LEFT JOIN trainee t ON t.account_id = a.id \
         WHERE e.seq >= $2 AND e.seq <= $3 AND ({ACCOUNT} OR (e.account_id IS NULL AND $4 = 'yes')) \
         AND {act} AND {who} AND {subject} AND e.at >= $10 AND e.at < $11 ORDER BY e.seq DESC LIMIT $12"
    );
    let subject = query.subject.map(|id| id.as_hyphenated().to_string());
    fetch_all!(
        tx,
        SeenEvent,
        sqlx::AssertSqlSafe(sql.clone()),
        reader.agency.to_string(),
        first,
        last,
        if reader.system { "yes" } else { "no" },
        query.act.clone().unwrap_or_default(),
        query.who.clone().unwrap_or_default(),
        login_index,
        subject.as_ref().map(|id| format!("%{id}%")).unwrap_or_default(),
        subject.clone().unwrap_or_default(),
        query.from.map_or(i64::MIN, domain::Moment::millis),
        query.until.map_or(i64::MAX, domain::Moment::millis),
        limit
    )
}

const REACH: &str = reach_of!("SELECT id FROM agency WHERE id = $1");
const ACCOUNT: &str = account_in_reach!();

/// Every act that occurs with one of its events. Jumps from act to act in the index instead of reading the log.
///
/// # Errors
/// What the database says.
pub async fn acts(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    fetch_all!(
        tx,
        (String, String),
        "WITH RECURSIVE acts (act) AS (SELECT MIN(act) FROM audit_event \
         UNION SELECT (SELECT MIN(e.act) FROM audit_event e WHERE e.act > acts.act) FROM acts WHERE acts.act IS NOT NULL) \
         SELECT acts.act, (SELECT e.event FROM audit_event e WHERE e.act = acts.act ORDER BY e.seq DESC LIMIT 1) \
         FROM acts WHERE acts.act IS NOT NULL ORDER BY acts.act"
    )
}

/// The names behind ids, as far as the reader's reach covers them. Never more than a name, a post or a day; of
/// a case the code of its kind, a space and whom it is about.
///
/// # Errors
/// What the database says.
pub async fn names(tx: &mut Tx, own: AgencyId, ids: &[String]) -> Result<HashMap<String, String>, StoreError> {
    let own = own.to_string();
    let rows = fetch_rows!(
        tx,
        (String, String),
        ids,
        2,
        |tuples| format!("WITH RECURSIVE asked (id, own) AS (VALUES {tuples}), {ASKED} {NAMES}"),
        |id| id,
        &own
    );
    Ok(rows.into_iter().collect())
}

const ASKED: &str = reach_of!("SELECT own FROM asked");
const NAMES: &str = concat!(
    "SELECT a.id, a.name FROM asked q JOIN account a ON a.id = q.id LEFT JOIN host h ON h.id = a.host_id ",
    "LEFT JOIN trainee t ON t.account_id = a.id WHERE ",
    account_in_reach!(),
    "UNION SELECT g.id, g.name FROM asked q JOIN agency g ON g.id = q.id WHERE g.id IN (SELECT id FROM reach) ",
    "UNION SELECT h.id, h.name FROM asked q JOIN host h ON h.id = q.id ",
    "WHERE h.certified_by IN (SELECT id FROM reach) OR h.division_code IN (SELECT code FROM area) ",
    "UNION SELECT t.id, t.name FROM asked q JOIN trainee t ON t.id = q.id ",
    "WHERE t.residence_code IN (SELECT code FROM area) ",
    "UNION SELECT s.id, s.name FROM asked q JOIN site s ON s.id = q.id JOIN host h ON h.id = s.host_id ",
    "WHERE h.certified_by IN (SELECT id FROM reach) OR h.division_code IN (SELECT code FROM area) ",
    "UNION SELECT i.id, i.name || ' · ' || i.post FROM asked q JOIN internship i ON i.id = q.id ",
    "JOIN host h ON h.id = i.host_id ",
    "WHERE h.certified_by IN (SELECT id FROM reach) OR h.division_code IN (SELECT code FROM area) ",
    "UNION SELECT c.id, i.name || ' · ' || c.day FROM asked q JOIN check_in c ON c.id = q.id ",
    "JOIN internship i ON i.id = c.internship_id JOIN host h ON h.id = c.host_id ",
    "WHERE h.certified_by IN (SELECT id FROM reach) OR h.division_code IN (SELECT code FROM area) ",
    "UNION SELECT k.id, k.kind || ' ' || k.subject FROM asked q JOIN review_case k ON k.id = q.id ",
    "WHERE EXISTS (SELECT 1 FROM review_stage s WHERE s.case_id = k.id AND s.agency_id IN (SELECT id FROM reach)) ",
    "OR EXISTS (SELECT 1 FROM review_decision d WHERE d.case_id = k.id AND d.agency_id IN (SELECT id FROM reach))"
);
