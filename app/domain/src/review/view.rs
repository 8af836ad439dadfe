//! What the queue and the case page read.

use super::{CaseKind, CaseState, DecisionRecord, StagePurpose, Verdict};
use crate::calendar::Calendar;
use crate::file::FileView;
use crate::value::full_day_label;
use crate::{CaseId, Day, Moment};
use serde::{Deserialize, Serialize};

/// A due date as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last day.
    pub day: Day,
    /// Working days left: 0 on the day itself, negative when it is over.
    pub left: i32,
    /// Whether the last day has passed.
    pub overdue: bool,
    /// Whether a year on the way has no notice of holidays yet, so that the day may move.
    pub provisional: bool,
}

/// Which cases of the agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueBox {
    /// 待办: the agency has to decide.
    #[default]
    Open,
    /// 已退回: waits for the submitter.
    Returned,
    /// 下级超期: overdue at an agency below, escalated to this one.
    Escalated,
    /// 已办: this agency decided.
    Done,
}

/// What the queue shows; it stands in the page's address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueFilter {
    /// Which cases.
    pub folder: QueueBox,
    /// One kind, or all.
    pub kind: Option<CaseKind>,
    /// Part of the subject's name, or nothing.
    pub search: String,
    /// The [`QueueView::next`] of the page before, or nothing.
    pub after: String,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// The case.
    pub id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// Whom: the name of the host or person.
    pub subject: String,
    /// A second line: the plan, the group of the person.
    pub detail: String,
    /// Where it stands.
    pub state: CaseState,
    /// The stage.
    pub purpose: StagePurpose,
    /// The agency of the stage, where it is not the reader's own.
    pub agency: Option<String>,
    /// When it was submitted.
    pub submitted_on: Day,
    /// When it is due; none once decided or returned.
    pub due: Option<Due>,
    /// Whether it may be approved without opening it: [`is_bulk_safe`](super::is_bulk_safe).
    pub bulk: bool,
    /// Row version, for an act.
    pub version: i64,
}

/// A number that is counted up to a limit, so that counting costs the same however many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How many, at most the limit.
    pub number: u32,
    /// Whether there are more.
    pub more: bool,
}

/// One page of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// The lines, the earliest due first (the latest decided first in 已办).
    pub rows: Vec<QueueRow>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
    /// How many wait in each folder.
    pub folders: Vec<(QueueBox, Count)>,
    /// How many of the open folder's cases are of each kind.
    pub kinds: Vec<(CaseKind, Count)>,
    /// Whether the reader may decide (a reviewer) or only look.
    pub may_decide: bool,
}

/// How an automatic check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckResult {
    /// As it should be.
    Passed,
    /// A person has to look.
    Look,
    /// Against the rules.
    Failed,
}

/// One automatic check, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Code of the field that it is about, or nothing.
    pub field: String,
    /// How it ended.
    pub result: CheckResult,
    /// What was checked and found.
    pub words: String,
}

/// One fact of the case page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactView {
    /// Code of the field.
    pub field: String,
    /// What stands before it.
    pub label: String,
    /// The value, masked for those who do not decide.
    pub value: String,
    /// Whether it was changed since the case was returned.
    pub changed: bool,
}

/// One paper of the case page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    /// Code of the field.
    pub field: String,
    /// What stands before it.
    pub label: String,
    /// The file; none where it was not handed to the reader's agency.
    pub file: Option<FileView>,
    /// Whether it was changed since the case was returned.
    pub changed: bool,
}

/// One stage of the case's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageView {
    /// What is done there.
    pub purpose: StagePurpose,
    /// By which agency.
    pub agency: String,
    /// When it is or was due; none before the case gets there.
    pub due: Option<Due>,
    /// When it was approved.
    pub passed_at: Option<Moment>,
    /// Whether the case stands here.
    pub current: bool,
}

/// One entry of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// What was done.
    pub verdict: Verdict,
    /// By whom.
    pub by: String,
    /// For which agency; none for the submitter.
    pub agency: Option<String>,
    /// At which stage; none for the submitter.
    pub purpose: Option<StagePurpose>,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: Option<String>,
    /// Labels of the fields to mend.
    pub fields: Vec<String>,
    /// What was found.
    pub record: Option<DecisionRecord>,
    /// The record's photos that were handed to the reader's agency.
    pub photos: Vec<FileView>,
    /// Rule pack versions that counted, in words.
    pub basis: String,
    /// Keyed hash of what was decided about, hex.
    pub snapshot_hash: String,
}

/// What the reader may do with the case now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Approve, return, reject.
    pub decide: bool,
    /// Take the own agency's last decision back, also while the next stage has not decided yet.
    pub revoke: bool,
}

/// A case as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// The case.
    pub id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// Whom.
    pub subject: String,
    /// A second line.
    pub detail: String,
    /// Where it stands.
    pub state: CaseState,
    /// The current or last stage.
    pub purpose: StagePurpose,
    /// When it is due; none once decided or returned.
    pub due: Option<Due>,
    /// Whether it was escalated to the agency above.
    pub escalated: bool,
    /// Why these agencies.
    pub route: String,
    /// Facts.
    pub facts: Vec<FactView>,
    /// Automatic checks.
    pub checks: Vec<Check>,
    /// Papers.
    pub papers: Vec<PaperView>,
    /// The way.
    pub stages: Vec<StageView>,
    /// What was done, the oldest first.
    pub history: Vec<DecisionView>,
    /// Fields that can be returned: code and label.
    pub fields: Vec<(String, String)>,
    /// What the reader may do.
    pub may: May,
    /// Why the reader may not decide although it is their agency's turn.
    pub may_not: Option<String>,
    /// The day of the application: nobody inspects before.
    pub submitted_on: Day,
    /// Today, Asia/Shanghai.
    pub today: Day,
    /// Row version, for an act.
    pub version: i64,
}

/// How a case stands, for its submitter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The case.
    pub id: CaseId,
    /// Where it stands.
    pub state: CaseState,
    /// What is done now or was done last.
    pub purpose: StagePurpose,
    /// Who acts: the agency's name.
    pub agency: String,
    /// By when; none once decided or returned.
    pub due: Option<Due>,
    /// The last decision's reason.
    pub reason: Option<String>,
    /// Whether that decision took one back.
    pub taken_back: bool,
    /// The fields to mend: code and label; only these may be changed.
    pub fields: Vec<(String, String)>,
    /// The way.
    pub stages: Vec<StageView>,
    /// When it was submitted.
    pub submitted_at: Moment,
    /// When it was decided.
    pub decided_at: Option<Moment>,
}

/// What became of one case of a bulk approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// The case.
    pub id: CaseId,
    /// Why it was not approved; none when it was.
    pub refused: Option<String>,
}

/// A case that moved because the calendar changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedDue {
    /// The case.
    pub id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// Name of the agency that has to decide.
    pub agency: String,
    /// When it was submitted.
    pub submitted_on: Day,
    /// Due until now.
    pub from: Day,
    /// Due from now on.
    pub to: Day,
}

impl QueueBox {
    /// Every folder in the order of the page.
    pub const ALL: [Self; 4] = [Self::Open, Self::Returned, Self::Escalated, Self::Done];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "待办",
            Self::Returned => "已退回",
            Self::Escalated => "下级超期",
            Self::Done => "已办",
        }
    }

    /// The name in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Returned => "returned",
            Self::Escalated => "escalated",
            Self::Done => "done",
        }
    }

    /// The folder with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|folder| folder.code() == code)
    }
}

impl Due {
    /// A due date as it stands today.
    #[must_use]
    pub fn on(day: Day, today: Day, calendar: &Calendar) -> Self {
        Self {
            day,
            left: calendar.workdays_until(today, day),
            overdue: day < today,
            provisional: calendar.is_provisional(day.year()),
        }
    }

    /// "剩 2 个工作日", "今天到期", "超期 1 个工作日".
    #[must_use]
    pub fn words(self) -> String {
        match (self.overdue, self.left) {
            (false, 0) => "今天到期".to_owned(),
            (false, left) => format!("剩 {left} 个工作日"),
            // The first days off after the last day: over, though no working day has passed.
            (true, 0) => "已超期".to_owned(),
            (true, left) => format!("超期 {} 个工作日", left.unsigned_abs()),
        }
    }

    /// What stands behind a day that may still move; nothing behind one that is final.
    #[must_use]
    pub const fn remark(self) -> &'static str {
        if self.provisional {
            "（放假安排公布后可能调整）"
        } else {
            ""
        }
    }

    /// "应在2026年11月23日 周一前办结，剩 2 个工作日": for whom it is about, whether the day lies ahead or has passed.
    #[must_use]
    pub fn until(self) -> String {
        format!(
            "应在{}前办结，{}{}",
            full_day_label(self.day),
            self.words(),
            self.remark()
        )
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.number, if self.more { "+" } else { "" })
    }
}
