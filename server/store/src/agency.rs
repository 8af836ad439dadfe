//! Agencies and the divisions that they look after.

use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_optional};
use crate::error::{StoreError, stored};
use crate::reach::within_reach;
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
    insert_areas(tx, agency).await
}

async fn insert_areas(tx: &mut Tx, agency: &Agency) -> Result<(), StoreError> {
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

/// Changes an open agency with its areas. Who may touch it was asked with [`standing`] in the same transaction.
///
/// # Errors
/// [`StoreError::Conflict`] when it was changed or closed meanwhile.
pub async fn update(tx: &mut Tx, agency: &Agency, version: i64) -> Result<(), StoreError> {
    execute_versioned!(
        &mut *tx,
        "UPDATE agency SET name = $1, level = $2, division_code = $3, parent_id = $4, version = version + 1 \
         WHERE id = $5 AND version = $6 AND closed = $7",
        &agency.name,
        agency.level.code(),
        &agency.division,
        agency.parent.map(|id| id.to_string()),
        agency.id.to_string(),
        version,
        false
    )?;
    execute!(
        &mut *tx,
        "DELETE FROM agency_area WHERE agency_id = $1",
        agency.id.to_string()
    )?;
    insert_areas(tx, agency).await
}

/// Closes an agency.
///
/// # Errors
/// [`StoreError::Conflict`] when it was changed or closed meanwhile.
pub async fn close(tx: &mut Tx, id: AgencyId, version: i64) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE agency SET closed = $1, version = version + 1 WHERE id = $2 AND version = $3 AND closed = $4",
        true,
        id.to_string(),
        version,
        false
    )
}

/// An open agency's row version and what hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The agency.
    pub id: AgencyId,
    /// Row version.
    pub version: i64,
    /// Hosts that it certified and that are not closed.
    pub hosts: i64,
    /// Cases that lie at its desk, or that it returned.
    pub cases: i64,
    /// Accounts that are not barred.
    pub accounts: i64,
}

/// Every open agency that is `own` or below it.
///
/// # Errors
/// What the database says.
pub async fn standing(tx: &mut Tx, own: AgencyId) -> Result<Vec<Standing>, StoreError> {
    fetch_all!(
        tx,
        (String, i64, i64, i64, i64),
        within_reach!(
            "SELECT g.id, g.version, \
             (SELECT COUNT(*) FROM host h WHERE h.certified_by = g.id AND h.standing <> 'closed'), \
             (SELECT COUNT(*) FROM review_case c WHERE c.agency_id = g.id AND c.state = 'submitted') \
              + (SELECT COUNT(*) FROM review_case c WHERE c.agency_id = g.id AND c.state = 'returned'), \
             (SELECT COUNT(*) FROM account a WHERE a.agency_id = g.id AND a.disabled = $2) \
             FROM agency g WHERE g.id IN (SELECT id FROM reach) AND g.closed = $2"
        ),
        own.to_string(),
        false
    )?
    .into_iter()
    .map(|(id, version, hosts, cases, accounts)| {
        Ok(Standing {
            id: stored(id.parse().ok(), "agency.id")?,
            version,
            hosts,
            cases,
            accounts,
        })
    })
    .collect()
}

/// Makes those who change agencies or their accounts take turns, because the guards look at several rows at once. SQLite
/// has one writer anyway; PostgreSQL needs a lock, which goes with the transaction.
///
/// # Errors
/// What the database says.
pub async fn hold(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => {}
        Tx::Postgres(_) => {
            execute!(tx, "SELECT pg_advisory_xact_lock(20260902)")?;
        }
    }
    Ok(())
}

/// What relies on an agency being open waits for [`hold`], and `hold` for it; many can rely at once. Asked before the first
/// audit event of a transaction, whose head is a lock, too.
///
/// # Errors
/// What the database says.
pub async fn rely(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => {}
        Tx::Postgres(_) => {
            execute!(tx, "SELECT pg_advisory_xact_lock_shared(20260902)")?;
        }
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
