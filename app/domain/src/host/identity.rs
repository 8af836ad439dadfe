//! 单位实名认证: what a unit hands in for it (GZ 二: 营业执照、法人和经办人员资料), and what its page reads.

use super::unit::{TypedUnit, Unit};
use crate::certification::CertificationSummary;
use crate::file::FileView;
use crate::identity::IdentityState;
use crate::review::{CaseState, Standing};
use crate::{FieldErrors, FileId, Moment, Phone};
use serde::{Deserialize, Serialize};

/// What the operator hands in; raw text, one field per form control.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostIdentityForm {
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
    /// Mobile number of the 经办人; empty keeps the one that is stored.
    pub phone: String,
    /// Id of the 营业执照's file.
    pub licence: String,
    /// Id of the 经办人授权书's file.
    pub operator_letter: String,
    /// Id of the file of the 法定代表人's ID card (GZ 二: 法人资料), or nothing.
    pub legal_representative_id: String,
}

/// What was handed in, checked as far as that needs no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHostIdentity {
    /// The unit.
    pub unit: Unit,
    /// Another mobile number of the 经办人; none keeps the one that is stored.
    pub phone: Option<Phone>,
    /// 营业执照.
    pub licence: FileId,
    /// 经办人授权书.
    pub operator_letter: FileId,
    /// 法定代表人身份证.
    pub legal_representative_id: Option<FileId>,
}

impl HostIdentityForm {
    /// Checks everything that needs no database. `has_phone`: a mobile number of the 经办人 is stored already.
    ///
    /// # Errors
    /// One sentence per field that is wrong.
    pub fn check(&self, has_phone: bool) -> Result<NewHostIdentity, FieldErrors> {
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
        let phone = if has_phone && self.phone.trim().is_empty() {
            Some(None)
        } else {
            errors.take("phone", Phone::parse(&self.phone).map(Some))
        };
        let licence = errors.take("licence", paper(&self.licence, "请上传营业执照的照片或扫描件"));
        let letter = errors.take(
            "operator_letter",
            paper(&self.operator_letter, "请上传盖了单位公章的经办人授权书"),
        );
        let id = self.legal_representative_id.trim();
        let legal_representative_id = (!id.is_empty())
            .then(|| errors.take("legal_representative_id", paper(id, "这份材料没有传好，请删掉重新上传")))
            .flatten();
        match (unit, phone, licence, letter) {
            (Some(unit), Some(phone), Some(licence), Some(operator_letter)) => errors.into_result(NewHostIdentity {
                unit,
                phone,
                licence,
                operator_letter,
                legal_representative_id,
            }),
            _ => Err(errors),
        }
    }
}

fn paper(id: &str, missing: &'static str) -> Result<FileId, &'static str> {
    id.trim().parse().map_err(|_| missing)
}

/// A phone number never reaches a log.
impl std::fmt::Debug for HostIdentityForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HostIdentityForm")
            .field("name", &self.name)
            .field("credit_code", &self.credit_code)
            .field("division", &self.division)
            .finish_non_exhaustive()
    }
}

/// 单位资料 as the operators of the unit read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostUnitView {
    /// Name on the licence.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// GB/T 2260 code of the 经营地址.
    pub division: String,
    /// The same in words.
    pub division_name: String,
    /// Rest of the 经营地址.
    pub address: String,
    /// 法定代表人; empty when it was never asked for.
    pub legal_representative: String,
    /// 经办人; empty when it was never asked for.
    pub operator: String,
    /// The 经办人's mobile number, masked; none when it was never asked for.
    pub phone: Option<String>,
    /// Where the identity stands.
    pub identity: IdentityState,
    /// Since when.
    pub identity_at: Option<Moment>,
    /// Where the certification stands.
    pub certification: CertificationSummary,
    /// How the latest case stands.
    pub case: Option<Standing>,
    /// 营业执照, as it was last handed in.
    pub licence: Option<FileView>,
    /// 经办人授权书, as it was last handed in.
    pub operator_letter: Option<FileView>,
    /// 法定代表人身份证, as it was last handed in.
    pub legal_representative_id: Option<FileView>,
    /// The agency that will decide or decides for the 经营地址; none where there is none yet.
    pub agency: Option<String>,
}

impl HostUnitView {
    /// Whether a field (by its code in the case) can be changed now: everything before it is handed in and after a rejection,
    /// only what was returned while the case is open.
    #[must_use]
    pub fn may_edit(&self, field: &str) -> bool {
        match (self.identity, &self.case) {
            (IdentityState::Unverified | IdentityState::Rejected, _) => true,
            (IdentityState::Manual, Some(case)) if case.state == CaseState::Returned => {
                case.fields.iter().any(|(code, _)| code == field)
            }
            (IdentityState::Checking | IdentityState::Manual | IdentityState::Verified, _) => false,
        }
    }

    /// Labels of the returned fields that are in `form` as they were handed in.
    #[must_use]
    pub fn unmended(&self, form: &HostIdentityForm) -> Vec<String> {
        let paper = |typed: &str, sent: &Option<FileView>| {
            sent.as_ref().map(|file| file.id.to_string()).unwrap_or_default() == typed
        };
        let same = |code: &str| match code {
            "name" => form.name.trim() == self.name,
            "credit_code" => form.credit_code.trim() == self.credit_code,
            "address" => form.division == self.division && form.address.trim() == self.address,
            "legal_representative" => form.legal_representative.trim() == self.legal_representative,
            "operator" => form.operator.trim() == self.operator && form.phone.trim().is_empty(),
            "licence" => paper(&form.licence, &self.licence),
            "operator_letter" => paper(&form.operator_letter, &self.operator_letter),
            "legal_representative_id" => paper(&form.legal_representative_id, &self.legal_representative_id),
            _ => false,
        };
        let returned = self.case.iter().filter(|case| case.state == CaseState::Returned);
        returned
            .flat_map(|case| &case.fields)
            .filter(|(code, _)| same(code))
            .map(|(_, label)| label.clone())
            .collect()
    }

    /// Whether the form can be sent now.
    #[must_use]
    pub fn may_submit(&self) -> bool {
        match (self.identity, &self.case) {
            (IdentityState::Unverified | IdentityState::Rejected, _) => true,
            (IdentityState::Manual, Some(case)) => case.state == CaseState::Returned,
            (IdentityState::Manual, None) | (IdentityState::Checking | IdentityState::Verified, _) => false,
        }
    }
}
