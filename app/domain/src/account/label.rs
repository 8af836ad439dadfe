//! Names of roles.

use super::Role;

impl Role {
    /// The Chinese name of the role.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Trainee => "见习人员",
            Self::Operator => "单位经办人",
            Self::Mentor => "带教人员",
            Self::Reviewer => "审核人员",
            Self::CityCentre => "市级中心",
            Self::Auditor => "审计人员",
            Self::Admin => "管理员",
        }
    }

    /// The name in the database, on the command line and in the audit log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trainee => "trainee",
            Self::Operator => "operator",
            Self::Mentor => "mentor",
            Self::Reviewer => "reviewer",
            Self::CityCentre => "city_centre",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// The role with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::Trainee,
            Self::Operator,
            Self::Mentor,
            Self::Reviewer,
            Self::CityCentre,
            Self::Auditor,
            Self::Admin,
        ]
        .into_iter()
        .find(|role| role.code() == code)
    }

    /// Whether the role belongs to staff: made by an admin, with a second factor.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Trainee)
    }
}
