//! Notices (消息): what somebody is told because somebody else acted. Written with the act, read in the inbox; text messages
//! and push only say that something waits there.

mod content;
mod label;
mod view;

pub use content::NoticeContent;
pub use view::{Inbox, InboxCursor, NoticeView, PushForm, PushKeys, PushSwitch};
