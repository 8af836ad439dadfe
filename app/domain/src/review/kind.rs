//! What a case is about.

use serde::{Deserialize, Serialize};

/// What an agency decides in a case (`domain.md` §4). Every feature that needs decisions adds its kind here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// 个人实名认证, by hand where the automatic check did not match.
    PersonIdentity,
    /// 单位实名认证.
    HostIdentity,
    /// 见习单位认证.
    Certification,
}

impl CaseKind {
    /// Every kind, in the order of a host's or person's way.
    pub const ALL: [Self; 3] = [Self::PersonIdentity, Self::HostIdentity, Self::Certification];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::PersonIdentity => "个人实名认证",
            Self::HostIdentity => "单位实名认证",
            Self::Certification => "见习单位认证",
        }
    }

    /// The name in the database and in addresses.
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
}
