//! The State Council's notices on each year's holidays: imported once, never changed; of two for one year the later counts.

use crate::db::{Tx, execute, fetch_all};
use crate::error::{StoreError, stored};
use domain::{AccountId, Moment};

/// A notice as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNotice {
    /// The year.
    pub year: i16,
    /// Counted up from 1 within the year.
    pub version: i64,
    /// Title and number of the notice.
    pub source: String,
    /// The TOML document.
    pub document: String,
    /// When it was imported.
    pub imported_at: Moment,
    /// Who imported it; nobody for a built-in one.
    pub imported_by: Option<AccountId>,
    /// The name of whoever imported it; not written.
    pub imported_by_name: Option<String>,
}

#[derive(sqlx::FromRow)]
struct NoticeRow {
    year: i64,
    version: i64,
    source: String,
    document: String,
    imported_at: i64,
    imported_by: Option<String>,
    imported_by_name: Option<String>,
}

/// Every notice, by year and then by version.
///
/// # Errors
/// What the database says.
pub async fn all(tx: &mut Tx) -> Result<Vec<StoredNotice>, StoreError> {
    fetch_all!(
        tx,
        NoticeRow,
        "SELECT n.year, n.version, n.source, n.document, n.imported_at, n.imported_by, a.name AS imported_by_name \
         FROM calendar_notice n LEFT JOIN account a ON a.id = n.imported_by ORDER BY n.year, n.version"
    )?
    .into_iter()
    .map(|row| {
        Ok(StoredNotice {
            year: stored(i16::try_from(row.year).ok(), "calendar_notice.year")?,
            version: row.version,
            source: row.source,
            document: row.document,
            imported_at: Moment::from_millis(row.imported_at),
            imported_by: row
                .imported_by
                .map(|id| stored(id.parse().ok(), "calendar_notice.imported_by"))
                .transpose()?,
            imported_by_name: row.imported_by_name,
        })
    })
    .collect()
}

/// Adds a notice under its version.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody imported that version first.
pub async fn insert(tx: &mut Tx, new: &StoredNotice) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO calendar_notice (year, version, source, document, imported_at, imported_by) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        i64::from(new.year),
        new.version,
        &new.source,
        &new.document,
        new.imported_at.millis(),
        new.imported_by.map(|id| id.to_string())
    )?;
    Ok(())
}

/// Adds a built-in notice unless the year has one; answers whether it was added.
///
/// # Errors
/// What the database says.
pub async fn insert_built_in(tx: &mut Tx, new: &StoredNotice) -> Result<bool, StoreError> {
    let added = execute!(
        tx,
        "INSERT INTO calendar_notice (year, version, source, document, imported_at, imported_by) \
         VALUES ($1, 1, $2, $3, $4, NULL) ON CONFLICT DO NOTHING",
        i64::from(new.year),
        &new.source,
        &new.document,
        new.imported_at.millis()
    )?;
    Ok(added > 0)
}
