//! Accounts of staff as an admin makes and sees them.

use super::Role;
use crate::form::line;
use crate::{AccountId, AgencyId, FieldErrors, Moment, PersonName};
use serde::{Deserialize, Serialize};

impl Role {
    /// Every role that an admin may give, in the order of the list.
    pub const STAFF: [Self; 6] = [
        Self::Reviewer,
        Self::CityCentre,
        Self::Auditor,
        Self::Admin,
        Self::Operator,
        Self::Mentor,
    ];

    /// Whether the role belongs to a host and not to an agency.
    #[must_use]
    pub const fn is_of_host(self) -> bool {
        match self {
            Self::Operator | Self::Mentor => true,
            Self::Trainee | Self::Reviewer | Self::CityCentre | Self::Auditor | Self::Admin => false,
        }
    }
}

/// A new account as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffForm {
    /// Role by its code.
    pub role: String,
    /// Name of the person.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// Id of the agency, for the roles of agencies.
    pub agency: String,
    /// Credit code or full name of the host, for operators and mentors.
    pub host: String,
}

impl StaffForm {
    /// The role, when everything that it needs is filled in. Whether agency, host and sign-in name are right is for the
    /// server to say.
    ///
    /// # Errors
    /// One sentence per field.
    pub fn check(&self) -> Result<Role, FieldErrors> {
        let mut errors = FieldErrors::default();
        let role = Role::from_code(&self.role).filter(|role| role.is_staff());
        let role = errors.take("role", role.ok_or("请选择角色"));
        errors.take("name", PersonName::parse(&self.name).map(|_| ()));
        errors.take(
            "login",
            line(
                &self.login,
                3..=40,
                "请填写登录用的账号名",
                "账号名是 3 到 40 个字母、数字或 . _ - @",
            ),
        );
        match role {
            Some(role) if role.is_of_host() && self.host.trim().is_empty() => {
                errors.push("host", "请填写单位的统一社会信用代码或全称");
            }
            Some(role) if !role.is_of_host() && self.agency.trim().is_empty() => {
                errors.push("agency", "请选择机构");
            }
            Some(_) | None => {}
        }
        match role {
            Some(role) => errors.into_result(role),
            None => Err(errors),
        }
    }
}

/// One account of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffEntry {
    /// Account.
    pub id: AccountId,
    /// Name of the person.
    pub name: String,
    /// Sign-in name; staff never sign in with a telephone number.
    pub login: String,
    /// Role.
    pub role: Role,
    /// Agency or host.
    pub organisation: String,
    /// When this person last signed in, as far as known.
    pub signed_in_at: Option<Moment>,
    /// Whether it is barred.
    pub disabled: bool,
    /// Whether it is the reader's own.
    pub own: bool,
    /// Row version, for changes.
    pub version: i64,
}

/// What is asked of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffFilter {
    /// Part of a name or of an agency's or host's name, or a whole sign-in name; empty for all.
    pub text: String,
    /// Role by its code; empty for all.
    pub role: String,
    /// Only accounts made before this one: the next page.
    pub before: Option<AccountId>,
}

/// One page of the list, the newest account first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPage {
    /// The accounts.
    pub entries: Vec<StaffEntry>,
    /// Where the next page begins, when there is one.
    pub next: Option<AccountId>,
    /// The agencies that an account can be made at: id and name, as a tree.
    pub agencies: Vec<(AgencyId, String)>,
}

/// The secrets of an account that was just made or reset; shown once and never again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffSecret {
    /// Name of the person.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// The password.
    pub password: String,
    /// The second-factor secret in Base32, to be typed.
    pub secret: String,
    /// The same as a QR code for an authenticator app, SVG.
    pub qr: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for StaffSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StaffSecret")
    }
}
