//! The audit log: appended in the transaction of the act itself, each event chained to the one before by SHA-256, so that
//! a changed, removed or inserted row shows.

use crate::db::{Tx, execute, fetch_all, fetch_one};
use crate::error::StoreError;
use crate::rows::fetch_rows;
use domain::audit::AuditEvent;
use domain::{AccountId, Moment};
use sha2::{Digest, Sha256};

/// Who acted: an account in a role, or the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// `None` when nobody was signed in.
    pub account: Option<AccountId>,
    /// Role code, `system` or `nobody`.
    pub role: &'static str,
}

/// One event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Position in the chain, from 1.
    pub seq: i64,
    /// When, UTC ms.
    pub at: i64,
    /// Who.
    pub account_id: Option<String>,
    /// In which role.
    pub role: String,
    /// Which act.
    pub act: String,
    /// The event as JSON.
    pub event: String,
    /// Hash of the event before, empty for the first.
    pub previous: String,
    /// Own hash.
    pub hash: String,
}

/// How far a check of the chain has come: the last event that fits. The default is the beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainPlace {
    /// Position in the chain, 0 before the first event.
    pub seq: i64,
    /// Hash of that event, empty before the first.
    pub hash: String,
}

/// What a check of a part of the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainPart {
    /// Everything fits up to a place, and the log goes on.
    SoFar {
        /// The last event that was checked.
        place: ChainPlace,
        /// How many events there are.
        of: i64,
    },
    /// The check is at its end.
    Done(ChainCheck),
}

/// What a check of the whole chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainCheck {
    /// Every hash fits; carries the number of events.
    Whole(i64),
    /// The first position that does not fit.
    Broken(i64),
}

/// One act, ready for the log.
#[derive(Debug, Clone)]
pub struct Act {
    /// When.
    pub at: Moment,
    /// Who.
    pub author: Author,
    /// What.
    pub event: AuditEvent,
}

/// Appends acts to the chain, in their order. Writers take turns on the head row until their transaction ends.
///
/// # Errors
/// What the database says.
pub async fn append(tx: &mut Tx, acts: &[Act]) -> Result<(), StoreError> {
    if acts.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(acts.len()).map_err(|_| StoreError::Damaged("audit event"))?;
    // Takes the row lock on PostgreSQL; SQLite's writer is alone anyway.
    let (last, mut previous): (i64, String) = fetch_one!(
        &mut *tx,
        (i64, String),
        "UPDATE audit_head SET seq = seq + $1 WHERE id = 1 RETURNING seq, hash",
        count
    )?;
    let mut rows = Vec::with_capacity(acts.len());
    for (seq, act) in (last - count + 1..).zip(acts) {
        let mut row = AuditRow {
            seq,
            at: act.at.millis(),
            account_id: act.author.account.map(|id| id.to_string()),
            role: act.author.role.to_owned(),
            act: act.event.act().to_owned(),
            event: serde_json::to_string(&act.event).map_err(|_| StoreError::Damaged("audit event"))?,
            previous,
            hash: String::new(),
        };
        row.hash = chain_hash(&row);
        previous = row.hash.clone();
        rows.push(row);
    }
    fetch_rows!(
        &mut *tx,
        (),
        &rows,
        8,
        |tuples| format!(
            "INSERT INTO audit_event (seq, at, account_id, role, act, event, previous, hash) VALUES {tuples}"
        ),
        |row| row.seq,
        row.at,
        &row.account_id,
        &row.role,
        &row.act,
        &row.event,
        &row.previous,
        &row.hash
    );
    execute!(tx, "UPDATE audit_head SET hash = $1 WHERE id = 1", &previous)?;
    Ok(())
}

/// Events after `seq`, oldest first.
///
/// # Errors
/// What the database says.
pub async fn after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<AuditRow>, StoreError> {
    fetch_all!(
        tx,
        AuditRow,
        "SELECT seq, at, account_id, role, act, event, previous, hash FROM audit_event WHERE seq > $1 ORDER BY seq LIMIT $2",
        seq,
        limit
    )
}

/// Recomputes the chain from the first event to the head.
///
/// # Errors
/// What the database says.
pub async fn check_chain(tx: &mut Tx) -> Result<ChainCheck, StoreError> {
    let mut place = ChainPlace::default();
    loop {
        match check_chain_after(&mut *tx, place, PAGE).await? {
            ChainPart::SoFar { place: reached, .. } => place = reached,
            ChainPart::Done(check) => return Ok(check),
        }
    }
}

/// Events that a check reads at once.
const PAGE: i64 = 1_000;

/// Recomputes the chain after a place, at most `limit` events (rounded up to whole pages of a thousand).
///
/// # Errors
/// What the database says.
pub async fn check_chain_after(tx: &mut Tx, place: ChainPlace, limit: i64) -> Result<ChainPart, StoreError> {
    let (head_seq, head_hash): (i64, String) =
        fetch_one!(&mut *tx, (i64, String), "SELECT seq, hash FROM audit_head WHERE id = 1")?;
    let end = place.seq.saturating_add(limit);
    let ChainPlace { mut seq, mut hash } = place;
    while seq < end {
        let rows = after(&mut *tx, seq, PAGE).await?;
        if rows.is_empty() {
            return Ok(ChainPart::Done(if (seq, &hash) == (head_seq, &head_hash) {
                ChainCheck::Whole(seq)
            } else {
                ChainCheck::Broken(seq + 1)
            }));
        }
        for row in rows {
            if row.seq != seq + 1 || row.previous != hash || row.hash != chain_hash(&row) {
                return Ok(ChainPart::Done(ChainCheck::Broken(seq + 1)));
            }
            seq = row.seq;
            hash = row.hash;
        }
    }
    Ok(ChainPart::SoFar {
        place: ChainPlace { seq, hash },
        of: head_seq,
    })
}

/// SHA-256 over every field but the hash itself, each with its length, so that no two rows read the same.
fn chain_hash(row: &AuditRow) -> String {
    let mut sha = Sha256::new();
    let seq = row.seq.to_string();
    let at = row.at.to_string();
    for field in [
        &row.previous,
        &seq,
        &at,
        row.account_id.as_ref().unwrap_or(&String::new()),
        &row.role,
        &row.act,
        &row.event,
    ] {
        sha.update((field.len() as u64).to_be_bytes());
        sha.update(field.as_bytes());
    }
    hex::encode(sha.finalize())
}
