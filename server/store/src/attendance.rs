//! Check-ins. Written once under the phone's own id; a second write of the same id never overwrites.

use crate::db::{Tx, execute_versioned, fetch_all, fetch_one, fetch_optional};
use crate::error::{StoreError, stored};
use crate::rows::fetch_rows;
use domain::attendance::{CheckInState, Verdict};
use domain::value::parse_day;
use domain::{AccountId, CheckInId, Day, HostId, InternshipId, LatLon, Meters, Moment, SiteId};

/// A check-in as it is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckIn {
    /// Made by the phone.
    pub id: CheckInId,
    /// Internship.
    pub internship: InternshipId,
    /// Name of the person; read only.
    pub name: String,
    /// Host.
    pub host: HostId,
    /// The best site.
    pub site: SiteId,
    /// Its name; read only.
    pub site_name: String,
    /// The day for which it counts, Asia/Shanghai.
    pub day: Day,
    /// The phone's time.
    pub device_at: Moment,
    /// The server's time.
    pub server_at: Moment,
    /// WGS-84; `None` once purged.
    pub position: Option<LatLon>,
    /// Accuracy.
    pub accuracy: Meters,
    /// Distance to the centre of the best site.
    pub distance: Meters,
    /// Verdict.
    pub verdict: Verdict,
    /// State.
    pub state: CheckInState,
    /// What the trainee wrote.
    pub reason: Option<String>,
    /// What the host wrote.
    pub note: Option<String>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<Moment>,
    /// Hash of what the phone sent.
    pub content_hash: String,
    /// Row version.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct CheckInRow {
    id: String,
    internship_id: String,
    name: String,
    host_id: String,
    site_id: String,
    site_name: String,
    day: String,
    device_at: i64,
    server_at: i64,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
    accuracy_cm: i64,
    distance_cm: i64,
    verdict: String,
    state: String,
    reason: Option<String>,
    note: Option<String>,
    decided_by: Option<String>,
    decided_at: Option<i64>,
    content_hash: String,
    version: i64,
}

impl TryFrom<CheckInRow> for CheckIn {
    type Error = StoreError;

    fn try_from(row: CheckInRow) -> Result<Self, StoreError> {
        let position = match (row.lat_e7, row.lon_e7) {
            (Some(lat), Some(lon)) => Some(stored(LatLon::from_e7(lat, lon), "check_in.lat_e7")?),
            _ => None,
        };
        Ok(Self {
            id: stored(row.id.parse().ok(), "check_in.id")?,
            internship: stored(row.internship_id.parse().ok(), "check_in.internship_id")?,
            name: row.name,
            host: stored(row.host_id.parse().ok(), "check_in.host_id")?,
            site: stored(row.site_id.parse().ok(), "check_in.site_id")?,
            site_name: row.site_name,
            day: stored(parse_day(&row.day), "check_in.day")?,
            device_at: Moment::from_millis(row.device_at),
            server_at: Moment::from_millis(row.server_at),
            position,
            accuracy: Meters::from_cm(row.accuracy_cm),
            distance: Meters::from_cm(row.distance_cm),
            verdict: stored(Verdict::from_code(&row.verdict), "check_in.verdict")?,
            state: stored(CheckInState::from_code(&row.state), "check_in.state")?,
            reason: row.reason,
            note: row.note,
            decided_by: row
                .decided_by
                .map(|id| stored(id.parse().ok(), "check_in.decided_by"))
                .transpose()?,
            decided_at: row.decided_at.map(Moment::from_millis),
            content_hash: row.content_hash,
            version: row.version,
        })
    }
}

/// Every read starts with these columns.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.internship_id, i.name, c.host_id, c.site_id, s.name AS site_name, c.day, c.device_at, ",
            "c.server_at, c.lat_e7, c.lon_e7, c.accuracy_cm, c.distance_cm, c.verdict, c.state, c.reason, c.note, ",
            "c.decided_by, c.decided_at, c.content_hash, c.version FROM check_in c ",
            "JOIN internship i ON i.id = c.internship_id JOIN site s ON s.id = c.site_id ",
            $rest
        )
    };
}

/// Records check-ins, each unless its id is there already; answers the ids that were new.
///
/// # Errors
/// What the database says.
pub async fn insert(tx: &mut Tx, check_ins: &[CheckIn]) -> Result<Vec<CheckInId>, StoreError> {
    let written = fetch_rows!(
        tx,
        (String,),
        check_ins,
        20,
        |tuples| format!(
            "INSERT INTO check_in (id, internship_id, host_id, site_id, day, device_at, server_at, lat_e7, lon_e7, \
             accuracy_cm, distance_cm, how, offline, verdict, state, reason, note, decided_by, decided_at, content_hash) \
             VALUES {tuples} ON CONFLICT (id) DO NOTHING RETURNING id"
        ),
        |check_in| check_in.id.to_string(),
        check_in.internship.to_string(),
        check_in.host.to_string(),
        check_in.site.to_string(),
        check_in.day.to_string(),
        check_in.device_at.millis(),
        check_in.server_at.millis(),
        check_in.position.map(|position| position.to_e7().0),
        check_in.position.map(|position| position.to_e7().1),
        check_in.accuracy.to_cm(),
        check_in.distance.to_cm(),
        "position",
        false,
        check_in.verdict.code(),
        check_in.state.code(),
        &check_in.reason,
        &check_in.note,
        check_in.decided_by.map(|id| id.to_string()),
        check_in.decided_at.map(Moment::millis),
        &check_in.content_hash
    );
    written
        .into_iter()
        .map(|(id,)| stored(id.parse().ok(), "check_in.id"))
        .collect()
}

/// Saves the host's decision, if nobody decided since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] when it was changed meanwhile.
pub async fn save_decision(tx: &mut Tx, check_in: &CheckIn) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE check_in SET state = $1, note = $2, decided_by = $3, decided_at = $4, version = version + 1 \
         WHERE id = $5 AND host_id = $6 AND version = $7",
        check_in.state.code(),
        &check_in.note,
        check_in.decided_by.map(|id| id.to_string()),
        check_in.decided_at.map(Moment::millis),
        check_in.id.to_string(),
        check_in.host.to_string(),
        check_in.version
    )
}

/// Which of these check-ins are recorded, each looked for in the internship that it is asked with.
///
/// # Errors
/// What the database says.
pub async fn recorded(tx: &mut Tx, asked: &[(InternshipId, CheckInId)]) -> Result<Vec<CheckIn>, StoreError> {
    fetch_rows!(
        tx,
        CheckInRow,
        asked,
        2,
        |tuples| format!(
            "WITH asked (internship, id) AS (VALUES {tuples}) {}",
            select!("JOIN asked a ON a.id = c.id AND a.internship = c.internship_id")
        ),
        |pair| pair.0.to_string(),
        pair.1.to_string()
    )
    .into_iter()
    .map(CheckIn::try_from)
    .collect()
}

/// A check-in of this host by its id.
///
/// # Errors
/// What the database says.
pub async fn find_of_host(tx: &mut Tx, host: HostId, id: CheckInId) -> Result<Option<CheckIn>, StoreError> {
    fetch_optional!(
        tx,
        CheckInRow,
        select!("WHERE c.host_id = $1 AND c.id = $2"),
        host.to_string(),
        id.to_string()
    )?
    .map(CheckIn::try_from)
    .transpose()
}

/// All check-ins of an internship between two days, newest first.
///
/// # Errors
/// What the database says.
pub async fn of_internship(
    tx: &mut Tx,
    internship: InternshipId,
    from: Day,
    to: Day,
) -> Result<Vec<CheckIn>, StoreError> {
    fetch_all!(
        tx,
        CheckInRow,
        select!("WHERE c.internship_id = $1 AND c.day >= $2 AND c.day <= $3 ORDER BY c.server_at DESC, c.id DESC"),
        internship.to_string(),
        from.to_string(),
        to.to_string()
    )?
    .into_iter()
    .map(CheckIn::try_from)
    .collect()
}

/// All check-ins of a host's internships between two days, newest first.
///
/// # Errors
/// What the database says.
pub async fn of_host(tx: &mut Tx, host: HostId, from: Day, to: Day) -> Result<Vec<CheckIn>, StoreError> {
    fetch_all!(
        tx,
        CheckInRow,
        select!(
            "WHERE c.host_id = $1 AND c.day >= $2 AND c.day <= $3 AND i.state IN ('active', 'ended') \
             ORDER BY c.server_at DESC, c.id DESC"
        ),
        host.to_string(),
        from.to_string(),
        to.to_string()
    )?
    .into_iter()
    .map(CheckIn::try_from)
    .collect()
}

/// The host's waiting check-ins, oldest first: the longest wait is decided first.
///
/// # Errors
/// What the database says.
pub async fn waiting_of_host(tx: &mut Tx, host: HostId, limit: i64) -> Result<Vec<CheckIn>, StoreError> {
    fetch_all!(
        tx,
        CheckInRow,
        select!("WHERE c.host_id = $1 AND c.state = 'waiting' ORDER BY c.server_at, c.id LIMIT $2"),
        host.to_string(),
        limit
    )?
    .into_iter()
    .map(CheckIn::try_from)
    .collect()
}

/// How many check-ins wait for the host.
///
/// # Errors
/// What the database says.
pub async fn count_waiting(tx: &mut Tx, host: HostId) -> Result<i64, StoreError> {
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM check_in WHERE host_id = $1 AND state = 'waiting'",
        host.to_string()
    )?;
    Ok(count)
}

/// Distinct days between two days with a check-in that counts, of these internships, as (internship, day).
///
/// # Errors
/// What the database says.
pub async fn counted_days(
    tx: &mut Tx,
    internships: &[InternshipId],
    from: Day,
    to: Day,
) -> Result<Vec<(InternshipId, Day)>, StoreError> {
    fetch_rows!(
        tx,
        (String, String),
        internships,
        3,
        |tuples| format!(
            "WITH asked (internship, first, last) AS (VALUES {tuples}) \
             SELECT DISTINCT c.internship_id, c.day FROM asked a JOIN check_in c \
             ON c.internship_id = a.internship AND c.day >= a.first AND c.day <= a.last \
             WHERE c.state IN ('valid', 'confirmed')"
        ),
        |internship| internship.to_string(),
        from.to_string(),
        to.to_string()
    )
    .into_iter()
    .map(internship_and_day)
    .collect()
}

/// Distinct days with a check-in that counts, of all internships of a host, as (internship, day).
///
/// # Errors
/// What the database says.
pub async fn counted_days_of_host(tx: &mut Tx, host: HostId) -> Result<Vec<(InternshipId, Day)>, StoreError> {
    fetch_all!(
        tx,
        (String, String),
        "SELECT DISTINCT c.internship_id, c.day FROM check_in c JOIN internship i ON i.id = c.internship_id \
         WHERE c.host_id = $1 AND i.state IN ('active', 'ended') AND c.state IN ('valid', 'confirmed') ORDER BY c.internship_id, c.day",
        host.to_string()
    )?
    .into_iter()
    .map(internship_and_day)
    .collect()
}

fn internship_and_day((id, day): (String, String)) -> Result<(InternshipId, Day), StoreError> {
    Ok((
        stored(id.parse().ok(), "check_in.internship_id")?,
        stored(parse_day(&day), "check_in.day")?,
    ))
}
