//! What a reviewer fills in to decide, and the record that some decisions need.

use super::{CaseKind, StagePurpose};
use crate::value::parse_day;
use crate::{Day, FieldErrors, FileId, form};
use serde::{Deserialize, Serialize};

/// The most photos of an inspection.
pub const INSPECTION_PHOTOS: usize = 3;

/// What was done to a case; the entries of its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The submitter sent it.
    Submit,
    /// An agency approved its stage.
    Approve,
    /// An agency sent it back with named fields.
    Return,
    /// An agency rejected it.
    Reject,
    /// The submitter sent it again.
    Resubmit,
    /// An agency took its decision back.
    Revoke,
}

/// How a person was identified by hand (GZ 二: 电话核实、请个人上传身份证).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// By telephone.
    Phone,
    /// By the uploaded ID card.
    IdCard,
}

/// What stays with a decision beside its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DecisionRecord {
    /// 实地考察 (CQ 三(二)1: 见习场所、经营状况、岗位需求).
    Inspection {
        /// The day of the visit.
        visited_on: Day,
        /// Who went there.
        visitors: String,
        /// 见习场所.
        premises: String,
        /// 经营状况.
        operation: String,
        /// 岗位需求.
        needs: String,
        /// Photos and papers of the visit, at most [`INSPECTION_PHOTOS`].
        #[serde(default)]
        photos: Vec<FileId>,
    },
    /// How the person was identified.
    Identity {
        /// How.
        proof: Proof,
        /// What was asked or compared.
        note: String,
    },
}

/// The form of a decision as it is typed. Field names are those of its controls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// `approve`, `return`, `reject` or `revoke`.
    pub verdict: String,
    /// Why; needed for everything but an approval.
    pub reason: String,
    /// The fields to mend, for a return.
    pub fields: Vec<String>,
    /// Inspection: the day of the visit.
    pub visited_on: String,
    /// Inspection: who went there.
    pub visitors: String,
    /// Inspection: 见习场所.
    pub premises: String,
    /// Inspection: 经营状况.
    pub operation: String,
    /// Inspection: 岗位需求.
    pub needs: String,
    /// Inspection: ids of the uploaded photos; there need be none.
    pub photos: Vec<String>,
    /// Identity: `phone` or `id_card`.
    pub proof: String,
    /// Identity: what was asked or compared.
    pub note: String,
}

/// A decision that can be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// What is done.
    pub verdict: Verdict,
    /// Why; always there unless approved.
    pub reason: Option<String>,
    /// The fields to mend; at least one for a return, else none.
    pub fields: Vec<String>,
    /// The record that the approval of this stage needs.
    pub record: Option<DecisionRecord>,
}

/// What a decision is checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionGround<'a> {
    /// What the case is about.
    pub kind: CaseKind,
    /// The stage at which it stands.
    pub purpose: StagePurpose,
    /// The day of the application: nobody inspects before. A return and what is sent again do not move it: a visit before the
    /// return was a visit.
    pub submitted_on: Day,
    /// Today, Asia/Shanghai.
    pub today: Day,
    /// Codes of the fields that can be returned.
    pub fields: &'a [&'a str],
    /// Whether an uploaded ID card is among the papers.
    pub has_id_card: bool,
}

impl DecisionRecord {
    /// The files that stay with it.
    #[must_use]
    pub fn photos(&self) -> &[FileId] {
        match self {
            Self::Inspection { photos, .. } => photos,
            Self::Identity { .. } => &[],
        }
    }
}

impl DecisionForm {
    /// The decision, or one sentence per field.
    ///
    /// # Errors
    /// A sentence beside each field that is wrong.
    pub fn check(&self, ground: &DecisionGround<'_>) -> Result<NewDecision, FieldErrors> {
        let mut errors = FieldErrors::default();
        let verdict = match Verdict::from_code(&self.verdict) {
            Some(verdict @ (Verdict::Approve | Verdict::Return | Verdict::Reject | Verdict::Revoke)) => verdict,
            Some(Verdict::Submit | Verdict::Resubmit) | None => {
                return Err(FieldErrors::one("verdict", "请选择通过、退回补正或不通过"));
            }
        };
        let mut fields = Vec::new();
        if verdict == Verdict::Return {
            fields.extend(
                self.fields
                    .iter()
                    .filter(|field| ground.fields.contains(&field.as_str()))
                    .cloned(),
            );
            fields.dedup();
            if fields.is_empty() {
                errors.push("fields", "请勾选需要补正的内容，对方只能修改勾选的部分");
            }
        }
        let reason = match verdict {
            Verdict::Approve if self.reason.trim().is_empty() => None,
            Verdict::Approve | Verdict::Submit | Verdict::Resubmit => errors.take("reason", reason(&self.reason)),
            Verdict::Return | Verdict::Reject | Verdict::Revoke => errors.take("reason", reason(&self.reason)),
        };
        let record = (verdict == Verdict::Approve)
            .then(|| self.record(ground, &mut errors))
            .flatten();
        errors.into_result(NewDecision {
            verdict,
            reason,
            fields,
            record,
        })
    }

    fn record(&self, ground: &DecisionGround<'_>, errors: &mut FieldErrors) -> Option<DecisionRecord> {
        match (ground.purpose, ground.kind) {
            (StagePurpose::CountyInspection, _) => {
                let visited_on = errors.take("visited_on", self.visited(ground));
                let visitors = errors.take("visitors", finding(&self.visitors, "请填写考察人姓名，至少一位"));
                let premises = errors.take("premises", finding(&self.premises, "请写明见习场所的情况"));
                let operation = errors.take("operation", finding(&self.operation, "请写明经营状况"));
                let needs = errors.take("needs", finding(&self.needs, "请写明岗位需求的情况"));
                let photos = errors.take("photos", self.photos());
                Some(DecisionRecord::Inspection {
                    visited_on: visited_on?,
                    visitors: visitors?,
                    premises: premises?,
                    operation: operation?,
                    needs: needs?,
                    photos: photos?,
                })
            }
            (_, CaseKind::PersonIdentity) => {
                let proof = match self.proof.as_str() {
                    "phone" => Some(Proof::Phone),
                    "id_card" if ground.has_id_card => Some(Proof::IdCard),
                    "id_card" => {
                        errors.push("proof", "本人还没有上传身份证照片。请电话核实，或者退回请本人上传");
                        None
                    }
                    _ => {
                        errors.push("proof", "请选择怎样核实了本人");
                        None
                    }
                };
                let note = errors.take(
                    "note",
                    finding(&self.note, "请写明核实的经过，例如通话时间和核对的内容"),
                );
                Some(DecisionRecord::Identity {
                    proof: proof?,
                    note: note?,
                })
            }
            (_, CaseKind::HostIdentity | CaseKind::Certification) => None,
        }
    }

    fn photos(&self) -> Result<Vec<FileId>, &'static str> {
        if self.photos.len() > INSPECTION_PHOTOS {
            return Err("考察照片最多 3 份，请删掉几份");
        }
        self.photos
            .iter()
            .map(|id| id.parse().map_err(|_| "有一份照片没有传好，请删掉重新上传"))
            .collect()
    }

    fn visited(&self, ground: &DecisionGround<'_>) -> Result<Day, &'static str> {
        let day = parse_day(self.visited_on.trim()).ok_or("请选择考察日期")?;
        if day > ground.today {
            Err("考察日期不能晚于今天")
        } else if day < ground.submitted_on {
            Err("考察日期不能早于单位提交申请的日期")
        } else {
            Ok(day)
        }
    }
}

/// Whether a case may be approved together with others, without being opened: no record is needed, and either every automatic
/// check passed or the stage only files what the agencies before have looked at (SD 3.1 报省备案).
#[must_use]
pub const fn is_bulk_safe(kind: CaseKind, purpose: StagePurpose, checked: bool) -> bool {
    !needs_record(kind, purpose) && (checked || matches!(purpose, StagePurpose::ProvincialFiling))
}

/// Whether an approval at this stage needs a record: of the inspection, or of how the person was identified.
#[must_use]
pub const fn needs_record(kind: CaseKind, purpose: StagePurpose) -> bool {
    match (purpose, kind) {
        (StagePurpose::CountyInspection, _) | (_, CaseKind::PersonIdentity) => true,
        (
            StagePurpose::CountyReview
            | StagePurpose::CityReview
            | StagePurpose::ProvinceReview
            | StagePurpose::ProvincialFiling,
            CaseKind::HostIdentity | CaseKind::Certification,
        ) => false,
    }
}

impl Proof {
    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Phone => "电话核实",
            Self::IdCard => "核对上传的身份证照片",
        }
    }
}

fn reason(text: &str) -> Result<String, &'static str> {
    form::line(
        text,
        4..=300,
        "请写明原因，对方会看到这句话",
        "原因请写 4 到 300 个字，让对方知道怎么改",
    )
}

fn finding(text: &str, empty: &'static str) -> Result<String, &'static str> {
    form::line(text, 2..=500, empty, "请写 2 到 500 个字")
}
