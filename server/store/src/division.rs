//! Divisions of GB/T 2260 from province to county: 31 / 333 / 2845, as published in the crate `cinv` 0.1.2 (MIT).
//! Some counties hang directly under a province (直辖市, 省直辖县), and four cities (东莞, 中山, 儋州, 嘉峪关) have no counties.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::error::StoreError;
use crate::setting;
use sha2::{Digest, Sha256};

const CSV: &str = include_str!("../data/divisions.csv");

/// A division as the picker needs it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DivisionRow {
    /// Six digits.
    pub code: String,
    /// Name without its parents' names.
    pub name: String,
    /// Whether there are divisions below it.
    pub has_children: bool,
}

/// The divisions below `parent`, or the provinces, in order of code.
///
/// # Errors
/// What the database says.
pub async fn children(tx: &mut Tx, parent: Option<&str>) -> Result<Vec<DivisionRow>, StoreError> {
    fetch_all!(
        tx,
        DivisionRow,
        "SELECT d.code, d.name, EXISTS (SELECT 1 FROM division c WHERE c.parent_code = d.code) AS has_children \
         FROM division d WHERE d.parent_code = $1 OR ($1 IS NULL AND d.parent_code IS NULL) ORDER BY d.code",
        parent
    )
}

/// Every division that has none below it, in order of code, for a form that must work without scripts.
///
/// # Errors
/// What the database says.
pub async fn leaves(tx: &mut Tx) -> Result<Vec<(String, String, Option<String>)>, StoreError> {
    fetch_all!(
        tx,
        (String, String, Option<String>),
        "SELECT d.code, d.name, d.parent_code FROM division d \
         WHERE NOT EXISTS (SELECT 1 FROM division c WHERE c.parent_code = d.code) ORDER BY d.code"
    )
}

/// Code and name of a division and of those above it, the province first; empty for an unknown code.
///
/// # Errors
/// What the database says.
pub async fn path(tx: &mut Tx, code: &str) -> Result<Vec<DivisionRow>, StoreError> {
    let mut path = Vec::new();
    let mut next = Some(code.to_owned());
    while let Some(code) = next {
        let row = fetch_optional!(
            &mut *tx,
            (String, String, bool, Option<String>),
            "SELECT d.code, d.name, EXISTS (SELECT 1 FROM division c WHERE c.parent_code = d.code), d.parent_code \
             FROM division d WHERE d.code = $1",
            code
        )?;
        next = None;
        if let Some((code, name, has_children, parent)) = row {
            path.push(DivisionRow {
                code,
                name,
                has_children,
            });
            next = parent;
        }
    }
    path.reverse();
    Ok(path)
}

/// Fills the table when it does not hold this binary's list yet.
pub(crate) async fn seed(tx: &mut Tx) -> Result<(), StoreError> {
    let fingerprint = hex::encode(Sha256::digest(CSV));
    if setting::get(&mut *tx, "divisions").await?.as_deref() == Some(fingerprint.as_str()) {
        return Ok(());
    }
    for line in CSV.lines().skip(1) {
        let mut cells = line.splitn(4, ',');
        let (Some(code), Some(level), Some(parent), Some(name)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            return Err(StoreError::Damaged("divisions.csv"));
        };
        execute!(
            &mut *tx,
            "INSERT INTO division (code, name, level, parent_code) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO UPDATE \
             SET name = excluded.name, level = excluded.level, parent_code = excluded.parent_code",
            code,
            name,
            level,
            (!parent.is_empty()).then_some(parent)
        )?;
    }
    setting::put(tx, "divisions", &fingerprint).await
}
