//! Reading a file: who may, and what is told. To everybody else it is not there.

use super::objects::Part;
use super::{CONTENT, NAME, THUMBNAIL, owner_of};
use crate::actor::{Actor, Scope};
use crate::context::Service;
use crate::error::ServiceError;
use domain::account::Role;
use domain::audit::AuditEvent;
use domain::file::{FileKind, FileState};
use domain::{AgencyId, FileId};
use store::Tx;
use store::file::{File, Stored};

/// Which of the two pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// What was handed in, as far as it is kept.
    Original,
    /// At most 320 pixels; only pictures have one.
    Thumbnail,
}

/// A file, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBytes {
    /// What the bytes are; known because we made or checked them.
    pub kind: FileKind,
    /// The cleaned name under which it was handed in.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Reads a file. Agency staff who read an original are noted in the audit log, before they get it.
///
/// # Errors
/// [`ServiceError::NotFound`] for what the actor may not read and for what is not ready: whether it exists is not told.
pub async fn open(service: &Service, actor: &Actor, id: FileId, variant: Variant) -> Result<FileBytes, ServiceError> {
    // Staff of an agency are strangers to the owner, also where the paper is their own.
    let is_noted = variant == Variant::Original && matches!(actor.scope(), Scope::Agency(..));
    let mut tx = if is_noted {
        service.db().begin().await?
    } else {
        service.db().read().await?
    };
    let file = readable(&mut tx, actor, id).await?.ok_or(ServiceError::NotFound)?;
    let stored = match (file.state, &file.stored) {
        (FileState::Ready, Some(stored)) => stored.clone(),
        _ => return Err(ServiceError::NotFound),
    };
    if variant == Variant::Thumbnail && (stored.kind != FileKind::Jpeg || file.purpose.is_identity_document()) {
        return Err(ServiceError::NotFound);
    }
    if is_noted {
        service
            .audit(&mut tx, actor.author(), &AuditEvent::FileRead { file: id })
            .await?;
    }
    tx.commit().await?;
    let name = service.vault().unseal(NAME, &id.to_string(), &file.name_sealed)?;
    let bytes = content(service, id, variant, &stored).await?;
    Ok(FileBytes {
        kind: stored.kind,
        name,
        bytes,
    })
}

/// Whether the staff of an agency may read a file: because a case with it reached that agency. The one place that says so.
///
/// # Errors
/// What the database says.
pub async fn agency_may_read(tx: &mut Tx, agency: AgencyId, file: FileId) -> Result<bool, ServiceError> {
    Ok(store::file::is_granted(tx, file, agency).await?)
}

/// The file, when the actor may read it: the owner's people, or staff of an agency that may. Admins approve no business and
/// read none (`domain.md` §2); what a mentor must see is shown by the operator.
async fn readable(tx: &mut Tx, actor: &Actor, id: FileId) -> Result<Option<File>, ServiceError> {
    if let Some(owner) = owner_of(actor)
        && let Some(file) = store::file::find_own(&mut *tx, owner, id).await?
    {
        return Ok(Some(file));
    }
    match actor.scope() {
        Scope::Agency(agency, Role::Reviewer | Role::CityCentre | Role::Auditor)
            if agency_may_read(&mut *tx, agency, id).await? =>
        {
            Ok(store::file::find(tx, id).await?)
        }
        Scope::Agency(..) | Scope::Trainee(_) | Scope::Operator(_) | Scope::Mentor(_) => Ok(None),
    }
}

async fn content(service: &Service, id: FileId, variant: Variant, stored: &Stored) -> Result<Vec<u8>, ServiceError> {
    let _place = service
        .files()
        .reads
        .acquire()
        .await
        .map_err(|_| ServiceError::Unavailable)?;
    let (part, purpose) = match variant {
        Variant::Original => (Part::Content, CONTENT),
        Variant::Thumbnail => (Part::Thumbnail, THUMBNAIL),
    };
    let sealed = service.files().objects.get(id, part).await?;
    let bytes = service.vault().unseal_bytes(purpose, &id.to_string(), &sealed)?;
    if variant == Variant::Original && i64::try_from(bytes.len()).ok() != Some(stored.size) {
        return Err(ServiceError::fault("an uploaded file is not the one that was stored"));
    }
    Ok(bytes)
}
