//! Files as papers of something else: what other features call in their own transaction.

use super::{owner_of, view};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::file::FileView;
use domain::{AgencyId, FileId};
use store::Tx;

/// What files are used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Which feature: `certification`.
    pub kind: &'a str,
    /// Which record of it.
    pub id: &'a str,
}

/// Makes exactly these files, in this order, the papers of a subject. They must be the actor's own and ready; what the
/// subject had before and has no more can be deleted by its owner again. Whether the actor may change the subject, and
/// whether each purpose fits it, is the caller's to say.
///
/// # Errors
/// [`ServiceError::Invalid`] beside `file` for a file that is not there for this actor, not ready, or named twice.
pub async fn attach(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    subject: Subject<'_>,
    files: &[FileId],
) -> Result<(), ServiceError> {
    let owner = owner_of(actor).ok_or(ServiceError::Forbidden)?;
    store::file::detach_all(&mut *tx, subject.kind, subject.id, service.now()).await?;
    for (position, id) in (0_i64..).zip(files) {
        if !store::file::attach(&mut *tx, owner, *id, subject.kind, subject.id, position).await? {
            return Err(ServiceError::field(
                "file",
                "有一份材料还没有检查完，或已经删除。请删掉它重新上传，再提交。",
            ));
        }
    }
    Ok(())
}

/// The papers of a subject, in their order. Whether the actor may see the subject is the caller's to say.
///
/// # Errors
/// What the store says.
pub async fn views_of(service: &Service, tx: &mut Tx, subject: Subject<'_>) -> Result<Vec<FileView>, ServiceError> {
    let files = store::file::uses_of(tx, subject.kind, subject.id).await?;
    files.iter().map(|file| view(service, file)).collect()
}

/// Lets the staff of an agency read the papers of a subject, because its case reached that agency.
///
/// # Errors
/// What the store says.
pub async fn grant(service: &Service, tx: &mut Tx, subject: Subject<'_>, agency: AgencyId) -> Result<(), ServiceError> {
    for file in store::file::uses_of(&mut *tx, subject.kind, subject.id).await? {
        store::file::grant(&mut *tx, file.id, agency, service.now()).await?;
    }
    Ok(())
}
