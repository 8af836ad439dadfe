//! Names of states and sentences of refusals.

use super::{IdentityRefusal, IdentityState};

impl IdentityState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Unverified,
        Self::Checking,
        Self::Manual,
        Self::Verified,
        Self::Rejected,
    ];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unverified => "未认证",
            Self::Checking => "正在核验",
            Self::Manual => "人工审核中",
            Self::Verified => "已认证",
            Self::Rejected => "未通过",
        }
    }

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Checking => "checking",
            Self::Manual => "manual",
            Self::Verified => "verified",
            Self::Rejected => "rejected",
        }
    }

    /// The state with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl IdentityRefusal {
    /// What is in the way and what to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::UnderWay => "实名认证正在办理，不用重复提交，请等审核结果。",
            Self::Done => "实名认证已经通过，不用再提交。",
            Self::NotSubmitted => "还没有提交实名认证，请先提交。",
            Self::Rejected => "上一次实名认证没有通过，请按原因修改后重新提交。",
        }
    }
}
