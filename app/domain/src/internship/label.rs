//! Names of states and sentences of refusals.

use super::{InternshipRefusal, InternshipState};

impl InternshipState {
    /// All states.
    pub const ALL: [Self; 5] = [
        Self::Offered,
        Self::Active,
        Self::Declined,
        Self::Withdrawn,
        Self::Ended,
    ];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Offered => "等本人确认",
            Self::Active => "见习中",
            Self::Declined => "本人已谢绝",
            Self::Withdrawn => "单位已撤回",
            Self::Ended => "已结束",
        }
    }

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Active => "active",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Ended => "ended",
        }
    }

    /// The state with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl InternshipRefusal {
    /// What happened and what to do next.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::AlreadyAnswered => "这份见习邀请已经处理过了，刷新页面就能看到结果。",
            Self::TakenBack => "单位已撤回这份邀请。如有疑问，请联系单位经办人。",
            Self::Over => "这段见习已经结束，不能再更改。",
            Self::OtherActive => "你正在另一家单位见习，一次只能参加一个。请先结束那一段，再来确认。",
            Self::PastLastDay => "这份邀请的结束日期已过。请联系单位重新填写日期。",
            Self::IdentityNeeded => "实名认证通过后才能确认见习。请打开“我的”里的“实名认证”看进度。",
            Self::HostNotCertified => {
                "这家单位现在不能接收见习人员，这份邀请不能确认。请联系单位，或另找一家见习单位。"
            }
            Self::NotWithdrawable => "本人已经答复，不能撤回。",
            Self::NotExpirable => "见习还没到结束日期，或者没有开始过。",
        }
    }
}
