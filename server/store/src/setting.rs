//! Small facts about this database: the key's fingerprint, whether it is a demo, which divisions are seeded.

use crate::db::{Tx, execute, fetch_optional};
use crate::error::StoreError;

/// Reads a setting.
///
/// # Errors
/// What the database says.
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let row = fetch_optional!(tx, (String,), "SELECT value FROM setting WHERE name = $1", name)?;
    Ok(row.map(|(value,)| value))
}

/// Writes a setting, replacing what stood there.
///
/// # Errors
/// What the database says.
pub async fn put(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value
    )?;
    Ok(())
}

/// Writes a setting unless one stands there already.
///
/// # Errors
/// What the database says.
pub async fn put_if_absent(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        name,
        value
    )?;
    Ok(())
}

/// Replaces a setting, or removes it where `after` is none; `false` when something else stands there by now.
///
/// # Errors
/// What the database says.
pub async fn exchange(tx: &mut Tx, name: &str, before: &str, after: Option<&str>) -> Result<bool, StoreError> {
    let touched = match after {
        Some(after) => execute!(
            tx,
            "UPDATE setting SET value = $1 WHERE name = $2 AND value = $3",
            after,
            name,
            before
        )?,
        None => execute!(tx, "DELETE FROM setting WHERE name = $1 AND value = $2", name, before)?,
    };
    Ok(touched == 1)
}
