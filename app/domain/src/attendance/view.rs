//! What 今天, 签到记录 and 考勤看板 read. Times are UTC ms, days Asia/Shanghai, distances metres.

use super::{CheckInState, Verdict, WeekQuota};
use crate::identity::IdentityState;
use crate::internship::OfferView;
use crate::{CheckInId, Day, InternshipId, LatLon, Meters, Moment, SiteId};
use serde::{Deserialize, Serialize};

/// 今天: one look for the trainee.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// Server time when this was read; an offline screen says "as of" with it.
    pub as_of: Moment,
    /// Today, Asia/Shanghai.
    pub today: Day,
    /// Name to greet.
    pub name: String,
    /// Where the 实名认证 stands.
    pub identity: IdentityState,
    /// Whether an agency gave it back to be mended: the person acts now, not the agency.
    pub returned: bool,
    /// Whether the consent for position was given; without it no check-in by position.
    pub consented_position: bool,
    /// The active internship.
    pub internship: Option<TodayInternship>,
    /// Offers that wait for an answer.
    pub offers: Vec<OfferView>,
}

/// The active internship on 今天.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayInternship {
    /// Id.
    pub id: InternshipId,
    /// Host unit.
    pub host: String,
    /// Post title.
    pub post: String,
    /// 第 n 周, counted from the week of the first day.
    pub week_number: u32,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// The allowed sites with their fences.
    pub sites: Vec<SiteFence>,
    /// Monday to Sunday.
    pub week: Vec<WeekDay>,
    /// This week's quota.
    pub quota: WeekQuota,
    /// Today's check-ins, newest first.
    pub today: Vec<CheckInView>,
}

/// A fence as the phone needs it to judge before it sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteFence {
    /// Id.
    pub id: SiteId,
    /// Name.
    pub name: String,
    /// Centre, WGS-84.
    pub centre: LatLon,
    /// Radius.
    pub radius: Meters,
}

/// What a day of the strip shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekDayMark {
    /// A valid or confirmed check-in.
    Counted,
    /// Only check-ins that wait for the host.
    Waiting,
    /// Only check-ins that were sent back.
    SentBack,
    /// None, on a workday inside the internship.
    Open,
    /// No workday, or outside the internship.
    Off,
}

/// One day of the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekDay {
    /// The day.
    pub day: Day,
    /// Its mark.
    pub mark: WeekDayMark,
    /// Whether it is today.
    pub is_today: bool,
}

/// One check-in as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckInView {
    /// Id.
    pub id: CheckInId,
    /// When it counts: server time.
    pub at: Moment,
    /// Nearest allowed site.
    pub site: String,
    /// Distance to its centre.
    pub distance: Meters,
    /// Accuracy of the position.
    pub accuracy: Meters,
    /// Verdict.
    pub verdict: Verdict,
    /// State.
    pub state: CheckInState,
    /// What the trainee wrote.
    pub reason: Option<String>,
    /// What the host wrote.
    pub note: Option<String>,
    /// Row version.
    pub version: i64,
}

/// The answer to a check-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckInReceipt {
    /// The record.
    pub check_in: CheckInView,
    /// Whether this id was recorded before (a retry after a lost answer).
    pub repeated: bool,
    /// The week after it.
    pub quota: WeekQuota,
}

/// 签到记录, newest week first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryView {
    /// Server time when this was read.
    pub as_of: Moment,
    /// Host and post of the internship shown, `None` without one.
    pub internship: Option<String>,
    /// Weeks with or without check-ins since the first day.
    pub weeks: Vec<HistoryWeek>,
}

/// One week of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryWeek {
    /// 第 n 周.
    pub number: u32,
    /// Its Monday.
    pub monday: Day,
    /// Whether it is the current week.
    pub is_current: bool,
    /// Quota.
    pub quota: WeekQuota,
    /// Check-ins, newest first.
    pub check_ins: Vec<CheckInView>,
}

/// 考勤看板: week × people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardView {
    /// Server time when this was read.
    pub as_of: Moment,
    /// Host unit.
    pub host: String,
    /// Today.
    pub today: Day,
    /// Monday of the week shown.
    pub monday: Day,
    /// First day of the earliest internship among [`rows`](Self::rows), from which 第 n 周 counts; `None` without people.
    pub first_day: Option<Day>,
    /// Check-ins a week that the rule pack asks for.
    pub per_week: u32,
    /// Run of missed reports at which the county verifies (CQ: 3).
    pub run_threshold: u32,
    /// Days shown: Monday to Friday and every other workday or day with a check-in of that week.
    pub days: Vec<Day>,
    /// People, in order of name.
    pub rows: Vec<BoardRow>,
    /// Waiting items first, then the newest check-ins; at most 50.
    pub feed: Vec<FeedItem>,
    /// People with an active internship.
    pub people: u32,
    /// People who checked in today.
    pub today_count: u32,
    /// People who reached the quota of the week shown.
    pub quota_met: u32,
    /// Check-ins that wait for this host, of any week.
    pub waiting: u32,
}

/// One person on the board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardRow {
    /// Internship.
    pub internship: InternshipId,
    /// Name.
    pub name: String,
    /// Post title.
    pub post: String,
    /// One cell per day of [`BoardView::days`].
    pub cells: Vec<BoardCell>,
    /// Quota of the week shown.
    pub quota: WeekQuota,
    /// Run of missed reports over closed weeks.
    pub missed_run: u32,
}

/// One day of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardCell {
    /// Mark.
    pub mark: WeekDayMark,
    /// The check-in that decides the mark.
    pub check_in: Option<CheckInView>,
}

/// One line beside the board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedItem {
    /// Who.
    pub name: String,
    /// What.
    pub check_in: CheckInView,
}
