//! A unit registers itself: checked in the browser and again on the server by this one code.

use super::unit::{TypedUnit, Unit};
use crate::account::{password_length, staff_login};
use crate::{FieldErrors, Phone};
use serde::{Deserialize, Serialize};

/// What an operator types to register the unit; raw text, one field per form control.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterHostForm {
    /// Name on the licence.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// GB/T 2260 county code of the 经营地址, six digits.
    pub division: String,
    /// Rest of the 经营地址.
    pub address: String,
    /// 法定代表人.
    pub legal_representative: String,
    /// Name of the 经办人.
    pub operator: String,
    /// Mobile number of the 经办人.
    pub phone: String,
    /// Sign-in name; no mobile number.
    pub login: String,
    /// Password, 8–64 characters.
    pub password: String,
    /// `on` when the privacy notice was accepted.
    pub consent_privacy: String,
}

/// A registration that passed every check that needs no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHostAccount {
    /// The unit.
    pub unit: Unit,
    /// Mobile number of the 经办人.
    pub phone: Phone,
    /// Normalised sign-in name.
    pub login: String,
}

impl RegisterHostForm {
    /// The steps: title and the fields of each. The last asks nothing: one reads through what was typed.
    pub const STEPS: [(&'static str, &'static [&'static str]); 3] = [
        (
            "单位信息",
            &["name", "credit_code", "division", "address", "legal_representative"],
        ),
        (
            "经办人和账号",
            &["operator", "phone", "login", "password", "consent_privacy"],
        ),
        ("核对并提交", &[]),
    ];

    /// Checks everything that needs no database.
    ///
    /// # Errors
    /// One sentence per field that is wrong.
    pub fn check(&self) -> Result<NewHostAccount, FieldErrors> {
        let mut errors = FieldErrors::default();
        let unit = TypedUnit {
            name: &self.name,
            credit_code: &self.credit_code,
            division: &self.division,
            address: &self.address,
            legal_representative: &self.legal_representative,
            operator: &self.operator,
        }
        .check(&mut errors);
        let phone = errors.take("phone", Phone::parse(&self.phone));
        let login = errors.take("login", staff_login(&self.login));
        errors.take("password", password_length(&self.password));
        if self.consent_privacy != "on" {
            errors.push("consent_privacy", "请阅读隐私说明并勾选同意，才能注册");
        }
        match (unit, phone, login) {
            (Some(unit), Some(phone), Some(login)) => errors.into_result(NewHostAccount { unit, phone, login }),
            _ => Err(errors),
        }
    }

    /// The same form without what a draft may never keep: the password.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self {
            password: String::new(),
            ..self.clone()
        }
    }
}

/// Shows what was typed, but never a phone number or a password.
impl std::fmt::Debug for RegisterHostForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RegisterHostForm")
            .field("name", &self.name)
            .field("credit_code", &self.credit_code)
            .field("division", &self.division)
            .field("address", &self.address)
            .field("legal_representative", &self.legal_representative)
            .field("operator", &self.operator)
            .field("login", &self.login)
            .field("consent_privacy", &self.consent_privacy)
            .finish_non_exhaustive()
    }
}
