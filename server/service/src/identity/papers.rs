//! Photos of the ID card, as they lie at the person. Each snapshot of a case keeps those that it is decided about.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::file::{self, Subject};
use domain::file::{FilePurpose, FileView};
use domain::identity::PHOTOS;
use domain::review::PaperFact;
use domain::{FieldErrors, FileId, TraineeId};
use store::Tx;
use store::file::File;

/// What the photos are used for.
const KIND: &str = "person_identity";
const SIDES: [(FilePurpose, &str); 2] = [(FilePurpose::IdCardFront, "front"), (FilePurpose::IdCardBack, "back")];

/// Hands in both sides instead of those before.
pub(super) async fn hand_in(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    trainee: TraineeId,
    photos: &[FileId; 2],
) -> Result<(), ServiceError> {
    let id = trainee.to_string();
    let subject = Subject { kind: KIND, id: &id };
    file::attach(service, tx, actor, subject, photos)
        .await
        .map_err(|error| match error {
            ServiceError::Invalid(_) => ServiceError::field("front", "照片还没有传好，或者已经删除，请重新上传两面"),
            other => other,
        })?;
    let files = of(tx, trainee).await?;
    let mut errors = FieldErrors::default();
    for (file, (purpose, field)) in files.iter().zip(SIDES) {
        if file.purpose != purpose {
            errors.push(field, "这张照片不是从这一栏上传的，请重新上传");
        }
    }
    errors.into_result(())?;
    Ok(())
}

/// The photos that lie at the person.
pub(super) async fn of(tx: &mut Tx, trainee: TraineeId) -> Result<Vec<File>, ServiceError> {
    Ok(store::file::uses_of(tx, KIND, &trainee.to_string()).await?)
}

/// The same, to look at.
pub(super) async fn views(service: &Service, tx: &mut Tx, trainee: TraineeId) -> Result<Vec<FileView>, ServiceError> {
    let id = trainee.to_string();
    file::views_of(service, tx, Subject { kind: KIND, id: &id }).await
}

/// Nobody needs them any more: the automatic check matched.
pub(super) async fn let_go(service: &Service, tx: &mut Tx, trainee: TraineeId) -> Result<(), ServiceError> {
    Ok(store::file::detach_all(tx, KIND, &trainee.to_string(), service.now()).await?)
}

/// The photos as papers of a case.
pub(super) fn facts(files: &[File]) -> Vec<PaperFact> {
    files
        .iter()
        .filter_map(|file| {
            Some(PaperFact {
                field: PHOTOS.to_owned(),
                label: file.purpose.label().to_owned(),
                file: file.id.to_string(),
                sha256: file.stored.as_ref()?.sha256.clone(),
            })
        })
        .collect()
}
