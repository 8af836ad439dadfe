//! Failures per bucket, in the database because several nodes count together. A bucket's name is a keyed hash.

use crate::db::{Tx, execute, fetch_one};
use crate::error::StoreError;
use domain::Moment;

/// What a bucket holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Failures that still count.
    pub failures: i64,
    /// No try is looked at before.
    pub blocked_until: Moment,
    /// When it was last written.
    pub updated_at: Moment,
}

/// Reads a bucket, making it empty where there is none, and holds it until the transaction ends: tries that come at once
/// take turns. Several buckets must be taken in the order of their names.
///
/// # Errors
/// What the database says.
pub async fn hold(tx: &mut Tx, bucket: &str, now: Moment) -> Result<Bucket, StoreError> {
    let (failures, blocked_until, updated_at) = fetch_one!(
        tx,
        (i64, i64, i64),
        "INSERT INTO sign_in_throttle (bucket, failures, blocked_until, updated_at) VALUES ($1, 0, 0, $2) \
         ON CONFLICT (bucket) DO UPDATE SET failures = sign_in_throttle.failures \
         RETURNING failures, blocked_until, updated_at",
        bucket,
        now.millis()
    )?;
    Ok(Bucket {
        failures,
        blocked_until: Moment::from_millis(blocked_until),
        updated_at: Moment::from_millis(updated_at),
    })
}

/// Writes a bucket that is held.
///
/// # Errors
/// What the database says.
pub async fn write(tx: &mut Tx, bucket: &str, content: Bucket) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE sign_in_throttle SET failures = $1, blocked_until = $2, updated_at = $3 WHERE bucket = $4",
        content.failures,
        content.blocked_until.millis(),
        content.updated_at.millis(),
        bucket
    )?;
    Ok(())
}

/// Forgets a bucket.
///
/// # Errors
/// What the database says.
pub async fn clear(tx: &mut Tx, bucket: &str) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM sign_in_throttle WHERE bucket = $1", bucket)?;
    Ok(())
}

/// Forgets the buckets that nobody touched since.
///
/// # Errors
/// What the database says.
pub async fn purge(tx: &mut Tx, untouched_since: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM sign_in_throttle WHERE updated_at < $1",
        untouched_since.millis()
    )?;
    Ok(())
}
