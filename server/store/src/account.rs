//! Accounts: who signs in, with which secrets, in which role and scope. Logins are found by blind index only.

use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_optional};
use crate::error::{StoreError, stored};
use domain::account::Role;
use domain::{AccountId, AgencyId, HostId, Moment};

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Role.
    pub role: Role,
    /// Name to greet.
    pub name: String,
    /// Blind index of the sign-in name.
    pub login_index: String,
    /// The sign-in name, sealed.
    pub login_sealed: String,
    /// PHC string.
    pub password_hash: String,
    /// Second-factor secret, sealed; `None` for a trainee.
    pub totp_sealed: Option<String>,
    /// The last time step whose code was used.
    pub totp_last_step: i64,
    /// The host of an operator or mentor.
    pub host: Option<HostId>,
    /// The agency of every other staff role.
    pub agency: Option<AgencyId>,
    /// Whether it may not sign in any more.
    pub disabled: bool,
    /// What the sign-in page of a demo server shows.
    pub demo: Option<DemoSecret>,
    /// When it was made.
    pub created_at: Moment,
    /// Row version.
    pub version: i64,
}

/// The open password of a demo account; no other account ever has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSecret {
    /// Password.
    pub password: String,
    /// What one can look at with it.
    pub note: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    role: String,
    name: String,
    login_index: String,
    login_sealed: String,
    password_hash: String,
    totp_sealed: Option<String>,
    totp_last_step: i64,
    host_id: Option<String>,
    agency_id: Option<String>,
    disabled: bool,
    demo_password: Option<String>,
    demo_note: Option<String>,
    created_at: i64,
    version: i64,
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: stored(row.id.parse().ok(), "account.id")?,
            role: stored(Role::from_code(&row.role), "account.role")?,
            name: row.name,
            login_index: row.login_index,
            login_sealed: row.login_sealed,
            password_hash: row.password_hash,
            totp_sealed: row.totp_sealed,
            totp_last_step: row.totp_last_step,
            host: row
                .host_id
                .map(|id| stored(id.parse().ok(), "account.host_id"))
                .transpose()?,
            agency: row
                .agency_id
                .map(|id| stored(id.parse().ok(), "account.agency_id"))
                .transpose()?,
            disabled: row.disabled,
            demo: row.demo_password.map(|password| DemoSecret {
                password,
                note: row.demo_note.unwrap_or_default(),
            }),
            created_at: Moment::from_millis(row.created_at),
            version: row.version,
        })
    }
}

/// Every read starts with these columns.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.role, a.name, a.login_index, a.login_sealed, a.password_hash, a.totp_sealed, ",
            "a.totp_last_step, a.host_id, a.agency_id, a.disabled, a.demo_password, a.demo_note, a.created_at, a.version ",
            "FROM account a ",
            $rest
        )
    };
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::Duplicate`] when the sign-in name is taken.
pub async fn insert(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO account (id, role, name, login_index, login_sealed, password_hash, totp_sealed, totp_last_step, \
         host_id, agency_id, disabled, demo_password, demo_note, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        account.id.to_string(),
        account.role.code(),
        &account.name,
        &account.login_index,
        &account.login_sealed,
        &account.password_hash,
        &account.totp_sealed,
        account.totp_last_step,
        account.host.map(|id| id.to_string()),
        account.agency.map(|id| id.to_string()),
        account.disabled,
        account.demo.as_ref().map(|demo| &demo.password),
        account.demo.as_ref().map(|demo| &demo.note),
        account.created_at.millis()
    )?;
    Ok(())
}

/// The account with this sign-in name.
///
/// # Errors
/// What the database says.
pub async fn by_login(tx: &mut Tx, login_index: &str) -> Result<Option<Account>, StoreError> {
    fetch_optional!(tx, AccountRow, select!("WHERE a.login_index = $1"), login_index)?
        .map(Account::try_from)
        .transpose()
}

/// One account.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    fetch_optional!(tx, AccountRow, select!("WHERE a.id = $1"), id.to_string())?
        .map(Account::try_from)
        .transpose()
}

/// Replaces the password.
///
/// # Errors
/// [`StoreError::Conflict`] when the account was changed meanwhile.
pub async fn set_password(tx: &mut Tx, account: &Account, password_hash: &str) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE account SET password_hash = $1, demo_password = NULL, version = version + 1 WHERE id = $2 AND version = $3",
        password_hash,
        account.id.to_string(),
        account.version
    )
}

/// Renames an account.
///
/// # Errors
/// [`StoreError::Conflict`] when the account was changed meanwhile.
pub async fn set_name(tx: &mut Tx, account: &Account, name: &str) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE account SET name = $1, version = version + 1 WHERE id = $2 AND version = $3",
        name,
        account.id.to_string(),
        account.version
    )
}

/// Bars an account from signing in.
///
/// # Errors
/// [`StoreError::Conflict`] when the account was changed meanwhile.
pub async fn disable(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE account SET disabled = $1, version = version + 1 WHERE id = $2 AND version = $3",
        true,
        account.id.to_string(),
        account.version
    )
}

/// Uses up a second-factor time step and all before it; `false` when it was used before, whoever was quicker. The step itself
/// is the guard here, so that the row's version can stay.
///
/// # Errors
/// What the database says.
pub async fn use_step(tx: &mut Tx, id: AccountId, step: i64) -> Result<bool, StoreError> {
    let used = execute!(
        tx,
        "UPDATE account SET totp_last_step = $1 WHERE id = $2 AND totp_last_step < $1",
        step,
        id.to_string()
    )?;
    Ok(used == 1)
}

/// The account waits for its owner to set the second factor up; until then the password alone leads to its secret.
///
/// # Errors
/// What the database says.
pub async fn await_second_factor(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE account SET awaits_second_factor = $1 WHERE id = $2",
        true,
        id.to_string()
    )?;
    Ok(())
}

/// Whether the account waits for its owner to set the second factor up.
///
/// # Errors
/// What the database says.
pub async fn awaits_second_factor(tx: &mut Tx, id: AccountId) -> Result<bool, StoreError> {
    let row = fetch_optional!(
        tx,
        (bool,),
        "SELECT awaits_second_factor FROM account WHERE id = $1",
        id.to_string()
    )?;
    Ok(row.is_some_and(|(waits,)| waits))
}

/// Another secret for an account that still waits; `false` when it waits no more.
///
/// # Errors
/// What the database says.
pub async fn renew_second_factor(tx: &mut Tx, id: AccountId, totp_sealed: &str) -> Result<bool, StoreError> {
    let renewed = execute!(
        tx,
        "UPDATE account SET totp_sealed = $1 WHERE id = $2 AND awaits_second_factor = $3",
        totp_sealed,
        id.to_string(),
        true
    )?;
    Ok(renewed == 1)
}

/// The owner has set the second factor up; `true` the first time. From now on its secret is shown to nobody.
///
/// # Errors
/// What the database says.
pub async fn second_factor_is_set_up(tx: &mut Tx, id: AccountId) -> Result<bool, StoreError> {
    let changed = execute!(
        tx,
        "UPDATE account SET awaits_second_factor = $1 WHERE id = $2 AND awaits_second_factor = $3",
        false,
        id.to_string(),
        true
    )?;
    Ok(changed == 1)
}

/// The name of the account's host or agency.
///
/// # Errors
/// What the database says.
pub async fn organisation(tx: &mut Tx, id: AccountId) -> Result<Option<String>, StoreError> {
    let row = fetch_optional!(
        tx,
        (Option<String>,),
        "SELECT COALESCE(h.name, g.name) FROM account a LEFT JOIN host h ON h.id = a.host_id \
         LEFT JOIN agency g ON g.id = a.agency_id WHERE a.id = $1",
        id.to_string()
    )?;
    Ok(row.and_then(|(name,)| name))
}

/// The demo accounts in the order in which they were made, each with the division of its host, agency or home.
///
/// # Errors
/// What the database says.
pub async fn demo(tx: &mut Tx) -> Result<Vec<(Account, String)>, StoreError> {
    let divisions: Vec<(String, String)> = fetch_all!(
        &mut *tx,
        (String, String),
        "SELECT a.id, COALESCE(h.division_code, g.division_code, t.residence_code, '') FROM account a \
         LEFT JOIN host h ON h.id = a.host_id LEFT JOIN agency g ON g.id = a.agency_id \
         LEFT JOIN trainee t ON t.account_id = a.id WHERE a.demo_password IS NOT NULL"
    )?;
    let accounts = fetch_all!(
        tx,
        AccountRow,
        select!("WHERE a.demo_password IS NOT NULL AND a.disabled = $1 ORDER BY a.created_at, a.id"),
        false
    )?;
    accounts
        .into_iter()
        .map(|row| {
            let division = divisions
                .iter()
                .find(|(id, _)| *id == row.id)
                .map(|(_, code)| code.clone());
            Ok((Account::try_from(row)?, division.unwrap_or_default()))
        })
        .collect()
}

/// Whether there is any account.
///
/// # Errors
/// What the database says.
pub async fn any(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(fetch_optional!(tx, (String,), "SELECT id FROM account LIMIT 1")?.is_some())
}
