//! Where the identity of a host or person stands. The column lies in the subject's own row and shares its version.

use crate::db::{Tx, execute, execute_versioned, fetch_all, fetch_optional};
use crate::error::{StoreError, stored};
use crate::review::Subject;
use domain::identity::IdentityState;
use domain::{AccountId, Moment, TraineeId};

/// State and row version of a subject.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, of: Subject) -> Result<Option<(IdentityState, i64)>, StoreError> {
    let row = match of {
        Subject::Host(host) => fetch_optional!(
            tx,
            (String, i64),
            "SELECT identity, version FROM host WHERE id = $1",
            host.to_string()
        )?,
        Subject::Trainee(trainee) => fetch_optional!(
            tx,
            (String, i64),
            "SELECT identity, version FROM trainee WHERE id = $1",
            trainee.to_string()
        )?,
    };
    row.map(|(code, version)| Ok((stored(IdentityState::from_code(&code), "identity")?, version)))
        .transpose()
}

/// Keeps a subject as it is until the transaction ends, so that what is read now is still true at its end. SQLite has one
/// writer anyway; PostgreSQL locks the row.
///
/// # Errors
/// What the database says.
pub async fn hold(tx: &mut Tx, of: Subject) -> Result<(), StoreError> {
    if let Tx::Postgres(_) = tx {
        match of {
            Subject::Host(host) => execute!(tx, "SELECT id FROM host WHERE id = $1 FOR UPDATE", host.to_string())?,
            Subject::Trainee(trainee) => execute!(
                tx,
                "SELECT id FROM trainee WHERE id = $1 FOR UPDATE",
                trainee.to_string()
            )?,
        };
    }
    Ok(())
}

/// Moves a subject's identity.
///
/// # Errors
/// [`StoreError::Conflict`] when the row was changed meanwhile.
pub async fn set(tx: &mut Tx, of: Subject, state: IdentityState, at: Moment, version: i64) -> Result<(), StoreError> {
    match of {
        Subject::Host(host) => execute_versioned!(
            tx,
            "UPDATE host SET identity = $1, identity_at = $2, version = version + 1 WHERE id = $3 AND version = $4",
            state.code(),
            at.millis(),
            host.to_string(),
            version
        ),
        Subject::Trainee(trainee) => execute_versioned!(
            tx,
            "UPDATE trainee SET identity = $1, identity_at = $2, version = version + 1 WHERE id = $3 AND version = $4",
            state.code(),
            at.millis(),
            trainee.to_string(),
            version
        ),
    }
}

/// Persons whose automatic check began before a moment and never ended, at most so many. For the service's own job.
///
/// # Errors
/// What the database says.
pub async fn left_checking(tx: &mut Tx, before: Moment, limit: i64) -> Result<Vec<(TraineeId, AccountId)>, StoreError> {
    fetch_all!(
        tx,
        (String, String),
        "SELECT id, account_id FROM trainee WHERE identity = 'checking' AND identity_at < $1 ORDER BY identity_at, id LIMIT $2",
        before.millis(),
        limit
    )?
    .into_iter()
    .map(|(id, account)| {
        Ok((
            stored(id.parse().ok(), "trainee.id")?,
            stored(account.parse().ok(), "trainee.account_id")?,
        ))
    })
    .collect()
}
