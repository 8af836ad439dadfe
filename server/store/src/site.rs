//! Sites and their fences. Every query is scoped to a host.

use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_optional};
use crate::error::{StoreError, stored};
use crate::rows::fetch_rows;
use domain::attendance::Verdict;
use domain::{CheckInId, Datum, HostId, InternshipId, LatLon, Meters, Moment, SiteId};

/// A site.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Id.
    pub id: SiteId,
    /// Whose.
    pub host: HostId,
    /// Name, unique within the host.
    pub name: String,
    /// Centre, WGS-84.
    pub centre: LatLon,
    /// Radius of the fence.
    pub radius: Meters,
    /// Datum of what was entered.
    pub datum: Datum,
    /// What was entered.
    pub entered: String,
    /// Row version.
    pub version: i64,
}

/// A site with how many active internships allow it.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteInUse {
    /// The site.
    pub site: Site,
    /// Active internships.
    pub people: i64,
}

/// A check-in near a site, for the sketch.
#[derive(Debug, Clone, PartialEq)]
pub struct NearbyCheckIn {
    /// The check-in.
    pub check_in: CheckInId,
    /// Who.
    pub name: String,
    /// When the server took it.
    pub at: Moment,
    /// Where.
    pub position: LatLon,
    /// Accuracy.
    pub accuracy: Meters,
    /// Verdict.
    pub verdict: Verdict,
}

#[derive(sqlx::FromRow)]
struct SiteRow {
    id: String,
    host_id: String,
    name: String,
    lat_e7: i64,
    lon_e7: i64,
    radius_cm: i64,
    datum: String,
    entered: String,
    version: i64,
    people: i64,
}

#[derive(sqlx::FromRow)]
struct AllowedRow {
    internship_id: String,
    #[sqlx(flatten)]
    site: SiteRow,
}

impl TryFrom<SiteRow> for SiteInUse {
    type Error = StoreError;

    fn try_from(row: SiteRow) -> Result<Self, StoreError> {
        Ok(Self {
            site: Site {
                id: stored(row.id.parse().ok(), "site.id")?,
                host: stored(row.host_id.parse().ok(), "site.host_id")?,
                name: row.name,
                centre: stored(LatLon::from_e7(row.lat_e7, row.lon_e7), "site.lat_e7")?,
                radius: Meters::from_cm(row.radius_cm),
                datum: stored(Datum::from_code(&row.datum), "site.datum")?,
                entered: row.entered,
                version: row.version,
            },
            people: row.people,
        })
    }
}

/// Adds a site.
///
/// # Errors
/// [`StoreError::Duplicate`] when the host has a site of that name.
pub async fn insert(tx: &mut Tx, site: &Site, at: Moment) -> Result<(), StoreError> {
    let (lat, lon) = site.centre.to_e7();
    execute!(
        tx,
        "INSERT INTO site (id, host_id, name, lat_e7, lon_e7, radius_cm, datum, entered, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        site.id.to_string(),
        site.host.to_string(),
        &site.name,
        lat,
        lon,
        site.radius.to_cm(),
        site.datum.code(),
        &site.entered,
        at.millis()
    )?;
    Ok(())
}

/// Changes a site of its host.
///
/// # Errors
/// [`StoreError::Conflict`] when it was changed meanwhile, [`StoreError::Duplicate`] when the name is taken.
pub async fn update(tx: &mut Tx, site: &Site) -> Result<(), StoreError> {
    let (lat, lon) = site.centre.to_e7();
    execute_versioned!(
        tx,
        "UPDATE site SET name = $1, lat_e7 = $2, lon_e7 = $3, radius_cm = $4, datum = $5, entered = $6, \
         version = version + 1 WHERE id = $7 AND host_id = $8 AND version = $9",
        &site.name,
        lat,
        lon,
        site.radius.to_cm(),
        site.datum.code(),
        &site.entered,
        site.id.to_string(),
        site.host.to_string(),
        site.version
    )
}

/// All sites of a host, by name.
///
/// # Errors
/// What the database says.
pub async fn of_host(tx: &mut Tx, host: HostId) -> Result<Vec<SiteInUse>, StoreError> {
    fetch_all!(
        tx,
        SiteRow,
        "SELECT s.id, s.host_id, s.name, s.lat_e7, s.lon_e7, s.radius_cm, s.datum, s.entered, s.version, \
         (SELECT COUNT(*) FROM internship_site x JOIN internship i ON i.id = x.internship_id \
          WHERE x.site_id = s.id AND i.state = 'active') AS people \
         FROM site s WHERE s.host_id = $1 ORDER BY s.name, s.id",
        host.to_string()
    )?
    .into_iter()
    .map(SiteInUse::try_from)
    .collect()
}

/// One site of a host.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, host: HostId, id: SiteId) -> Result<Option<SiteInUse>, StoreError> {
    fetch_optional!(
        tx,
        SiteRow,
        "SELECT s.id, s.host_id, s.name, s.lat_e7, s.lon_e7, s.radius_cm, s.datum, s.entered, s.version, \
         (SELECT COUNT(*) FROM internship_site x JOIN internship i ON i.id = x.internship_id \
          WHERE x.site_id = s.id AND i.state = 'active') AS people \
         FROM site s WHERE s.host_id = $1 AND s.id = $2",
        host.to_string(),
        id.to_string()
    )?
    .map(SiteInUse::try_from)
    .transpose()
}

/// The sites that each of these internships allows, by name.
///
/// # Errors
/// What the database says.
pub async fn allowed(tx: &mut Tx, internships: &[InternshipId]) -> Result<Vec<(InternshipId, Site)>, StoreError> {
    fetch_rows!(
        tx,
        AllowedRow,
        internships,
        1,
        |tuples| format!(
            "WITH asked (internship) AS (VALUES {tuples}) \
             SELECT s.id, s.host_id, s.name, s.lat_e7, s.lon_e7, s.radius_cm, s.datum, s.entered, s.version, \
             CAST(0 AS BIGINT) AS people, x.internship_id \
             FROM asked a JOIN internship_site x ON x.internship_id = a.internship JOIN site s ON s.id = x.site_id \
             ORDER BY s.name, s.id"
        ),
        |internship| internship.to_string()
    )
    .into_iter()
    .map(|row| {
        let internship = stored(row.internship_id.parse().ok(), "internship_site.internship_id")?;
        Ok((internship, SiteInUse::try_from(row.site)?.site))
    })
    .collect()
}

/// The newest check-ins whose best site this was, whose coordinates are still kept and whose person still consents.
///
/// # Errors
/// What the database says.
pub async fn recent_check_ins(
    tx: &mut Tx,
    host: HostId,
    site: SiteId,
    limit: i64,
) -> Result<Vec<NearbyCheckIn>, StoreError> {
    fetch_all!(
        tx,
        (String, String, i64, i64, i64, i64, String),
        "SELECT c.id, i.name, c.server_at, c.lat_e7, c.lon_e7, c.accuracy_cm, c.verdict FROM check_in c \
         JOIN internship i ON i.id = c.internship_id \
         JOIN trainee t ON t.id = i.trainee_id AND t.consent_sensitive_at IS NOT NULL \
         WHERE c.host_id = $1 AND c.site_id = $2 AND c.lat_e7 IS NOT NULL ORDER BY c.server_at DESC LIMIT $3",
        host.to_string(),
        site.to_string(),
        limit
    )?
    .into_iter()
    .map(|(id, name, at, lat, lon, accuracy, verdict)| {
        Ok(NearbyCheckIn {
            check_in: stored(id.parse().ok(), "check_in.id")?,
            name,
            at: Moment::from_millis(at),
            position: stored(LatLon::from_e7(lat, lon), "check_in.lat_e7")?,
            accuracy: Meters::from_cm(accuracy),
            verdict: stored(Verdict::from_code(&verdict), "check_in.verdict")?,
        })
    })
    .collect()
}
