//! Versions of rule packs: added once, never changed.

use crate::db::{Tx, execute, fetch_all};
use crate::error::{StoreError, stored};
use domain::value::parse_day;
use domain::{AccountId, Day, Moment};

/// A version of a region's rules as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePackVersion {
    /// Region.
    pub region: String,
    /// Its name, once in a region.
    pub version: String,
    /// First day on which it counts; once in a region.
    pub valid_from: Day,
    /// The TOML document.
    pub document: String,
    /// When it was added.
    pub created_at: Moment,
    /// Who added it; nobody for a built-in one.
    pub created_by: Option<AccountId>,
    /// The name of whoever added it; not written.
    pub created_by_name: Option<String>,
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    region: String,
    version: String,
    valid_from: String,
    document: String,
    created_at: i64,
    created_by: Option<String>,
    created_by_name: Option<String>,
}

/// Every version of every region, by region and then by day.
///
/// # Errors
/// What the database says.
pub async fn all(tx: &mut Tx) -> Result<Vec<RulePackVersion>, StoreError> {
    fetch_all!(
        tx,
        VersionRow,
        "SELECT r.region, r.version, r.valid_from, r.document, r.created_at, r.created_by, a.name AS created_by_name \
         FROM rule_pack r LEFT JOIN account a ON a.id = r.created_by ORDER BY r.region, r.valid_from"
    )?
    .into_iter()
    .map(|row| {
        Ok(RulePackVersion {
            region: row.region,
            version: row.version,
            valid_from: stored(parse_day(&row.valid_from), "rule_pack.valid_from")?,
            document: row.document,
            created_at: Moment::from_millis(row.created_at),
            created_by: row
                .created_by
                .map(|id| stored(id.parse().ok(), "rule_pack.created_by"))
                .transpose()?,
            created_by_name: row.created_by_name,
        })
    })
    .collect()
}

/// Adds a version.
///
/// # Errors
/// [`StoreError::Duplicate`] when the region has a version of that name or for that day.
pub async fn insert(tx: &mut Tx, new: &RulePackVersion) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO rule_pack (region, version, valid_from, document, created_at, created_by) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        &new.region,
        &new.version,
        new.valid_from.to_string(),
        &new.document,
        new.created_at.millis(),
        new.created_by.map(|id| id.to_string())
    )?;
    Ok(())
}

/// Adds a built-in version unless it stands there already; answers whether it was added.
///
/// # Errors
/// What the database says.
pub async fn insert_built_in(tx: &mut Tx, new: &RulePackVersion) -> Result<bool, StoreError> {
    let added = execute!(
        tx,
        "INSERT INTO rule_pack (region, version, valid_from, document, created_at, created_by) \
         VALUES ($1, $2, $3, $4, $5, NULL) ON CONFLICT DO NOTHING",
        &new.region,
        &new.version,
        new.valid_from.to_string(),
        &new.document,
        new.created_at.millis()
    )?;
    Ok(added > 0)
}
