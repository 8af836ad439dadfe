//! Host units.

use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_one, fetch_optional};
use crate::error::{StoreError, stored};
use domain::host::HostStanding;
use domain::identity::IdentityState;
use domain::{AccountId, AgencyId, CreditCode, HostId, Moment};

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

/// What a unit says about itself beside [`Host`], and since when its identity stands as it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// 法定代表人; `None` when it was never asked for.
    pub legal_representative: Option<String>,
    /// 经办人.
    pub operator_name: Option<String>,
    /// The 经办人's mobile number, sealed.
    pub operator_phone_sealed: Option<String>,
    /// When its operator accepted the privacy notice.
    pub consent_privacy_at: Option<Moment>,
    /// When the identity last moved.
    pub identity_at: Option<Moment>,
}

/// Adds a host. One that comes certified was known to its agency (made on the command line), so its identity is verified.
///
/// # Errors
/// [`StoreError::Duplicate`] when the credit code is taken.
pub async fn insert(tx: &mut Tx, host: &Host) -> Result<(), StoreError> {
    let identity = match host.standing {
        HostStanding::Certified | HostStanding::Closed => IdentityState::Verified,
        HostStanding::Uncertified => IdentityState::Unverified,
    };
    execute!(
        tx,
        "INSERT INTO host (id, name, credit_code, division_code, address, standing, certified_by, created_at, identity) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        host.id.to_string(),
        &host.name,
        host.credit_code.as_str(),
        &host.division_code,
        &host.address,
        host.standing.code(),
        host.certified_by.map(|id| id.to_string()),
        host.created_at.millis(),
        identity.code()
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

/// What a unit says about itself.
///
/// # Errors
/// What the database says.
pub async fn about(tx: &mut Tx, id: HostId) -> Result<Option<About>, StoreError> {
    type Row = (Option<String>, Option<String>, Option<String>, Option<i64>, Option<i64>);
    let row = fetch_optional!(
        tx,
        Row,
        "SELECT legal_representative, operator_name, operator_phone_sealed, consent_privacy_at, identity_at \
         FROM host WHERE id = $1",
        id.to_string()
    )?;
    Ok(row.map(
        |(legal_representative, operator_name, operator_phone_sealed, consented, moved)| About {
            legal_representative,
            operator_name,
            operator_phone_sealed,
            consent_privacy_at: consented.map(Moment::from_millis),
            identity_at: moved.map(Moment::from_millis),
        },
    ))
}

/// Writes what a unit says about itself: its name, credit code and address of [`Host`], the rest of [`About`] but for the
/// identity, which has its own steps.
///
/// # Errors
/// [`StoreError::Conflict`] when the host was changed meanwhile, [`StoreError::Duplicate`] when the credit code is taken.
pub async fn describe(tx: &mut Tx, host: &Host, about: &About) -> Result<(), StoreError> {
    execute_versioned!(
        tx,
        "UPDATE host SET name = $1, credit_code = $2, division_code = $3, address = $4, legal_representative = $5, \
         operator_name = $6, operator_phone_sealed = $7, consent_privacy_at = $8, version = version + 1 \
         WHERE id = $9 AND version = $10",
        &host.name,
        host.credit_code.as_str(),
        &host.division_code,
        &host.address,
        &about.legal_representative,
        &about.operator_name,
        &about.operator_phone_sealed,
        about.consent_privacy_at.map(Moment::millis),
        host.id.to_string(),
        host.version
    )
}

/// Whether a host has this credit code.
///
/// # Errors
/// What the database says.
pub async fn is_code_taken(tx: &mut Tx, credit_code: &CreditCode) -> Result<bool, StoreError> {
    let (taken,): (bool,) = fetch_one!(
        tx,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM host WHERE credit_code = $1)",
        credit_code.as_str()
    )?;
    Ok(taken)
}

/// Whether another host of this division has the same name. For the automatic checks of an identity.
///
/// # Errors
/// What the database says.
pub async fn has_namesake(tx: &mut Tx, id: HostId) -> Result<bool, StoreError> {
    let (found,): (bool,) = fetch_one!(
        tx,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM host o JOIN host h ON o.name = h.name AND o.division_code = h.division_code \
         WHERE h.id = $1 AND o.id <> h.id)",
        id.to_string()
    )?;
    Ok(found)
}

/// Hosts that registered before then and whose operator never set the second factor up, with that account.
///
/// # Errors
/// What the database says.
pub async fn unfinished(tx: &mut Tx, before: Moment, limit: i64) -> Result<Vec<(HostId, AccountId)>, StoreError> {
    fetch_all!(
        tx,
        (String, String),
        "SELECT h.id, a.id FROM account a JOIN host h ON h.id = a.host_id \
         WHERE a.awaits_second_factor = $1 AND a.created_at < $2 AND h.standing = 'uncertified' AND h.identity = 'unverified' \
         AND NOT EXISTS (SELECT 1 FROM account o WHERE o.host_id = h.id AND o.id <> a.id) \
         AND NOT EXISTS (SELECT 1 FROM review_case c WHERE c.host_id = h.id) ORDER BY a.id LIMIT $3",
        true,
        before.millis(),
        limit
    )?
    .into_iter()
    .map(|(host, account)| {
        Ok((
            stored(host.parse().ok(), "host.id")?,
            stored(account.parse().ok(), "account.id")?,
        ))
    })
    .collect()
}

/// Removes an [`unfinished`] registration; `false` when its operator has set the second factor up meanwhile.
///
/// # Errors
/// What the database says.
pub async fn remove_unfinished(tx: &mut Tx, host: HostId, account: AccountId) -> Result<bool, StoreError> {
    let (host, account) = (host.to_string(), account.to_string());
    // Whoever sets it up now waits for this transaction, and then finds no account.
    let held = execute!(
        tx,
        "UPDATE account SET disabled = $1 WHERE id = $2 AND awaits_second_factor = $1",
        true,
        &account
    )?;
    if held == 0 {
        return Ok(false);
    }
    execute!(tx, "DELETE FROM session WHERE account_id = $1", &account)?;
    execute!(tx, "DELETE FROM known_device WHERE account_id = $1", &account)?;
    execute!(tx, "DELETE FROM account WHERE id = $1", &account)?;
    execute!(tx, "DELETE FROM host WHERE id = $1", &host)?;
    Ok(true)
}
