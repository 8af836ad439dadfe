//! Accounts of staff as an admin sees them: those of the own agency and below, of the hosts that these certified, and of those in
//! their divisions that nobody has certified yet.

use crate::account::Account;
use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_one, fetch_optional};
use crate::error::{StoreError, stored};
use crate::reach::{host_in_reach, within_reach};
use domain::account::Role;
use domain::{AccountId, AgencyId, HostId, Moment};

/// One account of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Id.
    pub id: AccountId,
    /// Role.
    pub role: Role,
    /// Name.
    pub name: String,
    /// The sign-in name, sealed.
    pub login_sealed: String,
    /// Name of the agency or host.
    pub organisation: String,
    /// When this person last signed in.
    pub signed_in_at: Option<Moment>,
    /// Whether it is barred.
    pub disabled: bool,
    /// Row version.
    pub version: i64,
}

/// What is asked of the list; empty texts ask for everything.
#[derive(Debug, Clone, Default)]
pub struct StaffQuery {
    /// Part of the name of the person, the agency or the host.
    pub text: String,
    /// Blind index of a whole sign-in name.
    pub login_index: String,
    /// Role by its code.
    pub role: String,
    /// Only accounts with a smaller id: made earlier.
    pub before: Option<AccountId>,
}

#[derive(sqlx::FromRow)]
struct StaffRow {
    id: String,
    role: String,
    name: String,
    login_sealed: String,
    organisation: String,
    signed_in_at: Option<i64>,
    disabled: bool,
    version: i64,
}

/// The accounts within the reach of `own`, the newest first.
///
/// # Errors
/// What the database says.
pub async fn list(tx: &mut Tx, own: AgencyId, query: &StaffQuery, limit: i64) -> Result<Vec<Staff>, StoreError> {
    let before = query.before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    fetch_all!(
        tx,
        StaffRow,
        within_reach!(
            "SELECT a.id, a.role, a.name, a.login_sealed, COALESCE(h.name, g.name, '') AS organisation, a.signed_in_at, \
             a.disabled, a.version FROM account a LEFT JOIN host h ON h.id = a.host_id LEFT JOIN agency g ON g.id = a.agency_id \
             WHERE (a.agency_id IN (SELECT id FROM reach) OR ",
            host_in_reach!(),
            ") AND a.id < $2 AND ($3 = '' OR a.role = $3) AND ($4 = '' OR a.name LIKE $4 ESCAPE '!' \
             OR COALESCE(h.name, g.name, '') LIKE $4 ESCAPE '!' OR a.login_index = $5) ORDER BY a.id DESC LIMIT $6"
        ),
        own.to_string(),
        before,
        &query.role,
        contains(&query.text),
        &query.login_index,
        limit
    )?
    .into_iter()
    .map(|row| {
        Ok(Staff {
            id: stored(row.id.parse().ok(), "account.id")?,
            role: stored(Role::from_code(&row.role), "account.role")?,
            name: row.name,
            login_sealed: row.login_sealed,
            organisation: row.organisation,
            signed_in_at: row.signed_in_at.map(Moment::from_millis),
            disabled: row.disabled,
            version: row.version,
        })
    })
    .collect()
}

/// One staff account within the reach of `own`.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, own: AgencyId, id: AccountId) -> Result<Option<Account>, StoreError> {
    let within = fetch_optional!(
        &mut *tx,
        (String,),
        within_reach!(
            "SELECT a.id FROM account a LEFT JOIN host h ON h.id = a.host_id WHERE a.id = $2 \
             AND (a.agency_id IN (SELECT id FROM reach) OR ",
            host_in_reach!(),
            ")"
        ),
        own.to_string(),
        id.to_string()
    )?;
    match within {
        Some(_) => crate::account::find(tx, id).await,
        None => Ok(None),
    }
}

/// Whether the agency is `own` or below it.
///
/// # Errors
/// What the database says.
pub async fn reaches_agency(tx: &mut Tx, own: AgencyId, agency: AgencyId) -> Result<bool, StoreError> {
    let found = fetch_optional!(
        tx,
        (String,),
        within_reach!("SELECT g.id FROM agency g WHERE g.id = $2 AND g.id IN (SELECT id FROM reach)"),
        own.to_string(),
        agency.to_string()
    )?;
    Ok(found.is_some())
}

/// Whether the host's accounts belong to `own` or an agency below it: they certified it, or it lies in their divisions and nobody
/// has certified it yet.
///
/// # Errors
/// What the database says.
pub async fn reaches_host(tx: &mut Tx, own: AgencyId, host: HostId) -> Result<bool, StoreError> {
    let found = fetch_optional!(
        tx,
        (String,),
        within_reach!("SELECT h.id FROM host h WHERE h.id = $2 AND ", host_in_reach!()),
        own.to_string(),
        host.to_string()
    )?;
    Ok(found.is_some())
}

/// How many admins besides this one could still look after the agency: its own and those of the agencies above it.
///
/// # Errors
/// What the database says.
pub async fn other_admins(tx: &mut Tx, agency: AgencyId, but: AccountId) -> Result<i64, StoreError> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "WITH RECURSIVE up (id, parent_id) AS (SELECT id, parent_id FROM agency WHERE id = $1 \
         UNION SELECT g.id, g.parent_id FROM agency g JOIN up ON g.id = up.parent_id) \
         SELECT COUNT(*) FROM account a JOIN up ON up.id = a.agency_id WHERE a.role = 'admin' AND a.disabled = $2 AND a.id <> $3",
        agency.to_string(),
        false,
        but.to_string()
    )?;
    Ok(count)
}

/// Lets a barred account sign in again.
///
/// # Errors
/// [`StoreError::Conflict`] when the account was changed meanwhile.
pub async fn enable(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE account SET disabled = $1, version = version + 1 WHERE id = $2 AND version = $3",
        false,
        account.id.to_string(),
        account.version
    )
}

/// Replaces password and second factor.
///
/// # Errors
/// [`StoreError::Conflict`] when the account was changed meanwhile.
pub async fn reset(tx: &mut Tx, account: &Account, password_hash: &str, totp_sealed: &str) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE account SET password_hash = $1, totp_sealed = $2, totp_last_step = 0, demo_password = NULL, \
         version = version + 1 WHERE id = $3 AND version = $4",
        password_hash,
        totp_sealed,
        account.id.to_string(),
        account.version
    )
}

/// Notes that somebody signed in. Not a change of the account, so its version stays.
///
/// # Errors
/// What the database says.
pub async fn note_sign_in(tx: &mut Tx, id: AccountId, at: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE account SET signed_in_at = $1 WHERE id = $2",
        at.millis(),
        id.to_string()
    )?;
    Ok(())
}

/// A pattern for LIKE with `!` as its escape; empty for an empty text.
fn contains(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let plain = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}
