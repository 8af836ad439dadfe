//! The object store: a folder of this machine, or one that several nodes share. Knows names and bytes; what it is given is
//! already encrypted.

use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutPayload};
use std::os::unix::fs::DirBuilderExt;
use std::sync::Arc;

use crate::error::ServiceError;
use domain::FileId;

/// The place of the files or the scanner's address cannot be used; says what to do.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct BadFiles(pub(super) String);

/// Encrypted files by their id.
pub(super) struct Objects(Arc<dyn ObjectStore>);

/// One of the two objects of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What was stored.
    Content,
    /// The small picture of it.
    Thumbnail,
}

impl Objects {
    /// Opens a folder, given as a path or as a `file:` URL, and makes it for its owner alone when it is not there.
    pub(super) fn open(place: &str) -> Result<Self, BadFiles> {
        let folder = folder(place)?;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| {
                BadFiles(format!(
                    "the folder of uploaded files {folder} cannot be made: {error}; name another with --files"
                ))
            })?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|error| BadFiles(format!("the folder of uploaded files {folder} cannot be used: {error}")))?
            .with_fsync(true);
        Ok(Self(Arc::new(store)))
    }

    /// Writes an object; it is durable when this returns.
    pub(super) async fn put(&self, id: FileId, part: Part, sealed: Vec<u8>) -> Result<(), ServiceError> {
        self.0
            .put(&name(id, part), PutPayload::from(sealed))
            .await
            .map(drop)
            .map_err(away)
    }

    /// Reads an object.
    pub(super) async fn get(&self, id: FileId, part: Part) -> Result<Vec<u8>, ServiceError> {
        let found = match self.0.get(&name(id, part)).await {
            Err(Error::NotFound { .. }) => {
                return Err(ServiceError::fault("an uploaded file is not in the object store"));
            }
            found => found.map_err(away)?,
        };
        Ok(found.bytes().await.map_err(away)?.to_vec())
    }

    /// Deletes both objects of a file; one that is not there is deleted already.
    pub(super) async fn erase(&self, id: FileId) -> Result<(), ServiceError> {
        for part in [Part::Content, Part::Thumbnail] {
            match self.0.delete(&name(id, part)).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(away(error)),
            }
        }
        Ok(())
    }
}

/// The folder that a place names.
pub(super) fn folder(place: &str) -> Result<&str, BadFiles> {
    match place.split_once("://") {
        None => Ok(place.strip_prefix("file:").unwrap_or(place)),
        Some(("file", path)) => Ok(path),
        Some((scheme, _)) => Err(BadFiles(format!(
            "--files {scheme}://… is not built into this version; name a folder. Several nodes can share one over the network (NFS)"
        ))),
    }
}

/// Folders of 256, because some file systems get slow with many names in one.
fn name(id: FileId, part: Part) -> Path {
    let id = id.to_string();
    let end = match part {
        Part::Content => "",
        Part::Thumbnail => ".thumbnail",
    };
    Path::from(format!("{}/{id}{end}", &id[..2]))
}

fn away(error: Error) -> ServiceError {
    tracing::error!(%error, "the object store does not answer");
    ServiceError::Unavailable
}
