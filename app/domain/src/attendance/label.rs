//! Names of verdicts and states.

use super::{CheckInRefusal, CheckInState, Verdict, WeekDayMark};

impl Verdict {
    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Inside => "范围内",
            Self::Uncertain => "定位存疑",
            Self::Outside => "范围外",
        }
    }

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Uncertain => "uncertain",
            Self::Outside => "outside",
        }
    }

    /// The verdict with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Inside, Self::Uncertain, Self::Outside]
            .into_iter()
            .find(|verdict| verdict.code() == code)
    }
}

impl CheckInState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Valid, Self::Waiting, Self::Confirmed, Self::SentBack];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Valid => "有效",
            Self::Waiting => "等单位确认",
            Self::Confirmed => "单位已确认",
            Self::SentBack => "单位已退回",
        }
    }

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Waiting => "waiting",
            Self::Confirmed => "confirmed",
            Self::SentBack => "sent_back",
        }
    }

    /// The state with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl CheckInRefusal {
    /// What happened and what to do next.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NeedsNone => "这条签到在范围内，已经算数，不用确认。",
            Self::AlreadyDecided => "这条签到已经处理过了，刷新页面就能看到结果。",
        }
    }
}

impl WeekDayMark {
    /// The Chinese name, for screen readers and tables.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Counted => "已签到",
            Self::Waiting => "等单位确认",
            Self::SentBack => "单位已退回",
            Self::Open => "未签到",
            Self::Off => "不用签到",
        }
    }
}
