//! Attendance (CQ 三(一)1): fence, check-in, week, missed reports.

mod fence;
mod form;
mod label;
mod state;
mod view;
mod week;

pub use fence::{Fence, Judgement, Verdict, judge};
pub use form::{CheckInForm, DecideForm, NewCheckIn, NewDecision, clock_doubt};
pub use state::{CheckInEvent, CheckInRefusal, CheckInState};
pub use view::{
    BoardCell, BoardRow, BoardView, CheckInReceipt, CheckInView, FeedItem, HistoryView, HistoryWeek, SiteFence,
    TodayInternship, TodayView, WeekDay, WeekDayMark,
};
pub use week::{WeekQuota, is_closed, missed_run, quota};
