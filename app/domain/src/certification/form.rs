//! The application for certification (SD 1.1: 单位简介、近年专业及人数需求、见习指导师资队伍情况、管理制度; JL: 专职人员和附件;
//! CQ 二(二): 参保员工). One form for browser and server.

use super::{Application, Need};
use crate::file::FilePurpose;
use crate::review::Plan;
use crate::{FieldErrors, FileId, PersonName, form};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Every field with the code by which a case returns it, in the order of the page.
pub const FIELDS: [(&str, &str); 9] = [
    ("plan", "见习计划"),
    ("profile", "单位简介"),
    ("insured_employees", "参保员工人数"),
    ("needs", "专业及人数需求"),
    ("mentors", "见习指导师资"),
    ("staff", "专职人员"),
    ("management_rules", "就业见习管理制度"),
    ("mentor_list", "师资名单附件"),
    ("staff_papers", "专职人员附件"),
];
/// Codes of the fields that must be filled in.
pub const REQUIRED: [&str; 7] = [
    "plan",
    "profile",
    "insured_employees",
    "needs",
    "mentors",
    "staff",
    "management_rules",
];
/// How many professions.
pub const NEEDS: RangeInclusive<usize> = 1..=20;
/// How many mentors.
pub const MENTORS: RangeInclusive<usize> = 1..=50;
/// How many members of staff.
pub const STAFF: RangeInclusive<usize> = 1..=20;

/// One profession as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NeedRow {
    /// 专业 or kind of work.
    pub profession: String,
    /// How many people.
    pub people: String,
    /// What else.
    pub note: String,
}

/// One mentor as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MentorRow {
    /// 姓名.
    pub name: String,
    /// 职称或职务.
    pub title: String,
    /// 从业年限.
    pub years: String,
}

/// One member of staff as it is typed. No telephone number: nobody needs it to decide.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StaffRow {
    /// 姓名.
    pub name: String,
    /// 职务.
    pub position: String,
}

/// The application as it is typed; a draft may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CertificationForm {
    /// Code of the plan.
    pub plan: String,
    /// 单位简介, several lines.
    pub profile: String,
    /// 参保员工.
    pub insured_employees: String,
    /// 近年专业及人数需求.
    pub needs: Vec<NeedRow>,
    /// 见习指导师资.
    pub mentors: Vec<MentorRow>,
    /// 专职人员.
    pub staff: Vec<StaffRow>,
    /// Id of the uploaded 管理制度.
    pub management_rules: String,
    /// Id of the uploaded list of mentors, or nothing.
    pub mentor_list: String,
    /// Id of the uploaded papers of the staff, or nothing.
    pub staff_papers: String,
}

/// A plan with its way, or why this host cannot choose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOffer {
    /// The plan.
    pub plan: Plan,
    /// The stages with their agencies in words.
    pub way: String,
    /// Why not; none when it can be chosen.
    pub refusal: Option<String>,
}

/// What an application is checked against.
#[derive(Debug, Clone, Copy)]
pub struct FormGround<'a> {
    /// What routing says about each plan at this host's address.
    pub plans: &'a [PlanOffer],
}

impl CertificationForm {
    /// The application, or one sentence per field. Errors of a row are named `needs.0.people`.
    ///
    /// # Errors
    /// A sentence beside each field that is wrong.
    pub fn check(&self, ground: &FormGround<'_>) -> Result<Application, FieldErrors> {
        let mut errors = FieldErrors::default();
        let plan = self.plan(ground, &mut errors);
        let profile = errors.take(
            "profile",
            form::lines(
                &self.profile,
                20..=1000,
                "请填写单位简介",
                "单位简介请写 20 到 1000 个字：主营业务、规模、见习条件",
            ),
        );
        let insured = errors.take(
            "insured_employees",
            number(
                &self.insured_employees,
                1..=1_000_000,
                "请填写参保员工人数，只写数字，1 到 1000000",
            ),
        );
        let needs = self.needs(&mut errors);
        let mentors = self.mentors(&mut errors);
        let staff = self.staff(&mut errors);
        let rules = errors.take(
            "management_rules",
            self.management_rules
                .parse::<FileId>()
                .map_err(|_| "请上传就业见习管理制度"),
        );
        let mut optional = |field: &str, id: &str| {
            let paper = (!id.is_empty()).then(|| id.parse::<FileId>().map_err(|_| "这份附件没有传好，请删掉重新上传"));
            paper.and_then(|paper| errors.take(field, paper))
        };
        let mentor_list = optional("mentor_list", &self.mentor_list);
        let staff_papers = optional("staff_papers", &self.staff_papers);
        match (plan, profile, insured, rules) {
            (Some(plan), Some(profile), Some(insured_employees), Some(management_rules)) if errors.is_empty() => {
                Ok(Application {
                    plan,
                    profile,
                    insured_employees,
                    needs,
                    mentors,
                    staff,
                    management_rules,
                    mentor_list,
                    staff_papers,
                })
            }
            _ => Err(errors),
        }
    }

    /// How many of the [`REQUIRED`] fields are filled in as they should be.
    #[must_use]
    pub fn filled(&self, ground: &FormGround<'_>) -> usize {
        let wrong = self.check(ground).err().unwrap_or_default();
        REQUIRED
            .iter()
            .filter(|code| !wrong.0.iter().any(|error| field_of(&error.field) == **code))
            .count()
    }

    /// Labels of the fields of `open`, which an agency returned, that are still as they were `sent`.
    #[must_use]
    pub fn unmended(&self, sent: &Self, open: &[String]) -> Vec<String> {
        let same = |code: &str| self.clone().only_changing(sent, &[code.to_owned()]) == *sent;
        FIELDS
            .into_iter()
            .filter(|(code, _)| open.iter().any(|field| field == code) && same(code))
            .map(|(_, label)| label.to_owned())
            .collect()
    }

    /// Takes every field that may not be changed from what stands.
    #[must_use]
    pub fn only_changing(self, stands: &Self, open: &[String]) -> Self {
        let is_open = |code: &str| open.iter().any(|field| field == code);
        let mut kept = stands.clone();
        if is_open("plan") {
            kept.plan = self.plan;
        }
        if is_open("profile") {
            kept.profile = self.profile;
        }
        if is_open("insured_employees") {
            kept.insured_employees = self.insured_employees;
        }
        if is_open("needs") {
            kept.needs = self.needs;
        }
        if is_open("mentors") {
            kept.mentors = self.mentors;
        }
        if is_open("staff") {
            kept.staff = self.staff;
        }
        if is_open("management_rules") {
            kept.management_rules = self.management_rules;
        }
        if is_open("mentor_list") {
            kept.mentor_list = self.mentor_list;
        }
        if is_open("staff_papers") {
            kept.staff_papers = self.staff_papers;
        }
        kept
    }

    /// Whether a draft is small enough to be kept: rows and letters beyond any form of ours are none.
    #[must_use]
    pub fn is_keepable(&self) -> bool {
        let rows = self.needs.len() <= *NEEDS.end()
            && self.mentors.len() <= *MENTORS.end()
            && self.staff.len() <= *STAFF.end();
        let cells = self
            .needs
            .iter()
            .flat_map(|row| [&row.profession, &row.people, &row.note])
            .chain(self.mentors.iter().flat_map(|row| [&row.name, &row.title, &row.years]))
            .chain(self.staff.iter().flat_map(|row| [&row.name, &row.position]))
            .chain([
                &self.plan,
                &self.insured_employees,
                &self.management_rules,
                &self.mentor_list,
                &self.staff_papers,
            ]);
        rows && self.profile.chars().count() <= 2000 && cells.into_iter().all(|cell| cell.chars().count() <= 200)
    }

    fn plan(&self, ground: &FormGround<'_>, errors: &mut FieldErrors) -> Option<Plan> {
        let Some(plan) = Plan::from_code(&self.plan) else {
            errors.push("plan", "请选择参加哪一级见习计划");
            return None;
        };
        match ground.plans.iter().find(|offer| offer.plan == plan) {
            Some(PlanOffer { refusal: None, .. }) => Some(plan),
            Some(PlanOffer {
                refusal: Some(refusal), ..
            }) => {
                errors.push("plan", refusal.clone());
                None
            }
            None => {
                errors.push("plan", "本地没有这个见习计划，请改选其他计划");
                None
            }
        }
    }

    fn needs(&self, errors: &mut FieldErrors) -> Vec<Need> {
        rows(
            errors,
            "needs",
            self.needs.len(),
            NEEDS,
            "请至少写一个专业或岗位类别",
            "最多写 20 行，请合并相近的专业",
        );
        let mut needs = Vec::new();
        for (index, row) in self.needs.iter().enumerate() {
            let at = |column: &str| format!("needs.{index}.{column}");
            let profession = errors.take(
                &at("profession"),
                form::line(&row.profession, 2..=40, "请填写专业或岗位类别", "请写 2 到 40 个字"),
            );
            let people = errors.take(
                &at("people"),
                number(&row.people, 1..=10_000, "人数只写数字，1 到 10000"),
            );
            let note = if row.note.trim().is_empty() {
                None
            } else {
                errors.take(&at("note"), form::line(&row.note, 1..=100, "", "说明最多 100 个字"))
            };
            if let (Some(profession), Some(people)) = (profession, people) {
                needs.push(Need {
                    profession,
                    people,
                    note,
                });
            }
        }
        needs
    }

    fn mentors(&self, errors: &mut FieldErrors) -> Vec<(String, String, u32)> {
        rows(
            errors,
            "mentors",
            self.mentors.len(),
            MENTORS,
            "请至少写一位带教人员",
            "最多写 50 位，其余的请写在附件里",
        );
        let mut mentors = Vec::new();
        for (index, row) in self.mentors.iter().enumerate() {
            let at = |column: &str| format!("mentors.{index}.{column}");
            let name = errors.take(&at("name"), PersonName::parse(&row.name));
            let title = errors.take(
                &at("title"),
                form::line(&row.title, 2..=30, "请填写职称或职务", "请写 2 到 30 个字"),
            );
            let years = errors.take(&at("years"), number(&row.years, 0..=60, "从业年限只写数字，0 到 60"));
            if let (Some(name), Some(title), Some(years)) = (name, title, years) {
                mentors.push((name.to_string(), title, years));
            }
        }
        mentors
    }

    fn staff(&self, errors: &mut FieldErrors) -> Vec<(String, String)> {
        rows(
            errors,
            "staff",
            self.staff.len(),
            STAFF,
            "请至少写一位负责见习工作的专职人员",
            "最多写 20 位",
        );
        let mut staff = Vec::new();
        for (index, row) in self.staff.iter().enumerate() {
            let at = |column: &str| format!("staff.{index}.{column}");
            let name = errors.take(&at("name"), PersonName::parse(&row.name));
            let position = errors.take(
                &at("position"),
                form::line(&row.position, 2..=30, "请填写职务", "请写 2 到 30 个字"),
            );
            if let (Some(name), Some(position)) = (name, position) {
                staff.push((name.to_string(), position));
            }
        }
        staff
    }
}

/// What the paper of a field is handed in as; none for a field that is no paper.
#[must_use]
pub fn paper_of(field: &str) -> Option<FilePurpose> {
    match field {
        "management_rules" => Some(FilePurpose::ManagementRules),
        "mentor_list" => Some(FilePurpose::MentorList),
        "staff_papers" => Some(FilePurpose::StaffPapers),
        _ => None,
    }
}

/// The code of the field to which an error belongs: `needs` of `needs.0.people`.
fn field_of(error: &str) -> &str {
    error.split('.').next().unwrap_or_default()
}

fn rows(
    errors: &mut FieldErrors,
    field: &str,
    count: usize,
    allowed: RangeInclusive<usize>,
    none: &'static str,
    too_many: &'static str,
) {
    if count < *allowed.start() {
        errors.push(field, none);
    } else if count > *allowed.end() {
        errors.push(field, too_many);
    }
}

fn number(text: &str, allowed: RangeInclusive<u32>, wrong: &'static str) -> Result<u32, &'static str> {
    let text = text.trim();
    if text.is_empty() || text.len() > 7 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong);
    }
    text.parse().ok().filter(|number| allowed.contains(number)).ok_or(wrong)
}
