//! Trainees. ID and mobile numbers are sealed and found by blind index only; every read is one person's own record or the
//! one that a number leads to.

use crate::db::{Tx, execute, execute_versioned, fetch_optional};
use crate::error::{StoreError, stored};
use domain::identity::IdentityState;
use domain::trainee::TraineeKind;
use domain::value::parse_day;
use domain::{AccountId, Day, Moment, TraineeId};

/// A trainee.
#[derive(Clone, PartialEq, Eq)]
pub struct Trainee {
    /// Id.
    pub id: TraineeId,
    /// The account that signs in.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Blind index of the ID number.
    pub id_card_index: String,
    /// The ID number, sealed.
    pub id_card_sealed: String,
    /// Blind index of the mobile number.
    pub phone_index: String,
    /// The mobile number, sealed.
    pub phone_sealed: String,
    /// Group.
    pub kind: TraineeKind,
    /// School.
    pub school: Option<String>,
    /// Diploma date or unemployment registration date.
    pub kind_date: Day,
    /// GB/T 2260 code of the 常住地址.
    pub residence_code: String,
    /// Rest of the address.
    pub residence_detail: String,
    /// Where the 实名认证 stands.
    pub identity: IdentityState,
    /// When it came there; none before the first submission.
    pub identity_at: Option<Moment>,
    /// When the privacy notice was accepted.
    pub consent_privacy_at: Moment,
    /// When the use of position and bank data was accepted; `None` when not given or taken back.
    pub consent_sensitive_at: Option<Moment>,
    /// When the person registered.
    pub created_at: Moment,
    /// Row version.
    pub version: i64,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for Trainee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trainee")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct TraineeRow {
    id: String,
    account_id: String,
    name: String,
    id_card_index: String,
    id_card_sealed: String,
    phone_index: String,
    phone_sealed: String,
    kind: String,
    school: Option<String>,
    kind_date: String,
    residence_code: String,
    residence_detail: String,
    identity: String,
    identity_at: Option<i64>,
    consent_privacy_at: i64,
    consent_sensitive_at: Option<i64>,
    created_at: i64,
    version: i64,
}

impl TryFrom<TraineeRow> for Trainee {
    type Error = StoreError;

    fn try_from(row: TraineeRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: stored(row.id.parse().ok(), "trainee.id")?,
            account: stored(row.account_id.parse().ok(), "trainee.account_id")?,
            name: row.name,
            id_card_index: row.id_card_index,
            id_card_sealed: row.id_card_sealed,
            phone_index: row.phone_index,
            phone_sealed: row.phone_sealed,
            kind: stored(TraineeKind::from_code(&row.kind), "trainee.kind")?,
            school: row.school,
            kind_date: stored(parse_day(&row.kind_date), "trainee.kind_date")?,
            residence_code: row.residence_code,
            residence_detail: row.residence_detail,
            identity: stored(IdentityState::from_code(&row.identity), "trainee.identity")?,
            identity_at: row.identity_at.map(Moment::from_millis),
            consent_privacy_at: Moment::from_millis(row.consent_privacy_at),
            consent_sensitive_at: row.consent_sensitive_at.map(Moment::from_millis),
            created_at: Moment::from_millis(row.created_at),
            version: row.version,
        })
    }
}

/// Every read starts with these columns.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, name, id_card_index, id_card_sealed, phone_index, phone_sealed, kind, school, ",
            "kind_date, residence_code, residence_detail, identity, identity_at, consent_privacy_at, consent_sensitive_at, ",
            "created_at, version ",
            "FROM trainee ",
            $rest
        )
    };
}

/// Adds a trainee.
///
/// # Errors
/// [`StoreError::Duplicate`], naming `id_card_index` or `phone_index`, when a number is registered already.
pub async fn insert(tx: &mut Tx, trainee: &Trainee) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO trainee (id, account_id, name, id_card_index, id_card_sealed, phone_index, phone_sealed, kind, school, \
         kind_date, residence_code, residence_detail, identity, identity_at, consent_privacy_at, consent_sensitive_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        trainee.id.to_string(),
        trainee.account.to_string(),
        &trainee.name,
        &trainee.id_card_index,
        &trainee.id_card_sealed,
        &trainee.phone_index,
        &trainee.phone_sealed,
        trainee.kind.code(),
        &trainee.school,
        trainee.kind_date.to_string(),
        &trainee.residence_code,
        &trainee.residence_detail,
        trainee.identity.code(),
        trainee.identity_at.map(Moment::millis),
        trainee.consent_privacy_at.millis(),
        trainee.consent_sensitive_at.map(Moment::millis),
        trainee.created_at.millis()
    )?;
    Ok(())
}

/// The trainee's own record.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, id: TraineeId) -> Result<Option<Trainee>, StoreError> {
    fetch_optional!(tx, TraineeRow, select!("WHERE id = $1"), id.to_string())?
        .map(Trainee::try_from)
        .transpose()
}

/// Whether the ID number and the mobile number are registered already, in this order; says nothing about whose they are.
///
/// # Errors
/// What the database says.
pub async fn taken(tx: &mut Tx, id_card_index: &str, phone_index: &str) -> Result<(bool, bool), StoreError> {
    let id_card = fetch_optional!(
        &mut *tx,
        (String,),
        "SELECT id FROM trainee WHERE id_card_index = $1",
        id_card_index
    )?;
    let phone = fetch_optional!(
        tx,
        (String,),
        "SELECT id FROM trainee WHERE phone_index = $1",
        phone_index
    )?;
    Ok((id_card.is_some(), phone.is_some()))
}

/// Gives or takes back the consent for position and bank data.
///
/// # Errors
/// [`StoreError::Conflict`] when the record was changed meanwhile.
pub async fn set_sensitive_consent(tx: &mut Tx, trainee: &Trainee, at: Option<Moment>) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE trainee SET consent_sensitive_at = $1, version = version + 1 WHERE id = $2 AND version = $3",
        at.map(Moment::millis),
        trainee.id.to_string(),
        trainee.version
    )
}

/// Writes what identifies a person: name, ID number and 常住地址.
///
/// # Errors
/// [`StoreError::Duplicate`] when the ID number is somebody else's, [`StoreError::Conflict`] when the record was changed
/// meanwhile.
pub async fn set_identifying(tx: &mut Tx, trainee: &Trainee) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE trainee SET name = $1, id_card_index = $2, id_card_sealed = $3, residence_code = $4, residence_detail = $5, \
         version = version + 1 WHERE id = $6 AND version = $7",
        &trainee.name,
        &trainee.id_card_index,
        &trainee.id_card_sealed,
        &trainee.residence_code,
        &trainee.residence_detail,
        trainee.id.to_string(),
        trainee.version
    )
}
