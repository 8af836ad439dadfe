//! A file as a row.

use crate::error::{StoreError, stored};
use domain::file::{FileKind, FileOwner, FilePurpose, FileState, Scan};
use domain::{AccountId, FileId, Moment};

/// Every column that makes a [`File`], of a table called `f`.
pub(super) const COLUMNS: &str = "f.id, f.host_id, f.trainee_id, f.agency_id, f.uploaded_by, f.purpose, f.name_sealed, \
    f.size, f.received, f.state, f.unfit, f.scan, f.kind, f.stored_size, f.sha256, f.created_at, f.loose_since, f.version";

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Id.
    pub id: FileId,
    /// Whose.
    pub owner: FileOwner,
    /// Who uploaded it.
    pub uploaded_by: AccountId,
    /// What it was handed in as.
    pub purpose: FilePurpose,
    /// The cleaned name, sealed.
    pub name_sealed: String,
    /// Bytes of the upload.
    pub size: i64,
    /// Bytes of it that have arrived.
    pub received: i64,
    /// State.
    pub state: FileState,
    /// What the virus scanner said.
    pub scan: Scan,
    /// What is stored, once it is ready.
    pub stored: Option<Stored>,
    /// When the upload began.
    pub created_at: Moment,
    /// Whether it is used somewhere.
    pub used: bool,
    /// Row version.
    pub version: i64,
}

/// What lies in the object store, before encryption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Format.
    pub kind: FileKind,
    /// Bytes.
    pub size: i64,
    /// SHA-256 as hex.
    pub sha256: String,
}

#[derive(sqlx::FromRow)]
pub(super) struct FileRow {
    id: String,
    host_id: Option<String>,
    trainee_id: Option<String>,
    agency_id: Option<String>,
    uploaded_by: String,
    purpose: String,
    name_sealed: String,
    size: i64,
    received: i64,
    state: String,
    unfit: Option<String>,
    scan: String,
    kind: Option<String>,
    stored_size: Option<i64>,
    sha256: Option<String>,
    created_at: i64,
    loose_since: Option<i64>,
    version: i64,
}

impl TryFrom<FileRow> for File {
    type Error = StoreError;

    fn try_from(row: FileRow) -> Result<Self, StoreError> {
        let owner = match (row.host_id, row.trainee_id, row.agency_id) {
            (Some(id), None, None) => id.parse().ok().map(FileOwner::Host),
            (None, Some(id), None) => id.parse().ok().map(FileOwner::Trainee),
            (None, None, Some(id)) => id.parse().ok().map(FileOwner::Agency),
            _ => None,
        };
        let kind = match row.kind {
            None => None,
            Some(kind) => Some(stored(FileKind::from_code(&kind), "file.kind")?),
        };
        Ok(Self {
            id: stored(row.id.parse().ok(), "file.id")?,
            owner: stored(owner, "file.host_id")?,
            uploaded_by: stored(row.uploaded_by.parse().ok(), "file.uploaded_by")?,
            purpose: stored(FilePurpose::from_code(&row.purpose), "file.purpose")?,
            name_sealed: row.name_sealed,
            size: row.size,
            received: row.received,
            state: stored(FileState::from_codes(&row.state, row.unfit.as_deref()), "file.state")?,
            scan: stored(Scan::from_code(&row.scan), "file.scan")?,
            stored: kind
                .zip(row.stored_size)
                .zip(row.sha256)
                .map(|((kind, size), sha256)| Stored { kind, size, sha256 }),
            created_at: Moment::from_millis(row.created_at),
            used: row.loose_since.is_none(),
            version: row.version,
        })
    }
}
