//! What the inbox shows, and what a browser says when it wants push.

use crate::form::FieldErrors;
use crate::{Moment, NoticeId};
use serde::{Deserialize, Serialize};

/// One notice, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// Which.
    pub id: NoticeId,
    /// One line.
    pub title: String,
    /// What it means and what comes next.
    pub body: String,
    /// Where to go on.
    pub href: String,
    /// When it was written.
    pub at: Moment,
    /// Whether it was read.
    pub read: bool,
}

/// One page of the inbox: unread first, each part newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// When it was read; 全部标为已读 reaches no notice that came later.
    pub as_of: Moment,
    /// Unread notices of the whole inbox.
    pub unread: u32,
    /// This page's.
    pub notices: Vec<NoticeView>,
    /// Where the next page begins; an [`InboxCursor`].
    pub older: Option<String>,
}

/// The last notice of a page, after which the next one begins. Written into addresses: `u1795050120000.01890a…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxCursor {
    /// Whether it stood among the read ones.
    pub read: bool,
    /// When it was written.
    pub at: Moment,
    /// Which.
    pub id: NoticeId,
}

impl std::fmt::Display for InboxCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = if self.read { 'r' } else { 'u' };
        write!(f, "{part}{}.{}", self.at.millis(), self.id)
    }
}

impl InboxCursor {
    /// Reads what `Display` wrote; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (read, rest) = match text.split_at_checked(1)? {
            ("r", rest) => (true, rest),
            ("u", rest) => (false, rest),
            _ => return None,
        };
        let (at, id) = rest.split_once('.')?;
        Some(Self {
            read,
            at: Moment::from_millis(at.parse().ok()?),
            id: id.parse().ok()?,
        })
    }
}

/// What the switch for push starts with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushSwitch {
    /// The key to subscribe with; `None` when this server sends no push.
    pub key: Option<String>,
    /// Whether the asking browser tells the asking person.
    pub on: bool,
}

/// A browser's push subscription, as `PushSubscription.toJSON()` writes it (W3C Push API).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushForm {
    /// Where its push service takes messages; knowing it is enough to send, so it is a secret.
    pub endpoint: String,
    /// Keys of RFC 8291.
    pub keys: PushKeys,
}

/// The keys with which messages are sealed for one browser, base64url without padding.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushKeys {
    /// The browser's public key: an uncompressed point of P-256.
    pub p256dh: String,
    /// The authentication secret, 16 bytes.
    pub auth: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for PushForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PushForm").finish_non_exhaustive()
    }
}

impl PushForm {
    /// The longest endpoint that is taken; those in use have under 600 characters.
    const LONGEST: usize = 2048;

    /// What is said of a subscription that cannot be used, for the form as a whole.
    #[must_use]
    pub fn refused() -> FieldErrors {
        FieldErrors::one("", "这个浏览器给出的推送地址不能用，请换一个浏览器再试。")
    }

    /// Whether the lengths are those of a subscription; the server also looks into the values.
    ///
    /// # Errors
    /// [`refused`](Self::refused).
    pub fn check(&self) -> Result<(), FieldErrors> {
        let keys = &self.keys;
        let sane = self.endpoint.len() <= Self::LONGEST && keys.p256dh.len() <= 128 && keys.auth.len() <= 64;
        if sane { Ok(()) } else { Err(Self::refused()) }
    }
}
