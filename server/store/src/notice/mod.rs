//! Notices: one row per person who is told. Every read and every change is scoped to the reader's own account.

mod delivery;
mod subscription;

pub use delivery::{Channel, Due, Outcome, Sealed, due, insert_deliveries, settle};
pub use subscription::{Subscription, find_subscription, forget, insert_subscription, keep_newest};

use crate::db::{Tx, execute, fetch_all, fetch_one};
use crate::error::{StoreError, stored};
use crate::rows::fetch_rows;
use domain::notice::{InboxCursor, NoticeContent};
use domain::{AccountId, AgencyId, HostId, Moment, NoticeId, TraineeId};

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// One account.
    Account(AccountId),
    /// The person who is this trainee.
    Trainee(TraineeId),
    /// The operators of a host.
    Host(HostId),
    /// The reviewers of an agency.
    Agency(AgencyId),
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Id.
    pub id: NoticeId,
    /// What it says; `None` when a newer version of this program wrote it.
    pub content: Option<NoticeContent>,
    /// When it was written.
    pub at: Moment,
    /// When it was read.
    pub read_at: Option<Moment>,
}

/// The accounts that are told; those that may not sign in any more are not.
///
/// # Errors
/// What the database says.
pub async fn recipients(tx: &mut Tx, to: To) -> Result<Vec<AccountId>, StoreError> {
    let rows = match to {
        To::Account(id) => fetch_all!(
            tx,
            (String,),
            "SELECT id FROM account WHERE id = $1 AND disabled = $2",
            id.to_string(),
            false
        ),
        To::Trainee(id) => fetch_all!(
            tx,
            (String,),
            "SELECT a.id FROM trainee t JOIN account a ON a.id = t.account_id WHERE t.id = $1 AND a.disabled = $2",
            id.to_string(),
            false
        ),
        To::Host(id) => fetch_all!(
            tx,
            (String,),
            "SELECT id FROM account WHERE host_id = $1 AND role = 'operator' AND disabled = $2 ORDER BY id",
            id.to_string(),
            false
        ),
        To::Agency(id) => fetch_all!(
            tx,
            (String,),
            "SELECT id FROM account WHERE agency_id = $1 AND role = 'reviewer' AND disabled = $2 ORDER BY id",
            id.to_string(),
            false
        ),
    }?;
    rows.into_iter()
        .map(|(id,)| stored(id.parse().ok(), "account.id"))
        .collect()
}

/// Writes one notice for each of these accounts, each with its own id.
///
/// # Errors
/// What the database says.
pub async fn insert(
    tx: &mut Tx,
    notices: &[(NoticeId, AccountId)],
    content: &NoticeContent,
    at: Moment,
) -> Result<(), StoreError> {
    let content = stored(serde_json::to_string(content).ok(), "notice.content")?;
    let _: Vec<()> = fetch_rows!(
        tx,
        (),
        notices,
        4,
        |tuples| format!("INSERT INTO notice (id, account_id, content, at) VALUES {tuples}"),
        |notice| notice.0.to_string(),
        notice.1.to_string(),
        content.as_str(),
        at.millis()
    );
    Ok(())
}

/// How many notices of this account are unread.
///
/// # Errors
/// What the database says.
pub async fn unread(tx: &mut Tx, account: AccountId) -> Result<i64, StoreError> {
    let (unread,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM notice WHERE account_id = $1 AND read_at IS NULL",
        account.to_string()
    )?;
    Ok(unread)
}

/// The account's notices after a cursor: unread first, each part newest first.
///
/// # Errors
/// What the database says.
pub async fn list(
    tx: &mut Tx,
    account: AccountId,
    after: Option<InboxCursor>,
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    let (mut found, read_after) = match after {
        Some(cursor) if cursor.read => (Vec::new(), after),
        _ => (part(&mut *tx, account, false, after, limit).await?, None),
    };
    let room = limit - i64::try_from(found.len()).unwrap_or(limit);
    if room > 0 {
        found.extend(part(tx, account, true, read_after, room).await?);
    }
    Ok(found)
}

/// The read or the unread ones.
async fn part(
    tx: &mut Tx,
    account: AccountId,
    read: bool,
    after: Option<InboxCursor>,
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    let (at, id) = after.map_or((i64::MAX, String::new()), |cursor| {
        (cursor.at.millis(), cursor.id.to_string())
    });
    let account = account.to_string();
    let rows: Vec<(String, String, i64, Option<i64>)> = if read {
        fetch_all!(
            tx,
            (String, String, i64, Option<i64>),
            "SELECT id, content, at, read_at FROM notice WHERE account_id = $1 AND read_at IS NOT NULL \
             AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4",
            account,
            at,
            id,
            limit
        )
    } else {
        fetch_all!(
            tx,
            (String, String, i64, Option<i64>),
            "SELECT id, content, at, read_at FROM notice WHERE account_id = $1 AND read_at IS NULL \
             AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4",
            account,
            at,
            id,
            limit
        )
    }?;
    rows.into_iter()
        .map(|(id, content, at, read_at)| {
            Ok(Notice {
                id: stored(id.parse().ok(), "notice.id")?,
                content: serde_json::from_str(&content).ok(),
                at: Moment::from_millis(at),
                read_at: read_at.map(Moment::from_millis),
            })
        })
        .collect()
}

/// Marks one notice of this account as read; `false` when it is not the account's. One that was read before stays as it is.
///
/// # Errors
/// What the database says.
pub async fn mark_read(tx: &mut Tx, account: AccountId, id: NoticeId, at: Moment) -> Result<bool, StoreError> {
    let own = execute!(
        tx,
        "UPDATE notice SET read_at = COALESCE(read_at, $1) WHERE account_id = $2 AND id = $3",
        at.millis(),
        account.to_string(),
        id.to_string()
    )?;
    Ok(own == 1)
}

/// Marks the account's notices that were written until then as read; says how many were not before.
///
/// # Errors
/// What the database says.
pub async fn mark_all_read(tx: &mut Tx, account: AccountId, until: Moment, at: Moment) -> Result<u64, StoreError> {
    execute!(
        tx,
        "UPDATE notice SET read_at = $1 WHERE account_id = $2 AND read_at IS NULL AND at <= $3",
        at.millis(),
        account.to_string(),
        until.millis()
    )
}

/// Removes what was read before then, with its deliveries; says how many. Unread notices stay.
///
/// # Errors
/// What the database says.
pub async fn purge(tx: &mut Tx, read_before: Moment) -> Result<u64, StoreError> {
    execute!(tx, "DELETE FROM notice WHERE read_at < $1", read_before.millis())
}
