//! Names of states and sentences of refusals.

use super::{IdentityRefusal, IdentityState};
use crate::review::{CaseState, Standing};
use crate::value::month_day_label;

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

/// Where a person's identity stands, who acts and until when, in words.
#[must_use]
pub fn stands(state: IdentityState, case: Option<&Standing>) -> String {
    match (state, case) {
        (IdentityState::Unverified, _) => {
            "还没有提交实名认证。核对下面的信息后提交，通过后才能确认见习邀请。".to_owned()
        }
        (IdentityState::Checking, _) => "正在自动核验姓名和身份证号，一般几分钟内有结果。请稍后再看。".to_owned(),
        (IdentityState::Verified, _) => "实名认证已经通过，不用再提交。".to_owned(),
        (IdentityState::Manual, Some(case)) => match case.state {
            CaseState::Submitted => waits_for_agency(case),
            CaseState::Returned => {
                let fields: Vec<&str> = case.fields.iter().map(|(_, label)| label.as_str()).collect();
                format!(
                    "{}请你补正：{}。改好以后重新提交，{}再接着审核。",
                    case.agency,
                    fields.join("、"),
                    case.agency
                )
            }
            CaseState::Approved | CaseState::Rejected => "正在办理，请稍后再看。".to_owned(),
        },
        (IdentityState::Manual, None) => "正在人工审核，请等审核结果。".to_owned(),
        (IdentityState::Rejected, Some(case)) => {
            format!("{}没有通过这次实名认证。请按原因改好，再提交一次。", case.agency)
        }
        (IdentityState::Rejected, None) => "实名认证没有通过。请核对信息，再提交一次。".to_owned(),
    }
}

fn waits_for_agency(case: &Standing) -> String {
    let until = match case.due {
        Some(due) if due.overdue => format!(
            "应在 {} 前办结，现在已超期，系统会报告上级机构",
            month_day_label(due.day)
        ),
        Some(due) if due.provisional => format!("最迟 {} 办结（放假安排公布后可能调整）", month_day_label(due.day)),
        Some(due) => format!("最迟 {} 办结（{}）", month_day_label(due.day), due.words()),
        None => "很快会有结果".to_owned(),
    };
    format!(
        "{}正在审核，{until}。工作人员可能打电话核实，请留意接听；不用重复提交。",
        case.agency
    )
}

/// Why an offer cannot be confirmed yet, and the next step; nothing once the identity is proven.
#[must_use]
pub fn why_not_confirm(state: IdentityState, case: Option<&Standing>) -> Option<String> {
    let sentence = match (state, case) {
        (IdentityState::Verified, _) => return None,
        (IdentityState::Unverified, _) => {
            "你还没有提交实名认证，通过后才能确认见习。请打开“我的”里的“实名认证”提交。".to_owned()
        }
        (IdentityState::Checking, _) => "实名认证正在自动核验，通过后才能确认见习。请过几分钟再来。".to_owned(),
        (IdentityState::Manual, Some(case)) => match (case.state, case.due) {
            (CaseState::Returned, _) => format!(
                "实名认证被{}退回，通过后才能确认见习。请打开“我的”里的“实名认证”补正。",
                case.agency
            ),
            (CaseState::Submitted, Some(due)) if due.overdue => format!(
                "实名认证还在{}审核，已超过期限，通过后才能确认见习。可以打电话问一下这个机构。",
                case.agency
            ),
            (CaseState::Submitted, Some(due)) => format!(
                "实名认证还在{}审核，最迟 {} 办结，通过后才能确认见习。请留意审核电话。",
                case.agency,
                month_day_label(due.day)
            ),
            (CaseState::Submitted | CaseState::Approved | CaseState::Rejected, _) => {
                format!("实名认证还在{}审核，通过后才能确认见习。请稍后再来。", case.agency)
            }
        },
        (IdentityState::Manual, None) => "实名认证还在审核，通过后才能确认见习。请稍后再来。".to_owned(),
        (IdentityState::Rejected, _) => {
            "实名认证没有通过，现在不能确认见习。请打开“我的”里的“实名认证”，按原因改好后重新提交。".to_owned()
        }
    };
    Some(sentence)
}
