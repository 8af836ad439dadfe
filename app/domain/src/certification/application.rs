//! An application that passed its checks, and what the rules make of its numbers.

use crate::FileId;
use crate::review::Plan;
use crate::rulepack::RulePack;

/// One profession.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// 专业 or kind of work.
    pub profession: String,
    /// How many people.
    pub people: u32,
    /// What else.
    pub note: Option<String>,
}

/// An application that can be submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The plan.
    pub plan: Plan,
    /// 单位简介.
    pub profile: String,
    /// 参保员工.
    pub insured_employees: u32,
    /// 专业及人数需求.
    pub needs: Vec<Need>,
    /// Name, title, years of each mentor.
    pub mentors: Vec<(String, String, u32)>,
    /// Name and position of each member of staff.
    pub staff: Vec<(String, String)>,
    /// 管理制度.
    pub management_rules: FileId,
    /// 师资名单.
    pub mentor_list: Option<FileId>,
    /// 专职人员附件.
    pub staff_papers: Option<FileId>,
}

impl Application {
    /// People of all professions.
    #[must_use]
    pub fn people(&self) -> u32 {
        self.needs.iter().map(|need| need.people).sum()
    }
}

/// How many people a host may take on a year (CQ 二(二): 年度发布岗位数量不超过其参保员工的数量).
#[must_use]
pub fn seats_limit(insured_employees: u32, rules: &RulePack) -> u32 {
    let seats = u64::from(insured_employees) * u64::from(rules.seats_percent_of_insured) / 100;
    u32::try_from(seats).unwrap_or(u32::MAX)
}
