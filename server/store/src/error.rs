//! What can go wrong below the service; never leaves the server.

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row was changed since it was read (`version` did not match), or is gone.
    #[error("the row was changed by somebody else")]
    Conflict,
    /// A UNIQUE rule refused the row; carries the database's name of the constraint or columns.
    #[error("already there: {0}")]
    Duplicate(String),
    /// A stored value does not parse: the data was damaged or written by another version.
    #[error("stored value is damaged: {0}")]
    Damaged(&'static str),
    /// The database cannot be reached or is busy beyond patience.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// Another process already uses this SQLite file.
    #[error("{0} is in use by another jianxi process; SQLite serves one node only")]
    SecondNode(String),
    /// Anything else that the database says.
    #[error("database: {0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) if db.is_unique_violation() => {
                Self::Duplicate(db.constraint().map_or_else(|| db.message().to_owned(), str::to_owned))
            }
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                Self::Unavailable(error.to_string())
            }
            sqlx::Error::Database(db) if db.code().is_some_and(|code| passes(&code)) => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Database(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Database(sqlx::Error::Migrate(Box::new(error)))
    }
}

/// Whether trying again may help. SQLite: busy (5), snapshot too old (517). PostgreSQL: shutting down, starting up, too many
/// connections, serialization failure, deadlock.
fn passes(code: &str) -> bool {
    matches!(code, "5" | "517" | "57P01" | "57P03" | "53300" | "40001" | "40P01")
}

/// Reads a stored text as a value, or says which column is damaged.
pub(crate) fn stored<T>(value: Option<T>, column: &'static str) -> Result<T, StoreError> {
    value.ok_or(StoreError::Damaged(column))
}
