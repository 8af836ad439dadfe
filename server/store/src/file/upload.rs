//! From the first chunk to the end of the check, and the way out again.

use super::row::{COLUMNS, FileRow};
use super::{File, Stored, owner_columns};
use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_optional};
use crate::error::{StoreError, stored};
use domain::file::{FileOwner, FileState, Scan};
use domain::{FileId, Moment};

/// The right to check a file for a while, so that no other node does the same work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The file.
    pub file: File,
    /// Checks of it that began and never ended, this one included.
    pub tries: i64,
}

/// Adds a file of which nothing has arrived yet.
///
/// # Errors
/// What the database says.
pub async fn insert(tx: &mut Tx, file: &File) -> Result<(), StoreError> {
    let [host, trainee, agency] = owner_columns(file.owner);
    execute!(
        tx,
        "INSERT INTO file (id, host_id, trainee_id, agency_id, uploaded_by, purpose, name_sealed, size, state, scan, \
         created_at, loose_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        file.id.to_string(),
        host,
        trainee,
        agency,
        file.uploaded_by.to_string(),
        file.purpose.code(),
        &file.name_sealed,
        file.size,
        file.state.code(),
        file.scan.code(),
        file.created_at.millis(),
        file.created_at.millis()
    )?;
    Ok(())
}

/// Adds a chunk at the place where the upload stood when it was read.
///
/// # Errors
/// [`StoreError::Conflict`] when the upload stands elsewhere by now.
pub async fn append(tx: &mut Tx, file: &File, state: FileState, length: i64, sealed: &str) -> Result<(), StoreError> {
    execute_versioned!(
        &mut *tx,
        "UPDATE file SET received = received + $1, state = $2, version = version + 1 \
         WHERE id = $3 AND state = 'uploading' AND received = $4 AND version = $5",
        length,
        state.code(),
        file.id.to_string(),
        file.received,
        file.version
    )?;
    execute!(
        tx,
        "INSERT INTO file_part (file_id, start, sealed) VALUES ($1, $2, $3)",
        file.id.to_string(),
        file.received,
        sealed
    )?;
    Ok(())
}

/// All chunks with their places, in order.
///
/// # Errors
/// What the database says.
pub async fn parts(tx: &mut Tx, id: FileId) -> Result<Vec<(i64, String)>, StoreError> {
    fetch_all!(
        tx,
        (i64, String),
        "SELECT start, sealed FROM file_part WHERE file_id = $1 ORDER BY start",
        id.to_string()
    )
}

/// The chunk that begins at a place.
///
/// # Errors
/// What the database says.
pub async fn part_at(tx: &mut Tx, id: FileId, start: i64) -> Result<Option<String>, StoreError> {
    let row = fetch_optional!(
        tx,
        (String,),
        "SELECT sealed FROM file_part WHERE file_id = $1 AND start = $2",
        id.to_string(),
        start
    )?;
    Ok(row.map(|(sealed,)| sealed))
}

/// Takes the right to check a file until a moment; `None` when it is not to be checked, or somebody else has the right.
///
/// # Errors
/// What the database says.
pub async fn claim(tx: &mut Tx, id: FileId, now: Moment, until: Moment) -> Result<Option<Claim>, StoreError> {
    let row = fetch_optional!(
        &mut *tx,
        (i64,),
        "UPDATE file SET claimed_until = $1, tries = tries + 1, version = version + 1 \
         WHERE id = $2 AND state = 'checking' AND claimed_until <= $3 RETURNING tries",
        until.millis(),
        id.to_string(),
        now.millis()
    )?;
    let Some((tries,)) = row else { return Ok(None) };
    let file = super::find(tx, id).await?;
    Ok(file.map(|file| Claim { file, tries }))
}

/// Gives the right back without an outcome: the check will be tried again.
///
/// # Errors
/// [`StoreError::Conflict`] when the right has passed on.
pub async fn release(tx: &mut Tx, file: &File, scan: Scan) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE file SET claimed_until = 0, tries = 0, scan = $1, version = version + 1 \
         WHERE id = $2 AND state = 'checking' AND version = $3",
        scan.code(),
        file.id.to_string(),
        file.version
    )
}

/// Ends the check and lets the chunks go.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else ended it, or the file is gone.
pub async fn finish(
    tx: &mut Tx,
    file: &File,
    state: FileState,
    scan: Scan,
    content: Option<&Stored>,
) -> Result<(), StoreError> {
    execute_versioned!(
        &mut *tx,
        "UPDATE file SET state = $1, unfit = $2, scan = $3, kind = $4, stored_size = $5, sha256 = $6, claimed_until = 0, \
         tries = 0, version = version + 1 WHERE id = $7 AND state = 'checking' AND version = $8",
        state.code(),
        state.unfit().map(domain::file::Unfit::code),
        scan.code(),
        content.map(|content| content.kind.code()),
        content.map(|content| content.size),
        content.map(|content| content.sha256.clone()),
        file.id.to_string(),
        file.version
    )?;
    execute!(tx, "DELETE FROM file_part WHERE file_id = $1", file.id.to_string())?;
    Ok(())
}

/// Files that wait for a check and that nobody is checking, oldest claim first.
///
/// # Errors
/// What the database says.
pub async fn due(tx: &mut Tx, now: Moment, limit: i64) -> Result<Vec<FileId>, StoreError> {
    ids(fetch_all!(
        tx,
        (String,),
        "SELECT id FROM file WHERE state = 'checking' AND claimed_until <= $1 ORDER BY claimed_until, created_at LIMIT $2",
        now.millis(),
        limit
    )?)
}

/// Unfinished uploads of an owner beyond the newest `keep`.
///
/// # Errors
/// What the database says.
pub async fn oldest_unfinished(tx: &mut Tx, owner: FileOwner, keep: i64) -> Result<Vec<FileId>, StoreError> {
    let [host, trainee, agency] = owner_columns(owner);
    // SQLite takes OFFSET only after a LIMIT.
    ids(fetch_all!(
        tx,
        (String,),
        "SELECT id FROM file WHERE state = 'uploading' AND (host_id = $1 OR trainee_id = $2 OR agency_id = $3) \
         ORDER BY created_at DESC, id LIMIT 1000 OFFSET $4",
        host,
        trainee,
        agency,
        keep
    )?)
}

/// Files that are used nowhere since before a moment.
///
/// # Errors
/// What the database says.
pub async fn sweepable(tx: &mut Tx, before: Moment, limit: i64) -> Result<Vec<File>, StoreError> {
    fetch_all!(
        tx,
        FileRow,
        sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM file f WHERE f.loose_since < $1 ORDER BY f.loose_since LIMIT $2"
        )),
        before.millis(),
        limit
    )?
    .into_iter()
    .map(File::try_from)
    .collect()
}

/// Deletes a file of this owner that is used nowhere, and notes that its content must follow. Answers whether it did.
///
/// # Errors
/// What the database says.
pub async fn remove(tx: &mut Tx, owner: FileOwner, id: FileId, now: Moment) -> Result<bool, StoreError> {
    let [host, trainee, agency] = owner_columns(owner);
    let gone = execute!(
        &mut *tx,
        "DELETE FROM file WHERE id = $1 AND loose_since IS NOT NULL \
         AND (host_id = $2 OR trainee_id = $3 OR agency_id = $4)",
        id.to_string(),
        host,
        trainee,
        agency
    )?;
    if gone == 0 {
        return Ok(false);
    }
    execute!(
        tx,
        "INSERT INTO file_erasure (file_id, at) VALUES ($1, $2) ON CONFLICT (file_id) DO NOTHING",
        id.to_string(),
        now.millis()
    )?;
    Ok(true)
}

/// Files that are gone and whose content must follow.
///
/// # Errors
/// What the database says.
pub async fn erased(tx: &mut Tx, limit: i64) -> Result<Vec<FileId>, StoreError> {
    ids(fetch_all!(
        tx,
        (String,),
        "SELECT file_id FROM file_erasure ORDER BY at LIMIT $1",
        limit
    )?)
}

/// The content has followed.
///
/// # Errors
/// What the database says.
pub async fn forget_erased(tx: &mut Tx, id: FileId) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM file_erasure WHERE file_id = $1", id.to_string())?;
    Ok(())
}

fn ids(rows: Vec<(String,)>) -> Result<Vec<FileId>, StoreError> {
    rows.into_iter()
        .map(|(id,)| stored(id.parse().ok(), "file.id"))
        .collect()
}
