//! A database of its own for each test: a SQLite file in a folder that goes with the test, or a new database on the
//! PostgreSQL server that `JIANXI_TEST_POSTGRES` names.

use crate::error::StoreError;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;

/// An empty database and a folder for whatever the test keeps beside it.
#[derive(Debug)]
pub struct Fresh {
    url: String,
    folder: tempfile::TempDir,
}

impl Fresh {
    /// On SQLite.
    ///
    /// # Errors
    /// When no folder can be made.
    pub fn sqlite() -> Result<Self, StoreError> {
        let folder = tempfile::tempdir().map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let url = format!("sqlite:{}", folder.path().join("jianxi.db").display());
        Ok(Self { url, folder })
    }

    /// On PostgreSQL; `None` when `JIANXI_TEST_POSTGRES` names no server.
    ///
    /// # Errors
    /// What the server says.
    pub async fn postgres() -> Result<Option<Self>, StoreError> {
        let Ok(server) = std::env::var("JIANXI_TEST_POSTGRES") else {
            return Ok(None);
        };
        let name = format!("jianxi_test_{:016x}", RandomState::new().build_hasher().finish());
        let mut connection = PgConnection::connect(&server).await?;
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await?;
        connection.close().await?;
        let (host, _) = server.rsplit_once('/').unwrap_or((&server, ""));
        let folder = tempfile::tempdir().map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Some(Self {
            url: format!("{host}/{name}"),
            folder,
        }))
    }

    /// For `Db::open`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Goes when this goes.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
