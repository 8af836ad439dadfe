//! What a case is about.

use serde::{Deserialize, Serialize};

/// The matters that an agency decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// 个人实名认证 that no automatic check could match.
    PersonIdentity,
    /// 单位实名认证.
    HostIdentity,
    /// 见习单位认证.
    Certification,
}

impl CaseKind {
    const ALL: [Self; 3] = [Self::PersonIdentity, Self::HostIdentity, Self::Certification];

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PersonIdentity => "person_identity",
            Self::HostIdentity => "host_identity",
            Self::Certification => "certification",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::PersonIdentity => "个人实名认证",
            Self::HostIdentity => "单位实名认证",
            Self::Certification => "见习单位认证",
        }
    }
}
