//! Sessions and the devices on which somebody signed in before. Tokens are known by their SHA-256 only.

use crate::db::{Tx, execute, fetch_optional};
use crate::error::{StoreError, stored};
use crate::rows::fetch_rows;
use domain::account::Role;
use domain::{AccountId, AgencyId, HostId, Moment, TraineeId};
use std::collections::HashMap;

/// How far a sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; the second factor is missing.
    SecondFactor,
    /// Signed in.
    SignedIn,
}

impl Stage {
    const fn code(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::SignedIn => "signed_in",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::SecondFactor, Self::SignedIn]
            .into_iter()
            .find(|stage| stage.code() == code)
    }
}

/// A session with all that a request must know about its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Account.
    pub account: AccountId,
    /// Role of the account.
    pub role: Role,
    /// Whether the account was disabled.
    pub disabled: bool,
    /// Host of an operator or mentor.
    pub host: Option<HostId>,
    /// Agency of the other staff.
    pub agency: Option<AgencyId>,
    /// The trainee that the account is.
    pub trainee: Option<TraineeId>,
    /// Stage.
    pub stage: Stage,
    /// When it began.
    pub created_at: Moment,
    /// When it was last noted as used.
    pub seen_at: Moment,
    /// When it ends.
    pub expires_at: Moment,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    token_hash: String,
    account_id: String,
    role: String,
    disabled: bool,
    host_id: Option<String>,
    agency_id: Option<String>,
    trainee_id: Option<String>,
    stage: String,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        Ok(Self {
            account: stored(row.account_id.parse().ok(), "session.account_id")?,
            role: stored(Role::from_code(&row.role), "account.role")?,
            disabled: row.disabled,
            host: row
                .host_id
                .map(|id| stored(id.parse().ok(), "account.host_id"))
                .transpose()?,
            agency: row
                .agency_id
                .map(|id| stored(id.parse().ok(), "account.agency_id"))
                .transpose()?,
            trainee: row
                .trainee_id
                .map(|id| stored(id.parse().ok(), "trainee.id"))
                .transpose()?,
            stage: stored(Stage::from_code(&row.stage), "session.stage")?,
            created_at: Moment::from_millis(row.created_at),
            seen_at: Moment::from_millis(row.seen_at),
            expires_at: Moment::from_millis(row.expires_at),
        })
    }
}

/// Begins a session.
///
/// # Errors
/// What the database says.
pub async fn insert(
    tx: &mut Tx,
    token_hash: &str,
    account: AccountId,
    stage: Stage,
    at: Moment,
    expires_at: Moment,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO session (token_hash, account_id, stage, created_at, seen_at, expires_at) \
         VALUES ($1, $2, $3, $4, $4, $5)",
        token_hash,
        account.to_string(),
        stage.code(),
        at.millis(),
        expires_at.millis()
    )?;
    Ok(())
}

/// The session of a token, ended or not.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<Session>, StoreError> {
    Ok(find_all(tx, &[token_hash.to_owned()]).await?.remove(token_hash))
}

/// The sessions of several tokens, by the hash of the token.
///
/// # Errors
/// What the database says.
pub async fn find_all(tx: &mut Tx, token_hashes: &[String]) -> Result<HashMap<String, Session>, StoreError> {
    fetch_rows!(
        tx,
        SessionRow,
        token_hashes,
        1,
        |tuples| format!(
            "WITH asked (token_hash) AS (VALUES {tuples}) \
             SELECT s.token_hash, s.account_id, a.role, a.disabled, a.host_id, a.agency_id, t.id AS trainee_id, s.stage, \
             s.created_at, s.seen_at, s.expires_at FROM asked JOIN session s ON s.token_hash = asked.token_hash \
             JOIN account a ON a.id = s.account_id LEFT JOIN trainee t ON t.account_id = a.id"
        ),
        |token_hash| token_hash
    )
    .into_iter()
    .map(|row| Ok((row.token_hash.clone(), row.try_into()?)))
    .collect()
}

/// Notes that a session is used and moves its end; never backwards.
///
/// # Errors
/// What the database says.
pub async fn touch(tx: &mut Tx, token_hash: &str, at: Moment, expires_at: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE session SET seen_at = $1, expires_at = $2 WHERE token_hash = $3 AND seen_at < $1",
        at.millis(),
        expires_at.millis(),
        token_hash
    )?;
    Ok(())
}

/// Ends one session; `false` when it was over already.
///
/// # Errors
/// What the database says.
pub async fn end(tx: &mut Tx, token_hash: &str) -> Result<bool, StoreError> {
    Ok(execute!(tx, "DELETE FROM session WHERE token_hash = $1", token_hash)? == 1)
}

/// Ends every session of an account but the one to keep.
///
/// # Errors
/// What the database says.
pub async fn end_all(tx: &mut Tx, account: AccountId, keep: Option<&str>) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM session WHERE account_id = $1 AND token_hash <> $2",
        account.to_string(),
        keep.unwrap_or_default()
    )?;
    Ok(())
}

/// Removes the sessions of an account that ran out.
///
/// # Errors
/// What the database says.
pub async fn purge(tx: &mut Tx, account: AccountId, now: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM session WHERE account_id = $1 AND expires_at <= $2",
        account.to_string(),
        now.millis()
    )?;
    Ok(())
}

/// Notes that somebody signed in on a device.
///
/// # Errors
/// What the database says.
pub async fn know_device(tx: &mut Tx, token_hash: &str, account: AccountId, at: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO known_device (token_hash, account_id, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (token_hash, account_id) DO NOTHING",
        token_hash,
        account.to_string(),
        at.millis()
    )?;
    Ok(())
}

/// Whether this account signed in on the device before.
///
/// # Errors
/// What the database says.
pub async fn is_known_device(tx: &mut Tx, token_hash: &str, account: AccountId) -> Result<bool, StoreError> {
    let row = fetch_optional!(
        tx,
        (i64,),
        "SELECT created_at FROM known_device WHERE token_hash = $1 AND account_id = $2",
        token_hash,
        account.to_string()
    )?;
    Ok(row.is_some())
}

/// Whether anybody signed in on the device before.
///
/// # Errors
/// What the database says.
pub async fn is_device(tx: &mut Tx, token_hash: &str) -> Result<bool, StoreError> {
    let row = fetch_optional!(
        tx,
        (i64,),
        "SELECT created_at FROM known_device WHERE token_hash = $1 LIMIT 1",
        token_hash
    )?;
    Ok(row.is_some())
}

/// Removes every session that ran out.
///
/// # Errors
/// What the database says.
pub async fn purge_all(tx: &mut Tx, now: Moment) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM session WHERE expires_at <= $1", now.millis())?;
    Ok(())
}
