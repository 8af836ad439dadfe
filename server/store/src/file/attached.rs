//! What files are used for, and which agencies may read them. Other features call this in their own transaction.

use super::row::{COLUMNS, FileRow};
use super::{File, owner_columns};
use crate::db::{Tx, execute, fetch_all, fetch_one};
use crate::error::StoreError;
use domain::file::FileOwner;
use domain::{AgencyId, FileId, Moment};

/// Uses a ready file of this owner for a subject. Answers false when there is no such file.
///
/// # Errors
/// What the database says.
pub async fn attach(
    tx: &mut Tx,
    owner: FileOwner,
    id: FileId,
    subject_kind: &str,
    subject_id: &str,
    position: i64,
) -> Result<bool, StoreError> {
    let [host, trainee, agency] = owner_columns(owner);
    // The row is changed first, so that a deletion at the same moment waits and then finds it in use.
    let found = execute!(
        &mut *tx,
        "UPDATE file SET loose_since = NULL WHERE id = $1 AND state = 'ready' \
         AND (host_id = $2 OR trainee_id = $3 OR agency_id = $4)",
        id.to_string(),
        host,
        trainee,
        agency
    )?;
    if found == 0 {
        return Ok(false);
    }
    execute!(
        tx,
        "INSERT INTO file_use (file_id, subject_kind, subject_id, position) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (subject_kind, subject_id, file_id) DO UPDATE SET position = $4",
        id.to_string(),
        subject_kind,
        subject_id,
        position
    )?;
    Ok(true)
}

/// Takes every file off a subject; those that are used nowhere else are loose from now on.
///
/// # Errors
/// What the database says.
pub async fn detach_all(tx: &mut Tx, subject_kind: &str, subject_id: &str, now: Moment) -> Result<(), StoreError> {
    execute!(
        &mut *tx,
        "UPDATE file SET loose_since = $1 WHERE id IN \
         (SELECT file_id FROM file_use WHERE subject_kind = $2 AND subject_id = $3) AND NOT EXISTS \
         (SELECT 1 FROM file_use u WHERE u.file_id = file.id AND NOT (u.subject_kind = $2 AND u.subject_id = $3))",
        now.millis(),
        subject_kind,
        subject_id
    )?;
    execute!(
        tx,
        "DELETE FROM file_use WHERE subject_kind = $1 AND subject_id = $2",
        subject_kind,
        subject_id
    )?;
    Ok(())
}

/// The files of a subject, in their order.
///
/// # Errors
/// What the database says.
pub async fn uses_of(tx: &mut Tx, subject_kind: &str, subject_id: &str) -> Result<Vec<File>, StoreError> {
    fetch_all!(
        tx,
        FileRow,
        sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM file_use u JOIN file f ON f.id = u.file_id \
             WHERE u.subject_kind = $1 AND u.subject_id = $2 ORDER BY u.position, u.file_id"
        )),
        subject_kind,
        subject_id
    )?
    .into_iter()
    .map(File::try_from)
    .collect()
}

/// Purpose code and SHA-256 of each file of a subject, in their order: what a snapshot of the subject is hashed with.
///
/// # Errors
/// What the database says.
pub async fn sha256_of_uses(
    tx: &mut Tx,
    subject_kind: &str,
    subject_id: &str,
) -> Result<Vec<(String, String)>, StoreError> {
    fetch_all!(
        tx,
        (String, String),
        "SELECT f.purpose, f.sha256 FROM file_use u JOIN file f ON f.id = u.file_id \
         WHERE u.subject_kind = $1 AND u.subject_id = $2 AND f.sha256 IS NOT NULL ORDER BY u.position, u.file_id",
        subject_kind,
        subject_id
    )
}

/// Whether a file is used for a subject of any kind.
///
/// # Errors
/// What the database says.
pub async fn is_used(tx: &mut Tx, id: FileId) -> Result<bool, StoreError> {
    let (used,): (bool,) = fetch_one!(
        tx,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM file_use WHERE file_id = $1)",
        id.to_string()
    )?;
    Ok(used)
}

/// Lets the staff of an agency read a file.
///
/// # Errors
/// What the database says.
pub async fn grant(tx: &mut Tx, id: FileId, agency: AgencyId, now: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO file_grant (file_id, agency_id, granted_at) VALUES ($1, $2, $3) \
         ON CONFLICT (file_id, agency_id) DO NOTHING",
        id.to_string(),
        agency.to_string(),
        now.millis()
    )?;
    Ok(())
}

/// Whether the staff of an agency may read a file.
///
/// # Errors
/// What the database says.
pub async fn is_granted(tx: &mut Tx, id: FileId, agency: AgencyId) -> Result<bool, StoreError> {
    let (granted,): (bool,) = fetch_one!(
        tx,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM file_grant WHERE file_id = $1 AND agency_id = $2)",
        id.to_string(),
        agency.to_string()
    )?;
    Ok(granted)
}
