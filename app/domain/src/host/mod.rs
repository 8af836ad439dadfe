//! Host units (见习单位): how one registers itself, proves its identity, and its standing, which decides whether it may take
//! people on.

mod identity;
mod register;
mod unit;

pub use identity::{HostIdentityForm, HostUnitView, NewHostIdentity};
pub use register::{NewHostAccount, RegisterHostForm};
pub use unit::Unit;

use serde::{Deserialize, Serialize};

/// Where a host's certification stands (`domain.md` §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostStanding {
    /// Not certified yet.
    Uncertified,
    /// 已认证: may take people on.
    Certified,
    /// 清退 or 取消资格.
    Closed,
}

impl HostStanding {
    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Uncertified => "未认证",
            Self::Certified => "已认证",
            Self::Closed => "已取消资格",
        }
    }

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Uncertified => "uncertified",
            Self::Certified => "certified",
            Self::Closed => "closed",
        }
    }

    /// The standing with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Uncertified, Self::Certified, Self::Closed]
            .into_iter()
            .find(|standing| standing.code() == code)
    }
}
