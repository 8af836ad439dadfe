//! Internships. A trainee reaches their own (or, before the answer, those offered to their name and number), an operator
//! those of the own host; the scope is part of each query.

use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_optional};
use crate::error::{StoreError, stored};
use crate::rows::fetch_rows;
use domain::internship::InternshipState;
use domain::value::parse_day;
use domain::{AccountId, Day, Fen, HostId, InternshipId, Moment, SiteId, TraineeId};

/// An internship with the names that every screen shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Internship {
    /// Id.
    pub id: InternshipId,
    /// Host.
    pub host: HostId,
    /// Name of the host; read only.
    pub host_name: String,
    /// Division of the host, which selects the rule pack; read only.
    pub host_division: String,
    /// Known once the person has confirmed.
    pub trainee: Option<TraineeId>,
    /// As the host entered it.
    pub name: String,
    /// Blind index of the mobile number that the host entered.
    pub phone_index: String,
    /// The number itself, sealed.
    pub phone_sealed: String,
    /// Post title.
    pub post: String,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// Allowance a month.
    pub allowance: Fen,
    /// State.
    pub state: InternshipState,
    /// Why the person declined.
    pub decline_reason: Option<String>,
    /// The operator who entered it.
    pub offered_by: AccountId,
    /// When.
    pub offered_at: Moment,
    /// When the person answered.
    pub answered_at: Option<Moment>,
    /// Row version.
    pub version: i64,
}

/// Who a trainee is to the query: the record, and what a host would have entered before there was one.
#[derive(Debug, Clone, Copy)]
pub struct TraineeScope<'a> {
    /// The trainee.
    pub trainee: TraineeId,
    /// Name.
    pub name: &'a str,
    /// Blind index of the mobile number.
    pub phone_index: &'a str,
}

#[derive(sqlx::FromRow)]
struct InternshipRow {
    id: String,
    host_id: String,
    host_name: String,
    host_division: String,
    trainee_id: Option<String>,
    name: String,
    phone_index: String,
    phone_sealed: String,
    post: String,
    starts_on: String,
    ends_on: String,
    allowance_fen: i64,
    state: String,
    decline_reason: Option<String>,
    offered_by: String,
    offered_at: i64,
    answered_at: Option<i64>,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct OwnRow {
    #[sqlx(flatten)]
    internship: InternshipRow,
    consented: bool,
}

impl TryFrom<InternshipRow> for Internship {
    type Error = StoreError;

    fn try_from(row: InternshipRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: stored(row.id.parse().ok(), "internship.id")?,
            host: stored(row.host_id.parse().ok(), "internship.host_id")?,
            host_name: row.host_name,
            host_division: row.host_division,
            trainee: row
                .trainee_id
                .map(|id| stored(id.parse().ok(), "internship.trainee_id"))
                .transpose()?,
            name: row.name,
            phone_index: row.phone_index,
            phone_sealed: row.phone_sealed,
            post: row.post,
            starts_on: stored(parse_day(&row.starts_on), "internship.starts_on")?,
            ends_on: stored(parse_day(&row.ends_on), "internship.ends_on")?,
            allowance: stored(Fen::from_fen(row.allowance_fen), "internship.allowance_fen")?,
            state: stored(InternshipState::from_code(&row.state), "internship.state")?,
            decline_reason: row.decline_reason,
            offered_by: stored(row.offered_by.parse().ok(), "internship.offered_by")?,
            offered_at: Moment::from_millis(row.offered_at),
            answered_at: row.answered_at.map(Moment::from_millis),
            version: row.version,
        })
    }
}

/// Every read starts with these columns.
macro_rules! select {
    ($rest:literal) => {
        select!($rest, "")
    };
    ($rest:literal, $more:literal) => {
        concat!(
            "SELECT i.id, i.host_id, h.name AS host_name, h.division_code AS host_division, i.trainee_id, i.name, ",
            "i.phone_index, i.phone_sealed, i.post, i.starts_on, i.ends_on, i.allowance_fen, i.state, i.decline_reason, ",
            "i.offered_by, i.offered_at, i.answered_at, i.version",
            $more,
            " FROM internship i JOIN host h ON h.id = i.host_id ",
            $rest
        )
    };
}

/// Adds an internship with its allowed sites.
///
/// # Errors
/// What the database says.
pub async fn insert(tx: &mut Tx, internship: &Internship, sites: &[SiteId]) -> Result<(), StoreError> {
    execute!(
        &mut *tx,
        "INSERT INTO internship (id, host_id, trainee_id, name, phone_index, phone_sealed, post, starts_on, ends_on, \
         allowance_fen, state, decline_reason, offered_by, offered_at, answered_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        internship.id.to_string(),
        internship.host.to_string(),
        internship.trainee.map(|id| id.to_string()),
        &internship.name,
        &internship.phone_index,
        &internship.phone_sealed,
        &internship.post,
        internship.starts_on.to_string(),
        internship.ends_on.to_string(),
        internship.allowance.fen(),
        internship.state.code(),
        &internship.decline_reason,
        internship.offered_by.to_string(),
        internship.offered_at.millis(),
        internship.answered_at.map(Moment::millis)
    )?;
    for site in sites {
        execute!(
            &mut *tx,
            "INSERT INTO internship_site (internship_id, site_id) VALUES ($1, $2)",
            internship.id.to_string(),
            site.to_string()
        )?;
    }
    Ok(())
}

/// Moves an internship to a new state, if nobody did so since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] when it was changed meanwhile; [`StoreError::Duplicate`] when the trainee would be active twice.
pub async fn save_state(tx: &mut Tx, internship: &Internship) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE internship SET state = $1, trainee_id = $2, decline_reason = $3, answered_at = $4, version = version + 1 \
         WHERE id = $5 AND host_id = $6 AND version = $7",
        internship.state.code(),
        internship.trainee.map(|id| id.to_string()),
        &internship.decline_reason,
        internship.answered_at.map(Moment::millis),
        internship.id.to_string(),
        internship.host.to_string(),
        internship.version
    )
}

/// The roster of a host: every internship, newest first.
///
/// # Errors
/// What the database says.
pub async fn of_host(tx: &mut Tx, host: HostId) -> Result<Vec<Internship>, StoreError> {
    fetch_all!(
        tx,
        InternshipRow,
        select!("WHERE i.host_id = $1 ORDER BY i.offered_at DESC, i.id DESC"),
        host.to_string()
    )?
    .into_iter()
    .map(Internship::try_from)
    .collect()
}

/// The host's people whose attendance belongs on a board of these days: active ones, and ended ones that reached into them.
///
/// # Errors
/// What the database says.
pub async fn of_host_between(tx: &mut Tx, host: HostId, from: Day, to: Day) -> Result<Vec<Internship>, StoreError> {
    fetch_all!(
        tx,
        InternshipRow,
        select!(
            "WHERE i.host_id = $1 AND (i.state = 'active' OR (i.state = 'ended' AND i.starts_on <= $3 AND i.ends_on >= $2)) \
             ORDER BY i.name, i.id"
        ),
        host.to_string(),
        from.to_string(),
        to.to_string()
    )?
    .into_iter()
    .map(Internship::try_from)
    .collect()
}

/// Active internships of every host whose last day lies before `today`, for the clock's own work.
///
/// # Errors
/// What the database says.
pub async fn active_past(tx: &mut Tx, today: Day) -> Result<Vec<Internship>, StoreError> {
    fetch_all!(
        tx,
        InternshipRow,
        select!("WHERE i.state = 'active' AND i.ends_on < $1 ORDER BY i.ends_on, i.id LIMIT 1000"),
        today.to_string()
    )?
    .into_iter()
    .map(Internship::try_from)
    .collect()
}

/// One internship of a host.
///
/// # Errors
/// What the database says.
pub async fn find_of_host(tx: &mut Tx, host: HostId, id: InternshipId) -> Result<Option<Internship>, StoreError> {
    fetch_optional!(
        tx,
        InternshipRow,
        select!("WHERE i.host_id = $1 AND i.id = $2"),
        host.to_string(),
        id.to_string()
    )?
    .map(Internship::try_from)
    .transpose()
}

/// One internship that is the trainee's, or is offered to them.
///
/// # Errors
/// What the database says.
pub async fn find_of_trainee(
    tx: &mut Tx,
    scope: TraineeScope<'_>,
    id: InternshipId,
) -> Result<Option<Internship>, StoreError> {
    fetch_optional!(
        tx,
        InternshipRow,
        select!(
            "WHERE i.id = $1 AND (i.trainee_id = $2 OR (i.trainee_id IS NULL AND i.phone_index = $3 AND i.name = $4))"
        ),
        id.to_string(),
        scope.trainee.to_string(),
        scope.phone_index,
        scope.name
    )?
    .map(Internship::try_from)
    .transpose()
}

/// The offers that wait for this trainee's answer, newest first.
///
/// # Errors
/// What the database says.
pub async fn offers_to(tx: &mut Tx, scope: TraineeScope<'_>) -> Result<Vec<Internship>, StoreError> {
    fetch_all!(
        tx,
        InternshipRow,
        select!(
            "WHERE i.state = 'offered' AND i.trainee_id IS NULL AND i.phone_index = $1 AND i.name = $2 \
             ORDER BY i.offered_at DESC, i.id DESC"
        ),
        scope.phone_index,
        scope.name
    )?
    .into_iter()
    .map(Internship::try_from)
    .collect()
}

/// The trainee's active internship.
///
/// # Errors
/// What the database says.
pub async fn active_of_trainee(tx: &mut Tx, trainee: TraineeId) -> Result<Option<Internship>, StoreError> {
    fetch_optional!(
        tx,
        InternshipRow,
        select!("WHERE i.trainee_id = $1 AND i.state = 'active'"),
        trainee.to_string()
    )?
    .map(Internship::try_from)
    .transpose()
}

/// The internship whose attendance the trainee looks back on: the active one, else the one that ended last.
///
/// # Errors
/// What the database says.
pub async fn latest_of_trainee(tx: &mut Tx, trainee: TraineeId) -> Result<Option<Internship>, StoreError> {
    fetch_optional!(
        tx,
        InternshipRow,
        select!(
            "WHERE i.trainee_id = $1 AND i.state IN ('active', 'ended') \
             ORDER BY CASE i.state WHEN 'active' THEN 0 ELSE 1 END, i.ends_on DESC, i.id DESC LIMIT 1"
        ),
        trainee.to_string()
    )?
    .map(Internship::try_from)
    .transpose()
}

/// Of these (trainee, internship) pairs the internships that are the trainee's own, in any state, with whether the person
/// consents to the use of their position: what recording a check-in must know.
///
/// # Errors
/// What the database says.
pub async fn own(tx: &mut Tx, asked: &[(TraineeId, InternshipId)]) -> Result<Vec<(Internship, bool)>, StoreError> {
    fetch_rows!(
        tx,
        OwnRow,
        asked,
        2,
        |tuples| format!(
            "WITH asked (trainee, id) AS (VALUES {tuples}) {}",
            select!(
                "JOIN asked a ON a.id = i.id AND a.trainee = i.trainee_id JOIN trainee t ON t.id = i.trainee_id",
                ", t.consent_sensitive_at IS NOT NULL AS consented"
            )
        ),
        |pair| pair.0.to_string(),
        pair.1.to_string()
    )
    .into_iter()
    .map(|row| Ok((row.internship.try_into()?, row.consented)))
    .collect()
}

/// Names of the allowed sites of all internships of a host, as (internship, site name), by site name.
///
/// # Errors
/// What the database says.
pub async fn site_names(tx: &mut Tx, host: HostId) -> Result<Vec<(InternshipId, String)>, StoreError> {
    fetch_all!(
        tx,
        (String, String),
        "SELECT x.internship_id, s.name FROM internship_site x JOIN site s ON s.id = x.site_id \
         WHERE s.host_id = $1 ORDER BY s.name, s.id",
        host.to_string()
    )?
    .into_iter()
    .map(|(id, name)| Ok((stored(id.parse().ok(), "internship_site.internship_id")?, name)))
    .collect()
}
