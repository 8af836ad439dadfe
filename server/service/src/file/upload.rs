//! Handing a file in: announce it, send it chunk by chunk, ask how far it is, take it back.

use super::{NAME, PART, check, own, owner_of, view};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::FileId;
use domain::audit::AuditEvent;
use domain::file::{BeginUpload, FileEvent, FileRefusal, FileState, FileView, MAX_CHUNK, Scan};
use std::time::Duration;
use store::StoreError;
use store::file::File;
use uuid::Uuid;

/// Unfinished uploads of one owner; an older one makes way for a new one.
const UNFINISHED: i64 = 10;
/// Files of one owner that are used nowhere.
const LOOSE: i64 = 100;
/// How long the last chunk waits for the check. The check goes on after that; the browser asks again.
const WAIT_FOR_CHECK: Duration = Duration::from_secs(10);

/// What became of a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It is there, now or since an earlier try whose answer was lost.
    Taken(FileView),
    /// It belongs elsewhere: the upload stands where the view says.
    Elsewhere(FileView),
}

/// Announces a file; its id is the address of the upload.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that hand in nothing, [`ServiceError::Invalid`] for a file that is empty or too
/// large, [`ServiceError::Refused`] when too many files of this owner are used nowhere.
pub async fn begin(service: &Service, actor: &Actor, announced: &BeginUpload) -> Result<FileView, ServiceError> {
    let owner = owner_of(actor).ok_or(ServiceError::Forbidden)?;
    let new = announced.check()?;
    let now = service.now();
    let id = FileId::new(Uuid::new_v4());
    let file = File {
        id,
        owner,
        uploaded_by: actor.account(),
        purpose: new.purpose,
        name_sealed: service.vault().seal(NAME, &id.to_string(), &new.name)?,
        size: count(new.size)?,
        received: 0,
        state: FileState::Uploading,
        scan: Scan::Pending,
        stored: None,
        created_at: now,
        used: false,
        version: 1,
    };
    let mut tx = service.db().begin().await?;
    for old in store::file::oldest_unfinished(&mut tx, owner, UNFINISHED - 1).await? {
        store::file::remove(&mut tx, owner, old, now).await?;
    }
    if store::file::count_loose(&mut tx, owner).await? >= LOOSE {
        return Err(ServiceError::Refused(format!(
            "已有 {LOOSE} 份上传了还没有使用的材料。请先提交或删除一些，再上传新的。"
        )));
    }
    store::file::insert(&mut tx, &file).await?;
    tx.commit().await?;
    view(service, &file)
}

/// Takes a chunk, at most [`MAX_CHUNK`] bytes. The last one starts the check. The same chunk again is answered again.
///
/// # Errors
/// [`ServiceError::NotFound`] for what is not the actor's, [`ServiceError::Refused`] for a chunk that does not fit.
pub async fn append(
    service: &Service,
    actor: &Actor,
    id: FileId,
    offset: u64,
    chunk: &[u8],
) -> Result<Appended, ServiceError> {
    let (_, file) = own(service, actor, id).await?;
    let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
    let refused = |refusal: FileRefusal| ServiceError::Refused(refusal.label().to_owned());
    if length > MAX_CHUNK {
        return Err(refused(FileRefusal::WrongLength));
    }
    let event = FileEvent::Chunk {
        received: u64::try_from(file.received).unwrap_or(0),
        offset,
        length,
        size: u64::try_from(file.size).unwrap_or(0),
    };
    match file.state.step(event) {
        Ok(state) => take(service, actor, &file, state, chunk).await,
        Err(FileRefusal::WrongOffset | FileRefusal::Whole) => {
            let came_before = repeats(service, &file, offset, chunk).await?;
            let view = view(service, &file)?;
            Ok(if came_before {
                Appended::Taken(view)
            } else {
                Appended::Elsewhere(view)
            })
        }
        Err(refusal @ (FileRefusal::WrongLength | FileRefusal::NotWhole | FileRefusal::Checked)) => {
            Err(refused(refusal))
        }
    }
}

/// How far an upload is.
///
/// # Errors
/// [`ServiceError::NotFound`] for what is not the actor's.
pub async fn get(service: &Service, actor: &Actor, id: FileId) -> Result<FileView, ServiceError> {
    let (_, file) = own(service, actor, id).await?;
    view(service, &file)
}

/// Takes a file back that is used nowhere.
///
/// # Errors
/// [`ServiceError::NotFound`] for what is not the actor's, [`ServiceError::Refused`] while it is used.
pub async fn remove(service: &Service, actor: &Actor, id: FileId) -> Result<(), ServiceError> {
    let (owner, _) = own(service, actor, id).await?;
    let mut tx = service.db().begin().await?;
    if !store::file::remove(&mut tx, owner, id, service.now()).await? {
        return Err(ServiceError::Refused(
            "这份材料已经用在提交的申请里，不能删除。需要更换时，请在申请退回后重新上传。".to_owned(),
        ));
    }
    service
        .audit(&mut tx, actor.author(), &AuditEvent::FileDeleted { file: id })
        .await?;
    tx.commit().await?;
    super::upkeep::erase(service, id).await;
    Ok(())
}

async fn take(
    service: &Service,
    actor: &Actor,
    file: &File,
    state: FileState,
    chunk: &[u8],
) -> Result<Appended, ServiceError> {
    let sealed = service
        .vault()
        .seal_bytes(PART, &part_name(file.id, file.received), chunk)?;
    let length = i64::try_from(chunk.len()).unwrap_or(0);
    let mut tx = service.db().begin().await?;
    let taken = store::file::append(&mut tx, file, state, length, &STANDARD_NO_PAD.encode(sealed)).await;
    match taken {
        Ok(()) => tx.commit().await?,
        // The same chunk twice at once; whichever came first is the one.
        Err(StoreError::Conflict) => {
            drop(tx);
            return Ok(Appended::Elsewhere(get(service, actor, file.id).await?));
        }
        Err(other) => return Err(other.into()),
    }
    if state == FileState::Checking {
        // A task of its own: whoever hangs up now has handed the file in all the same.
        let checking = tokio::spawn(check::check(service.clone(), file.id, actor.author()));
        let _ = tokio::time::timeout(WAIT_FOR_CHECK, checking).await;
    }
    Ok(Appended::Taken(get(service, actor, file.id).await?))
}

/// Whether this very chunk arrived before. After the check the chunks are gone and its place must do.
async fn repeats(service: &Service, file: &File, offset: u64, chunk: &[u8]) -> Result<bool, ServiceError> {
    let start = count(offset)?;
    let end = start.saturating_add(i64::try_from(chunk.len()).unwrap_or(i64::MAX));
    if end > file.received || chunk.is_empty() {
        return Ok(false);
    }
    let mut tx = service.db().read().await?;
    match store::file::part_at(&mut tx, file.id, start).await? {
        Some(sealed) => Ok(unseal_part(service, file.id, start, &sealed)? == chunk),
        None => Ok(file.state != FileState::Uploading && end == file.size),
    }
}

/// Opens a chunk.
pub(super) fn unseal_part(service: &Service, id: FileId, start: i64, sealed: &str) -> Result<Vec<u8>, ServiceError> {
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(ServiceError::fault)?;
    Ok(service.vault().unseal_bytes(PART, &part_name(id, start), &sealed)?)
}

fn part_name(id: FileId, start: i64) -> String {
    format!("{id}:{start}")
}

fn count(bytes: u64) -> Result<i64, ServiceError> {
    i64::try_from(bytes).map_err(|_| ServiceError::Refused(FileRefusal::WrongLength.label().to_owned()))
}
