//! Reading the own inbox. The reader's account is part of each query, so no id leads into another's.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::notice::{Inbox, InboxCursor, NoticeView};
use domain::{AccountId, Moment, NoticeId};
use store::Tx;
use store::notice::Notice;

/// Notices on one page of the inbox.
const PAGE: i64 = 20;
/// Read notices are kept so long: a product decision, no rule of the programme; the acts themselves stay in the audit log.
const KEPT_MILLIS: i64 = 180 * 24 * 3_600_000;

/// A page of the own inbox, unread first, each part newest first; `before` is the `older` of the page before.
///
/// # Errors
/// What the store says.
pub async fn list(service: &Service, actor: &Actor, before: Option<&str>) -> Result<Inbox, ServiceError> {
    let cursor = before.and_then(InboxCursor::parse);
    let mut tx = service.db().read().await?;
    let unread = count(&mut tx, actor.account()).await?;
    let mut notices = store::notice::list(&mut tx, actor.account(), cursor, PAGE + 1).await?;
    drop(tx);
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let is_last = notices.len() <= page;
    notices.truncate(page);
    let older = notices.last().filter(|_| !is_last).map(|last| {
        InboxCursor {
            read: last.read_at.is_some(),
            at: last.at,
            id: last.id,
        }
        .to_string()
    });
    Ok(Inbox {
        as_of: service.now(),
        unread,
        notices: notices.into_iter().map(view).collect(),
        older,
    })
}

/// How many notices of the own inbox are unread.
///
/// # Errors
/// What the store says.
pub async fn unread(service: &Service, actor: &Actor) -> Result<u32, ServiceError> {
    let mut tx = service.db().read().await?;
    count(&mut tx, actor.account()).await
}

pub(crate) async fn count(tx: &mut Tx, account: AccountId) -> Result<u32, ServiceError> {
    let unread = store::notice::unread(tx, account).await?;
    Ok(u32::try_from(unread).unwrap_or(u32::MAX))
}

/// Marks one notice of the own inbox as read; again changes nothing.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not in the own inbox.
pub async fn mark_read(service: &Service, actor: &Actor, id: NoticeId) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    if !store::notice::mark_read(&mut tx, actor.account(), id, service.now()).await? {
        return Err(ServiceError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Marks what the reader saw as read: nothing that came after `until`.
///
/// # Errors
/// What the store says.
pub async fn mark_all_read(service: &Service, actor: &Actor, until: Moment) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    store::notice::mark_all_read(&mut tx, actor.account(), until, service.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes what was read long ago; a job of [`crate::upkeep`].
///
/// # Errors
/// What the store says.
pub(crate) async fn sweep(service: &Service) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    let removed = store::notice::purge(&mut tx, service.now().plus_millis(-KEPT_MILLIS)).await?;
    tx.commit().await?;
    if removed > 0 {
        tracing::info!(removed, "old read notices removed");
    }
    Ok(())
}

fn view(notice: Notice) -> NoticeView {
    let (title, body, href) = notice.content.map_or_else(
        // Written by a newer version before somebody went back to this one.
        || {
            (
                "有一条新消息".to_owned(),
                "系统更新以后才能看到它的内容。".to_owned(),
                "/messages".to_owned(),
            )
        },
        |content| (content.title(), content.body(), content.href()),
    );
    NoticeView {
        id: notice.id,
        title,
        body,
        href,
        at: notice.at,
        read: notice.read_at.is_some(),
    }
}
