//! What a screen knows about the person who is signed in.

use serde::{Deserialize, Serialize};

/// What an account may act as (`domain.md` §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 见习人员, own records.
    Trainee,
    /// 经办人 of one host.
    Operator,
    /// 带教人员 of one host.
    Mentor,
    /// 审核人员 of one agency.
    Reviewer,
    /// 市级中心.
    CityCentre,
    /// 审计.
    Auditor,
    /// 管理员.
    Admin,
}

/// The signed-in person, as every screen's frame shows them. Carries no ID number and no full phone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Name to greet.
    pub name: String,
    /// The role of this session.
    pub role: Role,
    /// Host or agency, `None` for a trainee.
    pub organisation: Option<String>,
    /// Sign-in name, masked for a trainee: `138****5678`.
    pub login: String,
    /// Unread notices.
    pub unread: u32,
    /// Cases at the desk of the agency whose staff this is, counted up to 100; 0 for everybody else.
    pub waiting: u32,
}

/// How long what the privacy page speaks of is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyTerms {
    /// Days from the end of the claims until positions are removed.
    pub position_purge_days: u16,
    /// Years that attendance and papers are kept at least.
    pub keep_years: u8,
}

/// One line of the demo panel on the sign-in page; only a demo server ever makes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoSignIn {
    /// Who this is, e.g. `杨晓雨 · 见习人员 · 贵州`.
    pub who: String,
    /// What one can look at with it.
    pub note: String,
    /// Sign-in name.
    pub login: String,
    /// Password.
    pub password: String,
    /// The current second-factor code of demo staff.
    pub code: Option<String>,
    /// Role.
    pub role: Role,
}
