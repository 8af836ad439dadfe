//! The two databases behind one type. SQLite: WAL, synchronous FULL, one writer connection with BEGIN IMMEDIATE, several
//! readers, and a lock file against a second node; short visits beside the node are free. PostgreSQL: one pool, any number of
//! nodes.

use crate::error::StoreError;
use crate::schema;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Embedded, one node.
    Sqlite,
    /// Several nodes.
    Postgres,
}

/// What a process opens the database for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To serve it, fill it or change its schema. On SQLite one process at a time: two nodes would not hear of each other's
    /// changes, so that boards would stand still.
    Own,
    /// For a few transactions beside whoever owns it. WAL and BEGIN IMMEDIATE let both write in turns.
    Visit,
}

/// An open database.
#[derive(Debug, Clone)]
pub enum Db {
    /// SQLite: a pool of one writer, a pool of readers, and the lock that keeps a second node away.
    Sqlite {
        /// One connection; every transaction begins IMMEDIATE.
        writer: SqlitePool,
        /// Readers; WAL lets them go on while the writer writes.
        readers: SqlitePool,
        /// Held as long as the owner has the database open; a visitor has none.
        lock: Option<Arc<std::fs::File>>,
    },
    /// PostgreSQL.
    Postgres(PgPool),
}

/// A unit of work. Dropping it without [`commit`](Tx::commit) rolls everything back.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens `sqlite:path` or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError::SecondNode`] when another process owns the same SQLite file, too; otherwise what the driver says.
    pub async fn open(url: &str, purpose: Purpose) -> Result<Self, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = sqlx::postgres::PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(5))
                // Our queries are short; the planner guesses high for recursive ones (reach.rs) and would spend half a
                // second on compiling what then runs in milliseconds.
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        sqlx::query("SET jit = off").execute(connection).await?;
                        Ok(())
                    })
                })
                .connect(url)
                .await?;
            return Ok(Self::Postgres(pool));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = Path::new(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        }
        let lock = match purpose {
            Purpose::Own => Some(Arc::new(lock_file(path)?)),
            Purpose::Visit => None,
        };
        let options = SqliteConnectOptions::from_str(&format!("sqlite:{}", path.display()))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-8000");
        // A file does not hang up: asking each connection whether it is still there would only cost a thread switch.
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self::Sqlite { writer, readers, lock })
    }

    /// Which database this is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Sqlite { .. } => Kind::Sqlite,
            Self::Postgres(_) => Kind::Postgres,
        }
    }

    /// Brings the schema to the newest version and seeds what belongs to it (divisions, append-only triggers).
    ///
    /// # Errors
    /// What the database says.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        schema::migrate(self).await
    }

    /// Whether the schema is the one that this binary needs.
    ///
    /// # Errors
    /// What the database says; a database without any schema counts as not current.
    pub async fn is_current(&self) -> Result<bool, StoreError> {
        schema::is_current(self).await
    }

    /// Begins a unit of work that may write.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when no connection comes free in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite { writer, .. } => Ok(Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)),
            Self::Postgres(pool) => Ok(Tx::Postgres(pool.begin().await?)),
        }
    }

    /// Begins a unit of work that only reads, on one consistent snapshot.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when no connection comes free in time.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite { readers, .. } => Ok(Tx::Sqlite(readers.begin().await?)),
            Self::Postgres(pool) => Ok(Tx::Postgres(
                pool.begin_with("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            )),
        }
    }

    /// Closes all connections; on SQLite this also folds the WAL into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes the work durable.
    ///
    /// # Errors
    /// What the database says; then nothing was written.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// Takes the lock beside a SQLite file, so that a second node is refused.
fn lock_file(path: &Path) -> Result<std::fs::File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(|error| StoreError::Unavailable(format!("{}: {error}", name.display())))?;
    file.try_lock()
        .map_err(|_| StoreError::SecondNode(path.display().to_string()))?;
    Ok(file)
}

/// Rows as a `Vec`: the same SQL text on either database.
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await,
            $crate::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await,
        }
        .map_err($crate::StoreError::from)
    };
}

/// At most one row.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
            $crate::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
        }
        .map_err($crate::StoreError::from)
    };
}

/// Exactly one row, e.g. a count.
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(&mut **tx).await,
            $crate::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(&mut **tx).await,
        }
        .map_err($crate::StoreError::from)
    };
}

/// Runs a statement and answers how many rows it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::Tx::Postgres(tx) => sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
        .map_err($crate::StoreError::from)
    };
}

/// Runs an `UPDATE … AND version = $n`; no row touched is a [`StoreError::Conflict`](crate::StoreError::Conflict).
macro_rules! execute_versioned {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $crate::db::execute!($tx, $sql $(, $bind)*)? {
            0 => Err($crate::StoreError::Conflict),
            _ => Ok(()),
        }
    };
}

pub(crate) use {execute, execute_versioned, fetch_all, fetch_one, fetch_optional};
