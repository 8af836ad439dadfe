//! Divisions of GB/T 2260 from province to county: 31 / 333 / 2845, as published in the crate `cinv` 0.1.2 (MIT).
//! Some counties hang directly under a province (直辖市, 省直辖县), and four cities (东莞, 中山, 儋州, 嘉峪关) have no counties.

use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_optional};
use crate::error::StoreError;
use crate::rows::fetch_rows;
use crate::setting;
use domain::Day;
use domain::division::NewDivision;
use sha2::{Digest, Sha256};

const CSV: &str = include_str!("../data/divisions.csv");

/// Whether a division is valid on the day of a parameter. Days are text `YYYY-MM-DD`, which sorts as days do.
macro_rules! valid {
    ($division:literal, $day:literal) => {
        concat!(
            "(",
            $division,
            ".valid_from IS NULL OR ",
            $division,
            ".valid_from <= ",
            $day,
            ") AND (",
            $division,
            ".valid_until IS NULL OR ",
            $division,
            ".valid_until >= ",
            $day,
            ")"
        )
    };
}

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

/// The divisions below `parent`, or the provinces, that are valid on a day, in order of code.
///
/// # Errors
/// What the database says.
pub async fn children(tx: &mut Tx, parent: Option<&str>, on: Day) -> Result<Vec<DivisionRow>, StoreError> {
    fetch_all!(
        tx,
        DivisionRow,
        concat!(
            "SELECT d.code, d.name, EXISTS (SELECT 1 FROM division c WHERE c.parent_code = d.code AND ",
            valid!("c", "$2"),
            ") AS has_children FROM division d WHERE (d.parent_code = $1 OR ($1 IS NULL AND d.parent_code IS NULL)) AND ",
            valid!("d", "$2"),
            " ORDER BY d.code"
        ),
        parent,
        on.to_string()
    )
}

/// Every division valid on a day that never had any below it, in order of code, for a form that must work without scripts.
///
/// # Errors
/// What the database says.
pub async fn leaves(tx: &mut Tx, on: Day) -> Result<Vec<(String, String, Option<String>)>, StoreError> {
    fetch_all!(
        tx,
        (String, String, Option<String>),
        concat!(
            "SELECT d.code, d.name, d.parent_code FROM division d WHERE ",
            valid!("d", "$1"),
            " AND NOT EXISTS (SELECT 1 FROM division c WHERE c.parent_code = d.code) ORDER BY d.code"
        ),
        on.to_string()
    )
}

/// Whether the division is valid on a day and has none below it that is. A city whose counties all ended is no last level:
/// only one that never had any.
///
/// # Errors
/// What the database says.
pub async fn is_leaf(tx: &mut Tx, code: &str, on: Day) -> Result<bool, StoreError> {
    let found = fetch_optional!(
        tx,
        (String,),
        concat!(
            "SELECT d.code FROM division d WHERE d.code = $1 AND ",
            valid!("d", "$2"),
            " AND NOT EXISTS (SELECT 1 FROM division c WHERE c.parent_code = d.code)"
        ),
        code,
        on.to_string()
    )?;
    Ok(found.is_some())
}

/// Code and name of a division and of those above it, the province first, whether they are valid or ended: addresses that
/// stand somewhere keep their names. Empty for an unknown code.
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

/// A division with its place in the tree and its days.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PlacedDivision {
    /// Six digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// The division above.
    pub parent_code: Option<String>,
    /// First day, `YYYY-MM-DD`.
    pub valid_from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    pub valid_until: Option<String>,
}

/// A province with all that lies below it, ended or not, in order of code.
///
/// # Errors
/// What the database says.
pub async fn of_province(tx: &mut Tx, province: &str) -> Result<Vec<PlacedDivision>, StoreError> {
    fetch_all!(
        tx,
        PlacedDivision,
        "WITH RECURSIVE own (code) AS (SELECT code FROM division WHERE code = $1 \
         UNION SELECT d.code FROM division d JOIN own ON d.parent_code = own.code) \
         SELECT d.code, d.name, d.parent_code, d.valid_from, d.valid_until FROM division d \
         WHERE d.code IN (SELECT code FROM own) ORDER BY d.code",
        province
    )
}

/// Adds a division that begins on a day.
///
/// # Errors
/// [`StoreError::Duplicate`] when the code is taken.
pub async fn insert(tx: &mut Tx, new: &NewDivision, parent: &str) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO division (code, name, level, parent_code, valid_from) VALUES ($1, $2, $3, $4, $5)",
        &new.code,
        &new.name,
        if new.is_city { "city" } else { "county" },
        parent,
        new.from.to_string()
    )?;
    Ok(())
}

/// Gives a division its last day.
///
/// # Errors
/// [`StoreError::Conflict`] when it has one already.
pub async fn end(tx: &mut Tx, code: &str, until: Day) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE division SET valid_until = $1 WHERE code = $2 AND valid_until IS NULL",
        until.to_string(),
        code
    )
}

/// Fills the table when it does not hold this binary's list yet.
pub(crate) async fn seed(tx: &mut Tx) -> Result<(), StoreError> {
    let fingerprint = hex::encode(Sha256::digest(CSV));
    if setting::get(&mut *tx, "divisions").await?.as_deref() == Some(fingerprint.as_str()) {
        return Ok(());
    }
    let lines: Vec<[&str; 4]> = CSV
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.splitn(4, ',');
            let mut cell = || cells.next().ok_or(StoreError::Damaged("divisions.csv"));
            Ok([cell()?, cell()?, cell()?, cell()?])
        })
        .collect::<Result<_, StoreError>>()?;
    fetch_rows!(
        &mut *tx,
        (),
        &lines,
        4,
        |tuples| format!(
            "INSERT INTO division (code, name, level, parent_code) VALUES {tuples} ON CONFLICT (code) DO UPDATE \
             SET name = excluded.name, level = excluded.level, parent_code = excluded.parent_code"
        ),
        |line| line[0],
        line[3],
        line[1],
        (!line[2].is_empty()).then_some(line[2])
    );
    setting::put(tx, "divisions", &fingerprint).await
}
