//! The one look at a whole file: what it is, whether the scanner finds something, then into the store. Fails closed: only
//! what passed is ready, and what could not be asked is asked again by [`super::look_after`].

use super::inspect::{Inspected, inspect};
use super::objects::Part;
use super::scanner::Said;
use super::upload::unseal_part;
use super::{CONTENT, THUMBNAIL};
use crate::context::Service;
use crate::error::ServiceError;
use domain::FileId;
use domain::audit::AuditEvent;
use domain::file::{FileEvent, FileState, Scan, Unfit};
use store::StoreError;
use store::audit::Author;
use store::file::{Claim, File, Stored};
use tokio::sync::AcquireError;

/// How long one node may take over a check before another tries, milliseconds.
const CLAIM_MS: i64 = 5 * 60_000;
/// A check that began so often and never ended brings the server down each time; the file is refused.
const MOST_TRIES: i64 = 4;

/// What a check came to.
enum Outcome {
    Pass(Inspected, Scan),
    Refuse(Unfit, Scan),
    /// The scanner does not answer.
    Later,
}

/// Checks a file when it waits for that and nobody else is at it. A fault is logged and the file stays as it is.
pub(super) async fn check(service: Service, id: FileId, author: Author) {
    if let Err(error) = try_to_check(&service, id, author).await {
        tracing::error!(%error, "an uploaded file could not be checked; it will be tried again");
    }
}

async fn try_to_check(service: &Service, id: FileId, author: Author) -> Result<(), ServiceError> {
    // Before the claim, so that the claim does not run out while others are looked at.
    let _place = place(service.files().checks.acquire().await)?;
    let now = service.now();
    let mut tx = service.db().begin().await?;
    let claim = store::file::claim(&mut tx, id, now, now.plus_millis(CLAIM_MS)).await?;
    tx.commit().await?;
    let Some(Claim { file, tries }) = claim else {
        return Ok(());
    };
    let outcome = if tries > MOST_TRIES {
        Ok(Outcome::Refuse(Unfit::ImageBroken, Scan::Pending))
    } else {
        look(service, &file).await
    };
    let settled = match outcome {
        Ok(outcome) => settle(service, author, &file, outcome).await,
        Err(error) => Err(error),
    };
    if settled.is_err() {
        // In order to be tried again soon; a claim that cannot be given back runs out by itself.
        let mut tx = service.db().begin().await?;
        if store::file::release(&mut tx, &file, file.scan).await.is_ok() {
            tx.commit().await?;
        }
    }
    settled
}

/// A place among those that are worked on; they are never closed.
fn place<P>(place: Result<P, AcquireError>) -> Result<P, ServiceError> {
    place.map_err(ServiceError::fault)
}

async fn look(service: &Service, file: &File) -> Result<Outcome, ServiceError> {
    let mut tx = service.db().read().await?;
    let parts = store::file::parts(&mut tx, file.id).await?;
    drop(tx);
    let (purpose, id) = (file.purpose, file.id);
    let keys = service.clone();
    let look = place(service.files().looks.clone().acquire_owned().await)?;
    let looked = tokio::task::spawn_blocking(move || {
        let _look = look;
        let mut bytes = Vec::new();
        for (start, sealed) in parts {
            bytes.extend(unseal_part(&keys, id, start, &sealed)?);
        }
        let found = inspect(purpose, &bytes);
        Ok::<_, ServiceError>((bytes, found))
    });
    let (bytes, found) = match looked.await {
        Ok(looked) => looked?,
        // A decoder that panics: the picture is at fault as far as anybody can tell.
        Err(error) => {
            tracing::error!(%error, "the look at an uploaded file did not end well");
            return Ok(Outcome::Refuse(Unfit::ImageBroken, Scan::Pending));
        }
    };
    let inspected = match found {
        Ok(inspected) => inspected,
        Err(unfit) => return Ok(Outcome::Refuse(unfit, Scan::Pending)),
    };
    let Some(scanner) = &service.files().scanner else {
        return Ok(Outcome::Pass(inspected, Scan::NotScanned));
    };
    // The upload as it came, not what was made of it.
    match scanner.scan(&bytes).await {
        Ok(Said::Clean) => Ok(Outcome::Pass(inspected, Scan::Clean)),
        Ok(Said::Infected) => Ok(Outcome::Refuse(Unfit::Infected, Scan::Infected)),
        Err(cause) => {
            tracing::error!(%cause, "the virus scanner gives no answer; uploads wait for it");
            Ok(Outcome::Later)
        }
    }
}

async fn settle(service: &Service, author: Author, file: &File, outcome: Outcome) -> Result<(), ServiceError> {
    let (event, scan, content) = match outcome {
        Outcome::Later => {
            let mut tx = service.db().begin().await?;
            match store::file::release(&mut tx, file, Scan::Unreachable).await {
                Err(StoreError::Conflict) => return Ok(()),
                released => released?,
            }
            tx.commit().await?;
            return Ok(());
        }
        Outcome::Refuse(unfit, scan) => (FileEvent::Refuse(unfit), scan, None),
        Outcome::Pass(inspected, scan) => (FileEvent::Pass, scan, Some(keep(service, file, inspected).await?)),
    };
    let state = file
        .state
        .step(event)
        .map_err(|refusal| ServiceError::fault(format!("{refusal:?}")))?;
    let mut tx = service.db().begin().await?;
    match store::file::finish(&mut tx, file, state, scan, content.as_ref()).await {
        Ok(()) => {}
        Err(StoreError::Conflict) => {
            // Its owner deleted it meanwhile, or another node was faster with the same content.
            let gone = store::file::find(&mut tx, file.id).await?.is_none();
            drop(tx);
            if gone {
                service.files().objects.erase(file.id).await?;
            }
            return Ok(());
        }
        Err(other) => return Err(other.into()),
    }
    service.audit(&mut tx, author, &act(file, state)).await?;
    tx.commit().await?;
    Ok(())
}

fn act(file: &File, state: FileState) -> AuditEvent {
    match state {
        FileState::Refused(reason) => AuditEvent::FileRefused { file: file.id, reason },
        FileState::Uploading | FileState::Checking | FileState::Ready => AuditEvent::FileAdded {
            file: file.id,
            purpose: file.purpose,
        },
    }
}

/// Writes the content before the row says that it is there.
async fn keep(service: &Service, file: &File, inspected: Inspected) -> Result<Stored, ServiceError> {
    let row = file.id.to_string();
    let stored = Stored {
        kind: inspected.kind,
        size: i64::try_from(inspected.content.len()).unwrap_or(i64::MAX),
        sha256: inspected.sha256,
    };
    let content = service.vault().seal_bytes(CONTENT, &row, &inspected.content)?;
    service.files().objects.put(file.id, Part::Content, content).await?;
    if let Some(thumbnail) = inspected.thumbnail {
        let thumbnail = service.vault().seal_bytes(THUMBNAIL, &row, &thumbnail)?;
        service.files().objects.put(file.id, Part::Thumbnail, thumbnail).await?;
    }
    Ok(stored)
}
