//! Names of states and acts, and sentences of refusals.

use super::{CertificationRefusal, CertificationState, UnitAct};
use crate::host::HostStanding;
use crate::value::full_day_label;

impl CertificationState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Submitted,
        Self::Certified,
        Self::Rejected,
        Self::CleanedOut,
        Self::Rectifying,
        Self::Disqualified,
    ];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "未认证",
            Self::Submitted => "审核中",
            Self::Certified => "已认证",
            Self::Rejected => "未通过",
            Self::CleanedOut => "已清退",
            Self::Rectifying => "整改中",
            Self::Disqualified => "已取消资格",
        }
    }

    /// The name in the database and in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Certified => "certified",
            Self::Rejected => "rejected",
            Self::CleanedOut => "cleaned_out",
            Self::Rectifying => "rectifying",
            Self::Disqualified => "disqualified",
        }
    }

    /// The state with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What the host may do in this state. A host that rectifies keeps its people meanwhile.
    #[must_use]
    pub const fn standing(self) -> HostStanding {
        match self {
            Self::Draft | Self::Submitted | Self::Rejected => HostStanding::Uncertified,
            Self::Certified | Self::Rectifying => HostStanding::Certified,
            Self::CleanedOut | Self::Disqualified => HostStanding::Closed,
        }
    }

    /// Where a host stands that was certified before there were applications.
    #[must_use]
    pub const fn of_standing(standing: HostStanding) -> Self {
        match standing {
            HostStanding::Uncertified => Self::Draft,
            HostStanding::Certified => Self::Certified,
            HostStanding::Closed => Self::CleanedOut,
        }
    }
}

impl UnitAct {
    /// Every act.
    pub const ALL: [Self; 5] = [
        Self::CleanOut,
        Self::AskRectification,
        Self::AcceptRectification,
        Self::RefuseRectification,
        Self::FalseClaim,
    ];

    /// The words on its button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CleanOut => "清退",
            Self::AskRectification => "责令整改",
            Self::AcceptRectification => "整改合格",
            Self::RefuseRectification => "拒不整改，取消资格",
            Self::FalseClaim => "提供虚假材料，取消资格",
        }
    }

    /// The name in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CleanOut => "clean_out",
            Self::AskRectification => "ask_rectification",
            Self::AcceptRectification => "accept_rectification",
            Self::RefuseRectification => "refuse_rectification",
            Self::FalseClaim => "false_claim",
        }
    }

    /// The act with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}

impl CertificationRefusal {
    /// What is in the way and what to do.
    #[must_use]
    pub fn message(self) -> String {
        match self {
            Self::NotSubmitted => "这个单位还没有提交认证申请。".to_owned(),
            Self::UnderWay => "认证申请正在审核，不用重复提交，请等审核结果。".to_owned(),
            Self::AlreadyCertified => "本单位已经通过见习单位认证，每个单位只能认证一次，不用再申请。".to_owned(),
            Self::Rejected => "上一次认证申请没有通过，请先点“修改后重新申请”，按原因修改。".to_owned(),
            Self::CleanedOut => "这个单位已被清退。需要继续开展见习，请单位重新申请认证。".to_owned(),
            Self::Rectifying => "这个单位正在整改，请先处理整改结果。".to_owned(),
            Self::Disqualified => "这个单位已被取消见习资格，禁止申请期满后才能重新申请。".to_owned(),
            Self::Banned { until } => {
                format!("本单位已被取消见习资格，{}起才能重新申请认证。", full_day_label(until))
            }
            Self::NotCertified => "这个单位还没有通过认证，不能这样处理。".to_owned(),
            Self::NotIdle => "这个单位还没有达到规定的闲置年限，或者还有见习人员和邀请，不能清退。".to_owned(),
            Self::NothingToRectify => "还没有责令这个单位整改，请先下达整改要求。".to_owned(),
            Self::AlreadyDraft => "认证申请已经可以填写，直接修改后提交即可。".to_owned(),
        }
    }
}
