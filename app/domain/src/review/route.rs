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
    /// A post: by the region's chain of posts.
    Post {
        /// Division of the host's 经营地址.
        business: &'a str,
        /// The agency that certified the host.
        certified_by: AgencyId,
        /// The county to which the city forwarded the post.
        forwarded_to: Option<AgencyId>,
    },
    /// What follows a post: the eligibility of a trainee, on-boarding, a subsidy.
    Following {
        /// The agency that certified the host.
        certified_by: AgencyId,
        /// The county that reviewed the post, where the post was forwarded to it.
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
        /// Names of the agencies of those cities; none where they are not set up yet.
        within: Vec<String>,
    },
    /// The region forwards no posts.
    NotForwardable,
    /// Only a city forwards, and only what it certified itself (GZ 四 一是: 市州人社部门指定县级人社部门执行).
    OnlyCityForwards,
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
        Matter::Post {
            business,
            certified_by,
            forwarded_to,
        } => match forwarded_to {
            Some(county) => forwarded(certified_by, county, rules, agencies),
            // SD 3.2: 区县初审后发送市级. A chain of one stage is the certifying agency's, whatever its level (GZ 三 四是).
            None if rules.post_chain.len() > 1 => {
                let reason = format!("岗位按{}的规则依次为：{}。", rules.name, steps(&rules.post_chain));
                chain(&rules.post_chain, business, reason, rules, agencies)
            }
            None => single(certified_by, "岗位由认证该单位的机构审核。", rules, agencies),
        },
        Matter::Following {
            certified_by,
            forwarded_to,
        } => match forwarded_to {
            Some(county) => forwarded(certified_by, county, rules, agencies),
            None => single(certified_by, "人员和补贴由认证该单位的机构审核。", rules, agencies),
        },
    }
}

/// A post that a city handed over to a county of its own, with what follows it (GZ 四 一是).
fn forwarded(
    certified_by: AgencyId,
    county: AgencyId,
    rules: &RulePack,
    agencies: &Directory,
) -> Result<Route, RouteRefusal> {
    let level = |agency| agencies.get(agency).map(|agency| agency.level);
    if !rules.posts_forwardable {
        return Err(RouteRefusal::NotForwardable);
    }
    if level(certified_by).ok_or(RouteRefusal::AgencyGone)? != AgencyLevel::City {
        return Err(RouteRefusal::OnlyCityForwards);
    }
    if level(county).ok_or(RouteRefusal::AgencyGone)? != AgencyLevel::County || !agencies.is_above(certified_by, county)
    {
        return Err(RouteRefusal::ForwardedOutside);
    }
    single(
        county,
        "岗位由市级推送给本县审核，该岗位的人员和补贴也由本县审核、发放；单位认证不变。",
        rules,
        agencies,
    )
}

/// The stages of a chain in words.
fn steps(stages: &[StagePurpose]) -> String {
    let steps: Vec<&str> = stages.iter().map(|stage| stage.label()).collect();
    steps.join("、")
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
        let named = |city: &String| {
            agencies
                .responsible(AgencyLevel::City, city)
                .map(|agency| agency.name.clone())
        };
        return Err(RouteRefusal::PlanElsewhere {
            plan,
            within: within.iter().filter_map(named).collect(),
        });
    }
    let reason = format!(
        "{}按经营所在地办理，按{}的规则依次为：{}。",
        plan.label(),
        rules.name,
        steps(stages)
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
            Self::PlanElsewhere { plan, within } if within.is_empty() => format!(
                "{}只接受经营所在地在本省规则列明的市的单位，请改选县级或市级计划。",
                plan.label()
            ),
            Self::PlanElsewhere { plan, within } => format!(
                "{}只接受经营所在地由{}管辖的单位，请改选县级或市级计划。",
                plan.label(),
                within.join("、")
            ),
            Self::NotForwardable => "本省的规则不允许推送岗位，由认证单位的机构审核。".to_owned(),
            Self::OnlyCityForwards => {
                "只有市级机构可以推送岗位：县级、省级见习计划的岗位由认证该单位的机构自己审核。".to_owned()
            }
            Self::ForwardedOutside => "只能推送给本市所属的县级机构，请重新选择。".to_owned(),
            Self::AgencyGone => "原来的经办机构已经撤销，请联系上级人社部门指定新的机构。".to_owned(),
        }
    }
}
