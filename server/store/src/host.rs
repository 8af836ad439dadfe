//! Host units.

use crate::db::{Tx, execute, fetch_optional};
use crate::error::{StoreError, stored};
use domain::host::HostStanding;
use domain::{AgencyId, CreditCode, HostId, Moment};

/// A host unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Id.
    pub id: HostId,
    /// Name on the licence.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: CreditCode,
    /// GB/T 2260 code of the 经营地址, which selects the rule pack.
    pub division_code: String,
    /// Rest of the address.
    pub address: String,
    /// Standing.
    pub standing: HostStanding,
    /// The agency that certified it.
    pub certified_by: Option<AgencyId>,
    /// When it was made.
    pub created_at: Moment,
    /// Row version.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct HostRow {
    id: String,
    name: String,
    credit_code: String,
    division_code: String,
    address: String,
    standing: String,
    certified_by: Option<String>,
    created_at: i64,
    version: i64,
}

impl TryFrom<HostRow> for Host {
    type Error = StoreError;

    fn try_from(row: HostRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: stored(row.id.parse().ok(), "host.id")?,
            name: row.name,
            credit_code: stored(CreditCode::parse(&row.credit_code).ok(), "host.credit_code")?,
            division_code: row.division_code,
            address: row.address,
            standing: stored(HostStanding::from_code(&row.standing), "host.standing")?,
            certified_by: row
                .certified_by
                .map(|id| stored(id.parse().ok(), "host.certified_by"))
                .transpose()?,
            created_at: Moment::from_millis(row.created_at),
            version: row.version,
        })
    }
}

/// Adds a host.
///
/// # Errors
/// [`StoreError::Duplicate`] when the credit code is taken.
pub async fn insert(tx: &mut Tx, host: &Host) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO host (id, name, credit_code, division_code, address, standing, certified_by, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        host.id.to_string(),
        &host.name,
        host.credit_code.as_str(),
        &host.division_code,
        &host.address,
        host.standing.code(),
        host.certified_by.map(|id| id.to_string()),
        host.created_at.millis()
    )?;
    Ok(())
}

/// One host.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, id: HostId) -> Result<Option<Host>, StoreError> {
    fetch_optional!(
        tx,
        HostRow,
        "SELECT id, name, credit_code, division_code, address, standing, certified_by, created_at, version \
         FROM host WHERE id = $1",
        id.to_string()
    )?
    .map(Host::try_from)
    .transpose()
}

/// The host with this id, credit code or name, in this order.
///
/// # Errors
/// What the database says.
pub async fn find_by_text(tx: &mut Tx, text: &str) -> Result<Option<HostId>, StoreError> {
    fetch_optional!(
        tx,
        (String,),
        "SELECT id FROM host WHERE id = $1 OR credit_code = $1 OR name = $1 \
         ORDER BY CASE $1 WHEN id THEN 0 WHEN credit_code THEN 1 ELSE 2 END, id LIMIT 1",
        text
    )?
    .map(|(id,)| stored(id.parse().ok(), "host.id"))
    .transpose()
}
