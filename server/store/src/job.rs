//! Jobs and their leases. The row is the only truth about who runs a job, so that any number of nodes may ask for it.

use crate::db::{Tx, execute, fetch_optional};
use crate::error::StoreError;
use domain::Moment;

/// What is known about a job that was asked for at least once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Whether a lease is out; it may have run out meanwhile.
    pub held: bool,
    /// When the lease runs out, if one is out.
    pub lease_until: Moment,
    /// Not due before.
    pub next_at: Moment,
    /// When it last went well.
    pub last_ok_at: Option<Moment>,
    /// Why the last run did not.
    pub last_error: Option<String>,
}

/// Takes the job for `holder` until `lease_until` if it is due and nobody else holds it: one statement, so that of several
/// nodes exactly one hears `true`. A job that is not known yet is due.
///
/// # Errors
/// What the database says.
pub async fn claim(
    tx: &mut Tx,
    name: &str,
    holder: &str,
    now: Moment,
    lease_until: Moment,
) -> Result<bool, StoreError> {
    let taken = execute!(
        tx,
        "INSERT INTO job (name, holder, lease_until, next_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until \
         WHERE job.lease_until < $4 AND job.next_at <= $4",
        name,
        holder,
        lease_until.millis(),
        now.millis()
    )?;
    Ok(taken == 1)
}

/// Gives the job back after a run that went well; `false` when another node took it over meanwhile.
///
/// # Errors
/// What the database says.
pub async fn finish(tx: &mut Tx, name: &str, holder: &str, now: Moment, next_at: Moment) -> Result<bool, StoreError> {
    let mine = execute!(
        tx,
        "UPDATE job SET holder = NULL, lease_until = 0, next_at = $1, last_ok_at = $2, last_error = NULL \
         WHERE name = $3 AND holder = $4",
        next_at.millis(),
        now.millis(),
        name,
        holder
    )?;
    Ok(mine == 1)
}

/// Gives the job back after a run that failed; `false` when another node took it over meanwhile.
///
/// # Errors
/// What the database says.
pub async fn fail(tx: &mut Tx, name: &str, holder: &str, error: &str, retry_at: Moment) -> Result<bool, StoreError> {
    let mine = execute!(
        tx,
        "UPDATE job SET holder = NULL, lease_until = 0, next_at = $1, last_error = $2 WHERE name = $3 AND holder = $4",
        retry_at.millis(),
        error,
        name,
        holder
    )?;
    Ok(mine == 1)
}

/// How a job stands; `None` when nobody ever asked for it.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, name: &str) -> Result<Option<State>, StoreError> {
    let row = fetch_optional!(
        tx,
        (Option<String>, i64, i64, Option<i64>, Option<String>),
        "SELECT holder, lease_until, next_at, last_ok_at, last_error FROM job WHERE name = $1",
        name
    )?;
    Ok(row.map(|(holder, lease_until, next_at, last_ok_at, last_error)| State {
        held: holder.is_some(),
        lease_until: Moment::from_millis(lease_until),
        next_at: Moment::from_millis(next_at),
        last_ok_at: last_ok_at.map(Moment::from_millis),
        last_error,
    }))
}
