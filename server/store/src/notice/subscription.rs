//! Browsers that a person asked to be told through. Found by the blind index of their address only.

use crate::db::{Tx, execute, fetch_optional};
use crate::error::{StoreError, stored};
use domain::{AccountId, Moment};

/// A push subscription; prints nothing of what is sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Id, under which it is sealed.
    pub id: String,
    /// Whose.
    pub account: AccountId,
    /// Blind index of the endpoint.
    pub endpoint_index: String,
    /// Endpoint and keys, sealed.
    pub sealed: String,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Keeps a subscription. The same browser has one: under another account it moves to that one.
///
/// # Errors
/// What the database says.
pub async fn insert_subscription(tx: &mut Tx, subscription: &Subscription, at: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO push_subscription (id, account_id, endpoint_index, sealed, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (endpoint_index) DO UPDATE SET id = excluded.id, account_id = excluded.account_id, \
         sealed = excluded.sealed, created_at = excluded.created_at",
        &subscription.id,
        subscription.account.to_string(),
        &subscription.endpoint_index,
        &subscription.sealed,
        at.millis()
    )?;
    Ok(())
}

/// Removes all but the newest subscriptions of an account.
///
/// # Errors
/// What the database says.
pub async fn keep_newest(tx: &mut Tx, account: AccountId, most: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM push_subscription WHERE account_id = $1 AND id NOT IN (SELECT id FROM push_subscription \
         WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)",
        account.to_string(),
        most
    )?;
    Ok(())
}

/// The account's subscription of this browser.
///
/// # Errors
/// What the database says.
pub async fn find_subscription(
    tx: &mut Tx,
    account: AccountId,
    endpoint_index: &str,
) -> Result<Option<Subscription>, StoreError> {
    fetch_optional!(
        tx,
        (String, String, String, String),
        "SELECT id, account_id, endpoint_index, sealed FROM push_subscription WHERE account_id = $1 AND endpoint_index = $2",
        account.to_string(),
        endpoint_index
    )?
    .map(|(id, account, endpoint_index, sealed)| {
        Ok(Subscription {
            id,
            account: stored(account.parse().ok(), "push_subscription.account_id")?,
            endpoint_index,
            sealed,
        })
    })
    .transpose()
}

/// Forgets the account's subscription with this id; `false` when there is none.
///
/// # Errors
/// What the database says.
pub async fn forget(tx: &mut Tx, account: AccountId, id: &str) -> Result<bool, StoreError> {
    let gone = execute!(
        tx,
        "DELETE FROM push_subscription WHERE account_id = $1 AND id = $2",
        account.to_string(),
        id
    )?;
    Ok(gone == 1)
}
