//! Attendance (CQ 三(一)1): the trainee's 今天 and 签到记录, the host's 考勤看板.

pub mod api;
pub mod board;
mod board_feed;
mod board_live;
mod board_table;
mod board_words;
pub mod history;
mod record;
pub mod today;
