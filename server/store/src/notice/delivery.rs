//! What must still leave the house about a notice: written with it, sent by one node at a time.

use crate::db::{Tx, execute, fetch_all};
use crate::error::{StoreError, stored};
use crate::rows::fetch_rows;
use domain::notice::NoticeContent;
use domain::{AccountId, Moment, NoticeId};

/// A way out of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A text message to a trainee's mobile number.
    Sms,
    /// A push message to a browser.
    Push,
}

impl Channel {
    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Push => "push",
        }
    }
}

/// A delivery that is due.
#[derive(Clone, PartialEq, Eq)]
pub struct Due {
    /// The notice.
    pub notice: NoticeId,
    /// Whose inbox it is in.
    pub account: AccountId,
    /// The push subscription; empty for a text message.
    pub target: String,
    /// What it says; `None` when a newer version of this program wrote it.
    pub content: Option<NoticeContent>,
    /// When it was written.
    pub at: Moment,
    /// Tries that failed.
    pub tries: i64,
    /// Where it goes, sealed: the trainee's number or the subscription; `None` when that is gone, the notice was read
    /// meanwhile, or the account is barred.
    pub sealed: Option<Sealed>,
}

/// A sealed value with the id of the row that it is sealed under.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The row.
    pub row: String,
    /// The value.
    pub value: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Due")
            .field("notice", &self.notice)
            .field("tries", &self.tries)
            .finish_non_exhaustive()
    }
}

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The other system took it.
    Sent,
    /// Not this time.
    Again {
        /// Tries that failed until now.
        tries: i64,
        /// The next one.
        at: Moment,
    },
    /// Not any more.
    GivenUp,
    /// Nobody needs it any more.
    Dropped,
}

/// Notes what must leave the house about these notices: a text message where the account is a trainee, a push message to
/// each browser that asked for them.
///
/// # Errors
/// What the database says.
pub async fn insert_deliveries(tx: &mut Tx, notices: &[NoticeId], channel: Channel) -> Result<(), StoreError> {
    let _: Vec<()> = fetch_rows!(
        tx,
        (),
        notices,
        1,
        |tuples| match channel {
            Channel::Sms => format!(
                "WITH told (id) AS (VALUES {tuples}) \
                 INSERT INTO notice_delivery (notice_id, channel, target, state, tries, next_at) \
                 SELECT n.id, 'sms', '', 'waiting', 0, n.at FROM told JOIN notice n ON n.id = told.id \
                 JOIN trainee t ON t.account_id = n.account_id"
            ),
            Channel::Push => format!(
                "WITH told (id) AS (VALUES {tuples}) \
                 INSERT INTO notice_delivery (notice_id, channel, target, state, tries, next_at) \
                 SELECT n.id, 'push', p.id, 'waiting', 0, n.at FROM told JOIN notice n ON n.id = told.id \
                 JOIN push_subscription p ON p.account_id = n.account_id"
            ),
        },
        |notice| notice.to_string()
    );
    Ok(())
}

/// What is due on this channel, the longest waiting first, with where it goes.
///
/// # Errors
/// What the database says.
pub async fn due(tx: &mut Tx, channel: Channel, now: Moment, limit: i64) -> Result<Vec<Due>, StoreError> {
    type Row = (String, String, String, String, i64, i64, Option<String>, Option<String>);
    let rows: Vec<Row> = match channel {
        Channel::Sms => fetch_all!(
            tx,
            Row,
            "SELECT d.notice_id, n.account_id, d.target, n.content, n.at, d.tries, t.id, t.phone_sealed \
             FROM notice_delivery d JOIN notice n ON n.id = d.notice_id \
             LEFT JOIN account a ON a.id = n.account_id AND a.disabled = $1 AND n.read_at IS NULL \
             LEFT JOIN trainee t ON t.account_id = a.id \
             WHERE d.state = 'waiting' AND d.channel = 'sms' AND d.next_at <= $2 ORDER BY d.next_at, d.notice_id LIMIT $3",
            false,
            now.millis(),
            limit
        ),
        Channel::Push => fetch_all!(
            tx,
            Row,
            "SELECT d.notice_id, n.account_id, d.target, n.content, n.at, d.tries, p.id, p.sealed \
             FROM notice_delivery d JOIN notice n ON n.id = d.notice_id \
             LEFT JOIN account a ON a.id = n.account_id AND a.disabled = $1 AND n.read_at IS NULL \
             LEFT JOIN push_subscription p ON p.id = d.target AND p.account_id = a.id \
             WHERE d.state = 'waiting' AND d.channel = 'push' AND d.next_at <= $2 ORDER BY d.next_at, d.notice_id LIMIT $3",
            false,
            now.millis(),
            limit
        ),
    }?;
    rows.into_iter()
        .map(|(notice, account, target, content, at, tries, row, value)| {
            Ok(Due {
                notice: stored(notice.parse().ok(), "notice_delivery.notice_id")?,
                account: stored(account.parse().ok(), "notice.account_id")?,
                target,
                content: serde_json::from_str(&content).ok(),
                at: Moment::from_millis(at),
                tries,
                sealed: row.zip(value).map(|(row, value)| Sealed { row, value }),
            })
        })
        .collect()
}

/// Notes what became of a delivery that was waiting.
///
/// # Errors
/// What the database says.
pub async fn settle(tx: &mut Tx, channel: Channel, due: &Due, outcome: Outcome) -> Result<(), StoreError> {
    let (state, tries, next_at) = match outcome {
        Outcome::Sent => ("sent", due.tries, 0),
        Outcome::Again { tries, at } => ("waiting", tries, at.millis()),
        Outcome::GivenUp => ("given_up", due.tries + 1, 0),
        Outcome::Dropped => ("dropped", due.tries, 0),
    };
    execute!(
        tx,
        "UPDATE notice_delivery SET state = $1, tries = $2, next_at = $3 \
         WHERE notice_id = $4 AND channel = $5 AND target = $6 AND state = 'waiting'",
        state,
        tries,
        next_at,
        due.notice.to_string(),
        channel.code(),
        &due.target
    )?;
    Ok(())
}
