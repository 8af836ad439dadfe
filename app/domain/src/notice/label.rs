//! The words of notices. A title stands on lock screens and in text messages, so it names no person and no unit.

use super::NoticeContent;
use crate::review::CaseKind;
use crate::value::{full_day_label, month_day_label};

impl NoticeContent {
    /// One line without names.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::CaseReceived { kind, .. } => format!("收到新的{}申请", kind.label()),
            Self::CasePassedStage { kind, .. } => format!("{}进入下一步", kind.label()),
            Self::CaseReturned { kind, .. } => format!("{}被退回，请修改", kind.label()),
            Self::CaseRejected { kind, .. } => format!("{}没有通过", kind.label()),
            Self::CaseApproved { kind, .. } => format!("{}已经通过", kind.label()),
            Self::CaseRevoked { kind, .. } => format!("{}的结果已撤销，重新审核", kind.label()),
            Self::CaseTakenBack { kind, .. } => format!("{}退回上一步重新审核", kind.label()),
            Self::CaseOverdue { kind, .. } => format!("{}超过办理期限", kind.label()),
            Self::DueMoved { kind, .. } => format!("{}的办理期限有变化", kind.label()),
            Self::IdentityVerified => "实名认证已经通过".to_owned(),
            Self::IdentityToManual { .. } => "实名认证转为人工核对".to_owned(),
            Self::HostCleanedOut => "见习单位资格已清退".to_owned(),
            Self::HostDisqualified { .. } => "见习单位资格已取消".to_owned(),
            Self::RectificationAsked { .. } => "请在期限内完成整改".to_owned(),
            Self::RectificationAccepted => "整改已经认定合格".to_owned(),
        }
    }

    /// What it means and what comes next: who acts, by which day.
    #[must_use]
    pub fn body(&self) -> String {
        match self {
            Self::CaseReceived { kind, subject, due, .. } => {
                let (kind, due) = (kind.label(), month_day_label(*due));
                format!("{subject}申请{kind}，请在{due}前办结。")
            }
            Self::CasePassedStage { stage, agency, due, .. } => {
                let due = month_day_label(*due);
                format!("{stage}已经通过，现在由{agency}办理，{due}前会有结果。")
            }
            Self::CaseReturned { fields, .. } if fields.is_empty() => {
                "请打开查看退回的意见，改好后重新提交。".to_owned()
            }
            Self::CaseReturned { fields, .. } => {
                let fields = fields.join("、");
                format!("要修改：{fields}。只改这几处，改好后重新提交，其他内容不用再填。")
            }
            Self::CaseRejected { .. } => "请打开查看原因和下一步怎么办。".to_owned(),
            Self::CaseApproved { kind, .. } => match kind {
                CaseKind::PersonIdentity => "现在可以继续办理见习了。",
                CaseKind::HostIdentity => "接下来可以申请见习单位认证。",
                CaseKind::Certification => "现在可以接收见习人员了。",
            }
            .to_owned(),
            Self::CaseRevoked { .. } => "原来的结果已经撤销，正在重新审核，有结果会再通知您。".to_owned(),
            Self::CaseTakenBack {
                kind,
                subject,
                agency,
                stage,
                ..
            } => {
                let kind = kind.label();
                format!(
                    "{agency}撤销了自己的{stage}，{subject}的{kind}已回到{agency}重新审核，现在不用办理。打开能看到撤销的原因；再转来时会另行通知。"
                )
            }
            Self::CaseOverdue {
                kind,
                subject,
                agency,
                due,
                ..
            } => {
                let (kind, due) = (kind.label(), month_day_label(*due));
                format!("{subject}的{kind}应由{agency}在{due}前办结，现在已经超期，请尽快办理。")
            }
            Self::DueMoved { from, to, .. } => {
                let (from, to) = (month_day_label(*from), month_day_label(*to));
                format!("放假安排有调整，办理期限由{from}改为{to}。您不用做什么。")
            }
            Self::IdentityVerified => "现在可以继续办理见习了。".to_owned(),
            Self::IdentityToManual { agency, due } => {
                let due = month_day_label(*due);
                format!("自动核对没有对上，由{agency}在{due}前人工核对。您不用重新提交，请留意电话。")
            }
            Self::HostCleanedOut => "单位长期没有开展见习，资格已经清退。想继续开展，请重新申请认证。".to_owned(),
            Self::HostDisqualified { until } => {
                let until = full_day_label(*until);
                format!("{until}起才能再次申请认证。有疑问请联系主管的人社部门。")
            }
            Self::RectificationAsked { by } => {
                let by = month_day_label(*by);
                format!("考核没有达标，请在{by}前完成整改。打开后能看到具体要求。")
            }
            Self::RectificationAccepted => "可以照常接收见习人员，不用再操作。".to_owned(),
        }
    }

    /// The page where its reader goes on.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::CaseReceived { case, .. } | Self::CaseTakenBack { case, .. } | Self::CaseOverdue { case, .. } => {
                format!("/cases/{case}")
            }
            Self::CasePassedStage { kind, .. }
            | Self::CaseReturned { kind, .. }
            | Self::CaseRejected { kind, .. }
            | Self::CaseApproved { kind, .. }
            | Self::CaseRevoked { kind, .. }
            | Self::DueMoved { kind, .. } => match kind {
                CaseKind::PersonIdentity => "/me/identity",
                CaseKind::HostIdentity => "/host/unit",
                CaseKind::Certification => "/host/certification",
            }
            .to_owned(),
            Self::IdentityVerified | Self::IdentityToManual { .. } => "/me/identity".to_owned(),
            Self::HostCleanedOut
            | Self::HostDisqualified { .. }
            | Self::RectificationAsked { .. }
            | Self::RectificationAccepted => "/host/certification".to_owned(),
        }
    }
}
