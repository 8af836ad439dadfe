//! What happens to files without anybody asking: interrupted checks are made, what nobody used goes, what is gone is erased.

use super::check;
use crate::account;
use crate::context::Service;
use crate::error::ServiceError;
use domain::FileId;

/// How long a file that is used nowhere is kept, milliseconds: a form that was left for a weekend and more.
const KEPT_MS: i64 = 7 * 24 * 60 * 60_000;
/// How many of each are taken on at a time.
const AT_A_TIME: i64 = 50;

/// Does what is due; part of [`crate::upkeep`].
///
/// # Errors
/// What the store says; the rest is done the next time.
pub(crate) async fn look_after(service: &Service) -> Result<(), ServiceError> {
    let now = service.now();
    let mut tx = service.db().read().await?;
    let due = store::file::due(&mut tx, now, AT_A_TIME).await?;
    drop(tx);
    for id in due {
        check::check(service.clone(), id, account::SYSTEM).await;
    }
    let mut tx = service.db().begin().await?;
    for file in store::file::sweepable(&mut tx, now.plus_millis(-KEPT_MS), AT_A_TIME).await? {
        store::file::remove(&mut tx, file.owner, file.id, now).await?;
    }
    let erased = store::file::erased(&mut tx, 2 * AT_A_TIME).await?;
    tx.commit().await?;
    for id in erased {
        erase(service, id).await;
    }
    Ok(())
}

/// Erases the content of a file whose row is gone. What does not succeed is tried again later.
pub(super) async fn erase(service: &Service, id: FileId) {
    let erased = async {
        service.files().objects.erase(id).await?;
        let mut tx = service.db().begin().await?;
        store::file::forget_erased(&mut tx, id).await?;
        tx.commit().await?;
        Ok::<_, ServiceError>(())
    };
    if let Err(error) = erased.await {
        tracing::warn!(%error, "the content of a deleted file is not erased yet; it will be tried again");
    }
}
