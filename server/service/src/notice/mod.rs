//! Notices (消息): written in the transaction of the act that they tell of, read by nobody but the person who is told. Text
//! messages and push follow where they are configured and only say that something waits in the inbox.

mod channels;
mod deliver;
mod doctor;
mod inbox;
mod push;
mod push_key;
mod sms;
mod subscribe;
mod write;

pub use channels::{NoticeConfig, NoticeConfigError};
pub use doctor::examine;
pub use inbox::{list, mark_all_read, mark_read, unread};
pub use push::PushConfig;
pub use sms::SmsConfig;
pub use store::notice::To;
pub use subscribe::{is_push_on, push_key, push_off, push_on};
pub use write::send;

pub(crate) use channels::Channels;
#[cfg(test)]
pub(crate) use deliver::MOST_TRIES;
pub(crate) use deliver::deliver;
pub(crate) use inbox::{count, sweep};
