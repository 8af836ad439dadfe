//! Agencies and the divisions that they look after.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::error::{StoreError, stored};
use domain::AgencyId;
use domain::agency::{Agency, AgencyLevel, Directory};
use std::collections::BTreeMap;

#[derive(sqlx::FromRow)]
struct AgencyRow {
    id: String,
    name: String,
    level: String,
    division_code: String,
    parent_id: Option<String>,
}

/// Adds an agency with its areas.
///
/// # Errors
/// What the database says.
pub async fn insert(tx: &mut Tx, agency: &Agency) -> Result<(), StoreError> {
    execute!(
        &mut *tx,
        "INSERT INTO agency (id, name, level, division_code, parent_id) VALUES ($1, $2, $3, $4, $5)",
        agency.id.to_string(),
        &agency.name,
        agency.level.code(),
        &agency.division,
        agency.parent.map(|id| id.to_string())
    )?;
    for area in &agency.areas {
        execute!(
            &mut *tx,
            "INSERT INTO agency_area (agency_id, division_code) VALUES ($1, $2)",
            agency.id.to_string(),
            area
        )?;
    }
    Ok(())
}

/// The open agency with this id or, failing that, this name.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, id_or_name: &str) -> Result<Option<AgencyId>, StoreError> {
    fetch_optional!(
        tx,
        (String,),
        "SELECT id FROM agency WHERE (id = $1 OR name = $1) AND closed = $2 ORDER BY id LIMIT 1",
        id_or_name,
        false
    )?
    .map(|(id,)| stored(id.parse().ok(), "agency.id"))
    .transpose()
}

/// Every open agency, by name.
///
/// # Errors
/// What the database says.
pub async fn directory(tx: &mut Tx) -> Result<Directory, StoreError> {
    let mut areas: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (agency, division) in fetch_all!(
        &mut *tx,
        (String, String),
        "SELECT agency_id, division_code FROM agency_area ORDER BY agency_id, division_code"
    )? {
        areas.entry(agency).or_default().push(division);
    }
    let rows = fetch_all!(
        tx,
        AgencyRow,
        "SELECT id, name, level, division_code, parent_id FROM agency WHERE closed = $1 ORDER BY name, id",
        false
    )?;
    let agencies = rows
        .into_iter()
        .map(|row| {
            Ok(Agency {
                id: stored(row.id.parse().ok(), "agency.id")?,
                areas: areas.remove(&row.id).unwrap_or_default(),
                name: row.name,
                level: stored(AgencyLevel::from_code(&row.level), "agency.level")?,
                division: row.division_code,
                parent: row
                    .parent_id
                    .map(|id| stored(id.parse().ok(), "agency.parent_id"))
                    .transpose()?,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(Directory::new(agencies))
}
