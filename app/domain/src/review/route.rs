//! Which agency reviews what (`domain.md` §3, GZ 三 四个审核推送原则), as one pure function over rules and agencies, with the
//! reason in words.

use super::StagePurpose;
use crate::AgencyId;
use crate::agency::{AgencyLevel, Directory};
use crate::rulepack::RulePack;
use serde::{Deserialize, Serialize};

/// The 见习计划 in which a host takes part; it names it when it applies for certification (GZ 三).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// 县级计划, the default.
    #[default]
    County,
    /// 市级计划.
    City,
    /// 省级计划.
    Province,
}

/// What has to be decided, with what routing must know of it. Divisions are GB/T 2260 codes at the last level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter<'a> {
    /// 单位实名认证.
    HostIdentity {
        /// Division of the 经营地址.
        business: &'a str,
    },
    /// 个人实名认证 by hand, where the automatic check did not match.
    PersonIdentity {
        /// Division of the 常住地址 as entered.
        residence: &'a str,
    },
    /// 见习单位认证.
    Certification {
        /// Division of the 经营地址.
        business: &'a str,
        /// The plan that the host chose.
        plan: Plan,
    },
    /// A post, the eligibility of a trainee or a subsidy.
    Following {
        /// The agency that certified the host.
        certified_by: AgencyId,
        /// The agency that reviewed the post, where the post was forwarded to it.
        forwarded_to: Option<AgencyId>,
    },
}

/// One stage with its agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutedStage {
    /// Who decides.
    pub agency: AgencyId,
    /// What it does there.
    pub purpose: StagePurpose,
    /// Working days from the day on which the case reaches it; that day does not count.
    pub workdays: u8,
}

/// The way of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Stages in their order, at least one.
    pub stages: Vec<RoutedStage>,
    /// Why these agencies, in words.
    pub reason: String,
}

/// Why a matter has no way; [`message`](Self::message) says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteRefusal {
    /// No agency of that level looks after the division.
    NoAgency {
        /// The level that is missing.
        level: AgencyLevel,
    },
    /// The region does not offer the plan.
    PlanNotOffered {
        /// The plan.
        plan: Plan,
    },
    /// The plan takes hosts of some cities only (GZ: 仅贵阳市内).
    PlanElsewhere {
        /// The plan.
        plan: Plan,
    },
    /// The region forwards no posts.
    NotForwardable,
    /// A city forwards to a county of its own only.
    ForwardedOutside,
    /// The agency is not there any more.
    AgencyGone,
}

/// The way of a matter under a region's rules.
///
/// # Errors
/// Why there is none.
pub fn route(matter: Matter<'_>, rules: &RulePack, agencies: &Directory) -> Result<Route, RouteRefusal> {
    match matter {
        Matter::HostIdentity { business } => chain(
            &[StagePurpose::CountyReview],
            business,
            "单位实名认证按经营地址推送到所属县级机构。".to_owned(),
            rules,
            agencies,
        ),
        Matter::PersonIdentity { residence } => chain(
            &[StagePurpose::CountyReview],
            residence,
            "自动核验没有通过的个人实名认证，按填写的常住地址推送到所属县级机构。".to_owned(),
            rules,
            agencies,
        ),
        Matter::Certification { business, plan } => certification(business, plan, rules, agencies),
        Matter::Following {
            certified_by,
            forwarded_to: None,
        } => single(
            certified_by,
            "岗位、见习人员和补贴由认证该单位的机构审核。",
            rules,
            agencies,
        ),
        Matter::Following {
            certified_by,
            forwarded_to: Some(county),
        } => {
            if !rules.posts_forwardable {
                Err(RouteRefusal::NotForwardable)
            } else if !agencies.is_above(certified_by, county) {
                Err(RouteRefusal::ForwardedOutside)
            } else {
                single(
                    county,
                    "岗位由市级推送给本县审核，该岗位的人员和补贴也由本县审核、发放；单位认证不变。",
                    rules,
                    agencies,
                )
            }
        }
    }
}

fn certification(business: &str, plan: Plan, rules: &RulePack, agencies: &Directory) -> Result<Route, RouteRefusal> {
    let stages = match plan {
        Plan::County => &rules.certification_chain,
        Plan::City => &rules.certification_chain_city,
        Plan::Province => &rules.certification_chain_province,
    };
    if stages.is_empty() {
        return Err(RouteRefusal::PlanNotOffered { plan });
    }
    let within = &rules.province_plan_cities;
    if plan == Plan::Province && !within.is_empty() && !within.iter().any(|city| business.get(..4) == city.get(..4)) {
        return Err(RouteRefusal::PlanElsewhere { plan });
    }
    let steps: Vec<&str> = stages.iter().map(|stage| stage.label()).collect();
    let reason = format!(
        "{}按经营所在地办理，按{}的规则依次为：{}。",
        plan.label(),
        rules.name,
        steps.join("、")
    );
    chain(stages, business, reason, rules, agencies)
}

fn chain(
    stages: &[StagePurpose],
    address: &str,
    reason: String,
    rules: &RulePack,
    agencies: &Directory,
) -> Result<Route, RouteRefusal> {
    let stages = stages
        .iter()
        .map(|purpose| {
            let level = purpose.level();
            let agency = agencies
                .responsible(level, address)
                .ok_or(RouteRefusal::NoAgency { level })?;
            Ok(RoutedStage {
                agency: agency.id,
                purpose: *purpose,
                workdays: purpose.workdays(rules),
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Route { stages, reason })
}

/// One stage at a given agency, named by the agency's own level.
fn single(agency: AgencyId, reason: &str, rules: &RulePack, agencies: &Directory) -> Result<Route, RouteRefusal> {
    let found = agencies.get(agency).ok_or(RouteRefusal::AgencyGone)?;
    let purpose = match found.level {
        AgencyLevel::Province => StagePurpose::ProvinceReview,
        AgencyLevel::City => StagePurpose::CityReview,
        AgencyLevel::County => StagePurpose::CountyReview,
    };
    Ok(Route {
        stages: vec![RoutedStage {
            agency,
            purpose,
            workdays: purpose.workdays(rules),
        }],
        reason: reason.to_owned(),
    })
}

impl Plan {
    /// Every plan.
    pub const ALL: [Self; 3] = [Self::County, Self::City, Self::Province];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::County => "县级见习计划",
            Self::City => "市级见习计划",
            Self::Province => "省级见习计划",
        }
    }

    /// The name in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
        }
    }

    /// The plan with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|plan| plan.code() == code)
    }
}

impl RouteRefusal {
    /// What is in the way and what to do.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NoAgency { level } => format!(
                "这个地址还没有对应的{}经办机构。请联系当地人社部门，由管理员在“账号与机构”里补上。",
                level.label()
            ),
            Self::PlanNotOffered { plan } => format!("本地没有{}，请改选其他计划。", plan.label()),
            Self::PlanElsewhere { plan } => format!(
                "{}只接受经营所在地在省会城市的单位，请改选县级或市级计划。",
                plan.label()
            ),
            Self::NotForwardable => "本省的规则不允许推送岗位，由认证单位的机构审核。".to_owned(),
            Self::ForwardedOutside => "只能推送给本市所属的县级机构，请重新选择。".to_owned(),
            Self::AgencyGone => "原来的经办机构已经撤销，请联系上级人社部门指定新的机构。".to_owned(),
        }
    }
}
