//! What a unit says about itself, the same whether it registers or proves its identity. One check for both forms.

use crate::division::is_county_code;
use crate::form::line;
use crate::{CreditCode, FieldErrors, PersonName};

/// A unit's own data, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Name on the licence.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: CreditCode,
    /// GB/T 2260 code of the 经营地址 at the last level.
    pub division: String,
    /// Rest of the 经营地址.
    pub address: String,
    /// 法定代表人. May be a foreigner, so any letters.
    pub legal_representative: String,
    /// 经办人.
    pub operator: PersonName,
}

/// The same as typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct TypedUnit<'a> {
    pub(super) name: &'a str,
    pub(super) credit_code: &'a str,
    pub(super) division: &'a str,
    pub(super) address: &'a str,
    pub(super) legal_representative: &'a str,
    pub(super) operator: &'a str,
}

impl TypedUnit<'_> {
    /// The unit, or nothing and a sentence beside each field that is wrong.
    pub(super) fn check(self, errors: &mut FieldErrors) -> Option<Unit> {
        let name = errors.take(
            "name",
            line(
                self.name,
                4..=80,
                "请填写单位名称，和营业执照上一样",
                "单位名称写 4 到 80 个字，和营业执照上一样",
            ),
        );
        let credit_code = errors.take("credit_code", CreditCode::parse(self.credit_code));
        let division = self.division.trim();
        if !is_county_code(division) {
            errors.push("division", "请选择经营地址，选到县（市、区）");
        }
        let address = errors.take(
            "address",
            line(
                self.address,
                2..=80,
                "请填写详细地址，例如“长岭北路 1 号 3 楼”",
                "详细地址写 2 到 80 个字",
            ),
        );
        let legal_representative = errors.take(
            "legal_representative",
            line(
                self.legal_representative,
                2..=60,
                "请填写法定代表人姓名，和营业执照上一样",
                "法定代表人姓名写 2 到 60 个字，和营业执照上一样",
            ),
        );
        let operator = errors.take("operator", PersonName::parse(self.operator));
        Some(Unit {
            name: name?,
            credit_code: credit_code?,
            division: is_county_code(division).then(|| division.to_owned())?,
            address: address?,
            legal_representative: legal_representative?,
            operator: operator?,
        })
    }
}
