//! Names of states and sentences of refusals.

use super::{CaseRefusal, CaseState, Verdict};

impl CaseState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Submitted, Self::Returned, Self::Approved, Self::Rejected];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Submitted => "待审核",
            Self::Returned => "已退回，待补正",
            Self::Approved => "已通过",
            Self::Rejected => "未通过",
        }
    }

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }

    /// The state with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 6] = [
        Self::Submit,
        Self::Approve,
        Self::Return,
        Self::Reject,
        Self::Resubmit,
        Self::Revoke,
    ];

    /// The Chinese name of the act.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Submit => "提交",
            Self::Approve => "通过",
            Self::Return => "退回补正",
            Self::Reject => "不通过",
            Self::Resubmit => "补正后重新提交",
            Self::Revoke => "撤销审核",
        }
    }

    /// The name in the database and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Reject => "reject",
            Self::Resubmit => "resubmit",
            Self::Revoke => "revoke",
        }
    }

    /// The verdict with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }
}

impl CaseRefusal {
    /// What is in the way and what to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::AlreadyDecided => "这件事项已经办结，不能再改。页面已显示最新结果。",
            Self::WaitsForSubmitter => "这件事项已退回，要等对方补正后重新提交才能审核。",
            Self::WaitsForAgency => "已经提交，正在审核，不用重复提交。需要更改请等审核结果。",
            Self::NothingToRevoke => "还没有作出决定，不需要撤销。",
            Self::NotRevocable => "本地规则不允许撤销已作出的审核决定。确有错误，请报上级人社部门处理。",
            Self::DependedOn => "已有后续业务依据这个决定办理，不能撤销。请先处理后续业务。",
            Self::InspectionMissing => "请先填写实地考察记录：考察日期、考察人和三项情况，再通过这一步。",
            Self::ProofMissing => "请先写明怎样核实了本人：电话核实或者核对身份证照片，再通过。",
            Self::OwnCase => "不能审核自己提交的事项，请由本机构的其他审核人员办理。",
        }
    }
}
