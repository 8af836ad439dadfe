//! Notices (消息): the inbox of every role, the switch for push and the count beside its entry.

pub mod api;
pub mod inbox;
pub mod push;
