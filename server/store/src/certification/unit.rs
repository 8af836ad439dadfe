//! Hosts as an agency lists them.

use crate::db::{Tx, fetch_all, fetch_one, fetch_optional};
use crate::error::{StoreError, stored};
use crate::rows::like;
use domain::certification::CertificationState;
use domain::host::HostStanding;
use domain::{AgencyId, Day, HostId, Moment};

/// Which hosts an agency sees: those that it or an agency below certified, and those that lie in their areas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The agency.
    pub agency: AgencyId,
    /// Starts of division codes (two, four or six digits) that it and those below look after.
    pub areas: Vec<String>,
}

/// Which part of them.
#[derive(Debug, Clone, Copy)]
pub struct UnitScope<'a> {
    /// Which hosts.
    pub reach: &'a Reach,
    /// Where the certification stands, or all.
    pub state: Option<CertificationState>,
    /// Only hosts that the agency itself certified and that were idle since before this moment.
    pub idle_before: Option<Moment>,
    /// Part of the name, or nothing.
    pub search: &'a str,
}

/// A host with what the list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Id.
    pub id: HostId,
    /// Name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// GB/T 2260 code of the 经营地址.
    pub division_code: String,
    /// Rest of the address.
    pub address: String,
    /// Name of the county of the 经营地址.
    pub county: String,
    /// Where the certification stands.
    pub state: CertificationState,
    /// The agency that certified it.
    pub certified_by: Option<AgencyId>,
    /// Its name.
    pub certified_by_name: Option<String>,
    /// Since when it is certified.
    pub certified_at: Option<Moment>,
    /// The last day of a rectification.
    pub rectify_until: Option<Day>,
    /// The last event of the certification, or when the host was made.
    pub moved_at: Moment,
    /// People in an internship now.
    pub active: i64,
    /// People who were invited and have not answered.
    pub offered: i64,
    /// The latest invitation.
    pub offered_at: Option<Moment>,
    /// The last day of an internship that was begun.
    pub worked_until: Option<Day>,
}

#[derive(sqlx::FromRow)]
struct UnitRow {
    id: String,
    name: String,
    credit_code: String,
    division_code: String,
    address: String,
    county: Option<String>,
    standing: String,
    state: Option<String>,
    certified_by: Option<String>,
    certified_by_name: Option<String>,
    certified_at: Option<i64>,
    rectify_until: Option<String>,
    created_at: i64,
    moved_at: Option<i64>,
    active: i64,
    offered: i64,
    offered_at: Option<i64>,
    worked_until: Option<String>,
}

impl TryFrom<UnitRow> for Unit {
    type Error = StoreError;

    fn try_from(row: UnitRow) -> Result<Self, StoreError> {
        let standing = stored(HostStanding::from_code(&row.standing), "host.standing")?;
        let state = match row.state {
            Some(code) => stored(CertificationState::from_code(&code), "certification.state")?,
            None => CertificationState::of_standing(standing),
        };
        Ok(Self {
            id: stored(row.id.parse().ok(), "host.id")?,
            name: row.name,
            credit_code: row.credit_code,
            county: row.county.unwrap_or_else(|| row.division_code.clone()),
            division_code: row.division_code,
            address: row.address,
            state,
            certified_by: row
                .certified_by
                .map(|id| stored(id.parse().ok(), "host.certified_by"))
                .transpose()?,
            certified_by_name: row.certified_by_name,
            certified_at: row
                .certified_at
                .or_else(|| (standing == HostStanding::Certified).then_some(row.created_at))
                .map(Moment::from_millis),
            rectify_until: row
                .rectify_until
                .map(|day| stored(day.parse().ok(), "certification.rectify_until"))
                .transpose()?,
            moved_at: Moment::from_millis(row.moved_at.unwrap_or(row.created_at)),
            active: row.active,
            offered: row.offered,
            offered_at: row.offered_at.map(Moment::from_millis),
            worked_until: row
                .worked_until
                .map(|day| stored(day.parse().ok(), "internship.ends_on"))
                .transpose()?,
        })
    }
}

/// Every read of hosts starts with these columns and this reach: `$1` the agency, `$2` its areas.
macro_rules! select_unit {
    ($rest:literal) => {
        concat!(
            "WITH RECURSIVE below (id) AS (SELECT id FROM agency WHERE id = $1 ",
            "UNION SELECT a.id FROM agency a JOIN below b ON a.parent_id = b.id) ",
            "SELECT h.id, h.name, h.credit_code, h.division_code, h.address, d.name AS county, h.standing, c.state, h.certified_by, ",
            "a.name AS certified_by_name, c.certified_at, c.rectify_until, h.created_at, c.moved_at, ",
            "(SELECT COUNT(*) FROM internship i WHERE i.host_id = h.id AND i.state = 'active') AS active, ",
            "(SELECT COUNT(*) FROM internship i WHERE i.host_id = h.id AND i.state = 'offered') AS offered, ",
            "(SELECT MAX(i.offered_at) FROM internship i WHERE i.host_id = h.id) AS offered_at, ",
            "(SELECT MAX(i.ends_on) FROM internship i WHERE i.host_id = h.id AND i.state IN ('active', 'ended')) AS worked_until ",
            "FROM host h LEFT JOIN certification c ON c.host_id = h.id LEFT JOIN division d ON d.code = h.division_code ",
            "LEFT JOIN agency a ON a.id = h.certified_by ",
            "WHERE (h.certified_by IN (SELECT id FROM below) OR $2 LIKE '%,' || h.division_code || ',%' ",
            "OR $2 LIKE '%,' || substr(h.division_code, 1, 4) || ',%' OR $2 LIKE '%,' || substr(h.division_code, 1, 2) || ',%') ",
            $rest
        )
    };
}

/// A host without a sign of life since `$3` (milliseconds) and `$4` (the same as a day), certified by `$1`.
macro_rules! idle {
    () => {
        "h.certified_by = $1 AND h.standing = 'certified' AND COALESCE(c.state, 'certified') = 'certified' \
         AND COALESCE(c.moved_at, h.created_at) < $3 \
         AND NOT EXISTS (SELECT 1 FROM internship i WHERE i.host_id = h.id AND (i.state IN ('active', 'offered') \
         OR i.offered_at >= $3 OR (i.state = 'ended' AND i.ends_on >= $4)))"
    };
}

/// Hosts after the last line of the page before (name and id), by name, at most `limit`.
///
/// # Errors
/// What the database says.
pub async fn units(
    tx: &mut Tx,
    scope: UnitScope<'_>,
    after: (&str, &str),
    limit: i64,
) -> Result<Vec<Unit>, StoreError> {
    let agency = scope.reach.agency.to_string();
    let areas = scope.reach.joined();
    let pattern = like(scope.search);
    let rows = match scope.idle_before {
        Some(before) => fetch_all!(
            tx,
            UnitRow,
            concat!(
                select_unit!("AND "),
                idle!(),
                " AND ($5 = '' OR h.name LIKE $5 ESCAPE '!') AND (h.name, h.id) > ($6, $7) ORDER BY h.name, h.id LIMIT $8"
            ),
            &agency,
            &areas,
            before.millis(),
            before.day().to_string(),
            &pattern,
            after.0,
            after.1,
            limit
        ),
        None => fetch_all!(
            tx,
            UnitRow,
            select_unit!(
                "AND ($3 = '' OR COALESCE(c.state, CASE h.standing WHEN 'certified' THEN 'certified' WHEN 'closed' \
                 THEN 'cleaned_out' ELSE 'draft' END) = $3) \
                 AND ($4 = '' OR h.name LIKE $4 ESCAPE '!') AND (h.name, h.id) > ($5, $6) ORDER BY h.name, h.id LIMIT $7"
            ),
            &agency,
            &areas,
            scope.state.map_or("", CertificationState::code),
            &pattern,
            after.0,
            after.1,
            limit
        ),
    }?;
    rows.into_iter().map(Unit::try_from).collect()
}

/// One host within the reach.
///
/// # Errors
/// What the database says.
pub async fn find_unit(tx: &mut Tx, reach: &Reach, host: HostId) -> Result<Option<Unit>, StoreError> {
    fetch_optional!(
        tx,
        UnitRow,
        select_unit!("AND h.id = $3"),
        reach.agency.to_string(),
        reach.joined(),
        host.to_string()
    )?
    .map(Unit::try_from)
    .transpose()
}

/// How many hosts that the agency certified were idle since before a moment, counted up to `limit`.
///
/// # Errors
/// What the database says.
pub async fn count_idle(tx: &mut Tx, agency: AgencyId, before: Moment, limit: i64) -> Result<i64, StoreError> {
    let (number,): (i64,) = fetch_one!(
        tx,
        (i64,),
        concat!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM host h LEFT JOIN certification c ON c.host_id = h.id WHERE ",
            idle!(),
            " LIMIT $2) AS found"
        ),
        agency.to_string(),
        limit,
        before.millis(),
        before.day().to_string()
    )?;
    Ok(number)
}

/// Whether somebody works at the host or is invited.
///
/// # Errors
/// What the database says.
pub async fn is_busy(tx: &mut Tx, host: HostId) -> Result<bool, StoreError> {
    let (busy,): (bool,) = fetch_one!(
        tx,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM internship WHERE host_id = $1 AND state IN ('active', 'offered'))",
        host.to_string()
    )?;
    Ok(busy)
}

impl Reach {
    /// `,52,5201,`: one text, so that a query takes any number of areas.
    fn joined(&self) -> String {
        format!(",{},", self.areas.join(","))
    }
}
