//! Forms that were sent without JavaScript and wait, sealed, for the page that shows their errors.

use crate::db::{Tx, execute, fetch_optional};
use crate::error::StoreError;
use domain::Moment;

/// Keeps a sealed form until `expires_at`.
///
/// # Errors
/// What the database says.
pub async fn insert(
    tx: &mut Tx,
    token_hash: &str,
    purpose: &str,
    sealed: &str,
    expires_at: Moment,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO form_draft (token_hash, purpose, sealed, expires_at) VALUES ($1, $2, $3, $4)",
        token_hash,
        purpose,
        sealed,
        expires_at.millis()
    )?;
    Ok(())
}

/// Takes a sealed form out, so that it can be read once; `None` when it is gone or has expired.
///
/// # Errors
/// What the database says.
pub async fn take(tx: &mut Tx, token_hash: &str, purpose: &str, now: Moment) -> Result<Option<String>, StoreError> {
    let row = fetch_optional!(
        tx,
        (String, i64),
        "DELETE FROM form_draft WHERE token_hash = $1 AND purpose = $2 RETURNING sealed, expires_at",
        token_hash,
        purpose
    )?;
    Ok(row
        .filter(|(_, expires_at)| *expires_at > now.millis())
        .map(|(sealed, _)| sealed))
}

/// Removes the forms that nobody came back for.
///
/// # Errors
/// What the database says.
pub async fn purge(tx: &mut Tx, now: Moment) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM form_draft WHERE expires_at <= $1", now.millis())?;
    Ok(())
}
