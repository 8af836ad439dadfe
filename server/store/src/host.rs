//! Host units and the agencies above them.

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

/// An agency. Some (两江新区) are no division of their own and carry the one above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Id.
    pub id: AgencyId,
    /// Name.
    pub name: String,
    /// Level.
    pub level: AgencyLevel,
    /// GB/T 2260 code.
    pub division_code: String,
    /// The agency above.
    pub parent: Option<AgencyId>,
}

/// Which level an agency works at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgencyLevel {
    /// 省.
    Province,
    /// 市.
    City,
    /// 县.
    County,
}

impl AgencyLevel {
    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
        }
    }

    /// The level with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Province, Self::City, Self::County]
            .into_iter()
            .find(|level| level.code() == code)
    }
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

/// Adds an agency.
///
/// # Errors
/// What the database says.
pub async fn insert_agency(tx: &mut Tx, agency: &Agency) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO agency (id, name, level, division_code, parent_id) VALUES ($1, $2, $3, $4, $5)",
        agency.id.to_string(),
        &agency.name,
        agency.level.code(),
        &agency.division_code,
        agency.parent.map(|id| id.to_string())
    )?;
    Ok(())
}

/// The agency with this id or, failing that, this name.
///
/// # Errors
/// What the database says.
pub async fn find_agency(tx: &mut Tx, id_or_name: &str) -> Result<Option<AgencyId>, StoreError> {
    fetch_optional!(
        tx,
        (String,),
        "SELECT id FROM agency WHERE id = $1 OR name = $1 ORDER BY id LIMIT 1",
        id_or_name
    )?
    .map(|(id,)| stored(id.parse().ok(), "agency.id"))
    .transpose()
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
