//! The ways out of the house: text messages and push. Off unless configured; the inbox works without them.

use super::push::{Push, PushConfig};
use super::sms::{Sms, SmsConfig};
use crate::clock::Clock;
use crate::vault::KeyError;
use store::notice::Channel;

/// Which ways out there are.
#[derive(Debug, Clone, Default)]
pub struct NoticeConfig {
    /// Text messages to trainees.
    pub sms: Option<SmsConfig>,
    /// Push messages to browsers whose owners asked for them.
    pub push: Option<PushConfig>,
}

/// Why a way out cannot be opened; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NoticeConfigError {
    /// The SMS gateway's address.
    #[error("--sms-url: the gateway {0}")]
    SmsUrl(String),
    /// The SMS gateway's token.
    #[error("--sms-token-file {path}: {cause}", path = .path.display())]
    SmsToken {
        /// Where.
        path: std::path::PathBuf,
        /// What the system says, or what is wrong with the content.
        cause: String,
    },
    /// The key that push messages are signed with.
    #[error(transparent)]
    PushKey(#[from] KeyError),
    /// The contact that push services are told.
    #[error("--push-subject: {0:?} is neither mailto:… nor https://…; push services want to know whom to write to")]
    PushSubject(String),
}

/// The ways out that are open.
#[derive(Debug, Default)]
pub(crate) struct Channels {
    pub(crate) sms: Option<Sms>,
    pub(crate) push: Option<Push>,
}

impl Channels {
    pub(crate) fn open(config: NoticeConfig, clock: &Clock) -> Result<Self, NoticeConfigError> {
        Ok(Self {
            sms: config.sms.map(|sms| Sms::open(sms, clock.clone())).transpose()?,
            push: config.push.map(|push| Push::open(push, clock.clone())).transpose()?,
        })
    }

    /// Those that are open.
    pub(crate) fn open_ones(&self) -> impl Iterator<Item = Channel> {
        let sms = self.sms.is_some().then_some(Channel::Sms);
        let push = self.push.is_some().then_some(Channel::Push);
        sms.into_iter().chain(push)
    }
}
