//! Files that people hand in: they arrive in chunks that may be sent again, are looked at once (what they really are, what is
//! in them, a virus scanner where there is one), and lie encrypted in the object store. Who may read one is decided here.

mod attached;
mod check;
mod doctor;
mod inspect;
mod objects;
mod pdf;
mod read;
mod scanner;
mod upkeep;
mod upload;

pub use attached::{Subject, attach, grant, views_of};
pub use doctor::examine;
pub use objects::BadFiles;
pub use read::{FileBytes, Variant, agency_may_read, open};
pub(crate) use upkeep::look_after;
pub use upload::{Appended, append, begin, get, remove};

use crate::actor::{Actor, Scope};
use crate::context::Service;
use crate::error::ServiceError;
use domain::FileId;
use domain::account::Role;
use domain::file::{FileOwner, FileView};
use objects::Objects;
use scanner::Scanner;
use std::sync::Arc;
use store::file::File;
use tokio::sync::Semaphore;

/// Files in their check at once, waiting for the scanner included; each is in memory twice meanwhile.
const CHECKS_AT_ONCE: usize = 4;
/// Files looked at at once. A picture may need 256 MB while it is decoded, and check-ins must not wait for pictures.
const LOOKS_AT_ONCE: usize = 1;
/// Files decrypted at once; each is in memory twice meanwhile.
const READS_AT_ONCE: usize = 8;

/// Purposes of sealing, so that nothing opens as something else.
const CONTENT: &str = "file.content";
const THUMBNAIL: &str = "file.thumbnail";
const PART: &str = "file.part";
const NAME: &str = "file.name";

/// Where files lie and who looks at them.
pub(crate) struct Files {
    objects: Objects,
    scanner: Option<Scanner>,
    checks: Semaphore,
    looks: Arc<Semaphore>,
    reads: Semaphore,
}

impl Files {
    /// Opens the folder of the files.
    ///
    /// # Errors
    /// [`BadFiles`], with the next step.
    pub(crate) fn open(place: &str, clamav: Option<&str>) -> Result<Self, BadFiles> {
        Ok(Self {
            objects: Objects::open(place)?,
            scanner: clamav.map(Scanner::parse).transpose()?,
            checks: Semaphore::new(CHECKS_AT_ONCE),
            looks: Arc::new(Semaphore::new(LOOKS_AT_ONCE)),
            reads: Semaphore::new(READS_AT_ONCE),
        })
    }
}

/// Whose files an actor uploads and reaches without anybody's grant. Mentors and admins have none: they hand in no papers
/// (`domain.md` §2).
fn owner_of(actor: &Actor) -> Option<FileOwner> {
    match actor.scope() {
        Scope::Trainee(id) => Some(FileOwner::Trainee(id)),
        Scope::Operator(id) => Some(FileOwner::Host(id)),
        Scope::Agency(id, Role::Reviewer | Role::CityCentre) => Some(FileOwner::Agency(id)),
        Scope::Agency(_, Role::Trainee | Role::Operator | Role::Mentor | Role::Auditor | Role::Admin)
        | Scope::Mentor(_) => None,
    }
}

/// The actor's own file. What belongs to somebody else is not there.
async fn own(service: &Service, actor: &Actor, id: FileId) -> Result<(FileOwner, File), ServiceError> {
    let owner = owner_of(actor).ok_or(ServiceError::NotFound)?;
    let mut tx = service.db().read().await?;
    let file = store::file::find_own(&mut tx, owner, id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    Ok((owner, file))
}

/// A file as the screens show it.
fn view(service: &Service, file: &File) -> Result<FileView, ServiceError> {
    let name = service.vault().unseal(NAME, &file.id.to_string(), &file.name_sealed)?;
    let bytes = |count: i64| u64::try_from(count).unwrap_or(0);
    Ok(FileView {
        id: file.id,
        purpose: file.purpose,
        name,
        size: bytes(file.stored.as_ref().map_or(file.size, |content| content.size)),
        offset: bytes(file.received),
        state: file.state,
        scan: file.scan,
        kind: file.stored.as_ref().map(|content| content.kind),
        at: file.created_at,
    })
}
