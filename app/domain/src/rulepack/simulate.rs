//! The routing simulator: which agency would decide a matter at each stage, by which rules, until when and why.

use super::RulePack;
use crate::agency::Directory;
use crate::calendar::Calendar;
use crate::division::is_county_code;
use crate::review::{Matter, Plan, RouteRefusal, route};
use crate::value::parse_day;
use crate::{AgencyId, Day, FieldErrors};
use serde::{Deserialize, Serialize};

/// What can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// 单位实名认证.
    HostIdentity,
    /// 个人实名认证 by hand.
    PersonIdentity,
    /// 见习单位认证.
    Certification,
    /// 见习岗位.
    Post,
    /// 人员 · 补贴.
    Following,
}

/// A question as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulationForm {
    /// A [`MatterKind::code`].
    pub kind: String,
    /// A [`Plan::code`]; for a certification and what follows from it.
    pub plan: String,
    /// The address: a division at the last level.
    pub division: String,
    /// Day of receipt, `YYYY-MM-DD`.
    pub day: String,
    /// The county to which the post was forwarded; nothing when it was not.
    pub forwarded_to: String,
    /// The region whose rules are asked beside the address' own; nothing for none.
    pub compare: String,
}

/// A question that can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub kind: MatterKind,
    /// The plan of the host.
    pub plan: Plan,
    /// The address.
    pub division: String,
    /// Day of receipt.
    pub day: Day,
    /// The county to which the post was forwarded.
    pub forwarded_to: Option<String>,
    /// The region whose rules are asked, too.
    pub compare: Option<String>,
}

/// One stage of the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedStage {
    /// Who decides.
    pub agency: String,
    /// What it does there.
    pub purpose: String,
    /// Working days that it has.
    pub workdays: u8,
    /// The day on which the case reaches it, which does not count.
    pub from: Day,
    /// The last day.
    pub due: Day,
    /// Days off by notice between the two.
    pub skipped: Vec<Day>,
    /// Saturdays and Sundays between the two on which people work.
    pub made_up: Vec<Day>,
    /// Whether a year between the two has no notice yet.
    pub provisional: bool,
}

/// The way of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedWay {
    /// Why these agencies.
    pub reason: String,
    /// Stage after stage.
    pub stages: Vec<SimulatedStage>,
}

/// The answer under one region's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Name of the region whose rules these are.
    pub rules: String,
    /// The versions: `000000@2026-1 520000@2026-1`, or in words.
    pub basis: String,
    /// The way, or the sentence that says why there is none.
    pub way: Result<SimulatedWay, String>,
}

/// The answers: by the address' own rules and, where asked for, by another region's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Simulation {
    /// The address in words.
    pub address: String,
    /// Day of receipt.
    pub day: Day,
    /// One or two.
    pub answers: Vec<Answer>,
}

impl MatterKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::HostIdentity,
        Self::PersonIdentity,
        Self::Certification,
        Self::Post,
        Self::Following,
    ];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::HostIdentity => "单位实名认证",
            Self::PersonIdentity => "个人实名认证",
            Self::Certification => "见习单位认证",
            Self::Post => "见习岗位",
            Self::Following => "人员和补贴",
        }
    }

    /// The name in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::HostIdentity => "host_identity",
            Self::PersonIdentity => "person_identity",
            Self::Certification => "certification",
            Self::Post => "post",
            Self::Following => "following",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the host's plan matters.
    #[must_use]
    pub const fn has_plan(self) -> bool {
        matches!(self, Self::Certification | Self::Post | Self::Following)
    }

    /// Whether it changes when a city forwards the post.
    #[must_use]
    pub const fn may_be_forwarded(self) -> bool {
        matches!(self, Self::Post | Self::Following)
    }
}

impl SimulationForm {
    /// The question.
    ///
    /// # Errors
    /// A sentence beside each field that cannot be answered.
    pub fn check(&self) -> Result<Question, FieldErrors> {
        let mut errors = FieldErrors::default();
        let kind = errors.take("kind", MatterKind::from_code(&self.kind).ok_or("请选择要办的事"));
        let plan = match kind {
            Some(kind) if kind.has_plan() => errors.take("plan", Plan::from_code(&self.plan).ok_or("请选择见习计划")),
            Some(_) | None => Some(Plan::County),
        };
        let division = self.division.trim();
        let has_address = is_county_code(division);
        errors.take(
            "division",
            has_address.then_some(()).ok_or("请选择地址，选到县（市、区）"),
        );
        let day = errors.take("day", parse_day(self.day.trim()).ok_or("请选择收到的日期"));
        let forwarded_to = self.forwarded_to.trim();
        let forwarded = kind.is_some_and(MatterKind::may_be_forwarded) && !forwarded_to.is_empty();
        if forwarded && !is_county_code(forwarded_to) {
            errors.push("forwarded_to", "请选择推送到哪个县");
        }
        let compare = self.compare.trim();
        if !compare.is_empty() && !super::is_region(compare) {
            errors.push("compare", "请选择要对比的地区");
        }
        match (kind, plan, day) {
            (Some(kind), Some(plan), Some(day)) if errors.is_empty() => Ok(Question {
                kind,
                plan,
                division: division.to_owned(),
                day,
                forwarded_to: forwarded.then(|| forwarded_to.to_owned()),
                compare: (!compare.is_empty()).then(|| compare.to_owned()),
            }),
            _ => Err(errors),
        }
    }
}

/// The answer under these rules. Each stage is taken to use its whole time.
#[must_use]
pub fn simulate(question: &Question, rules: &RulePack, agencies: &Directory, calendar: &Calendar) -> Answer {
    let way = way(question, rules, agencies).map_err(|refusal| refusal.message());
    Answer {
        rules: rules.name.clone(),
        basis: rules.basis().to_owned(),
        way: way.map(|way| {
            let mut from = question.day;
            let stages = way
                .stages
                .iter()
                .map(|stage| {
                    let due = calendar.add_workdays(from, u32::from(stage.workdays));
                    let agency = agencies
                        .get(stage.agency)
                        .map_or_else(String::new, |agency| agency.name.clone());
                    let simulated = SimulatedStage {
                        agency,
                        purpose: stage.purpose.label().to_owned(),
                        workdays: stage.workdays,
                        from,
                        due,
                        skipped: calendar.days_off_between(from, due),
                        made_up: calendar.make_up_workdays_between(from, due),
                        provisional: (from.year()..=due.year()).any(|year| calendar.is_provisional(year)),
                    };
                    from = due;
                    simulated
                })
                .collect();
            SimulatedWay {
                reason: way.reason,
                stages,
            }
        }),
    }
}

fn way(question: &Question, rules: &RulePack, agencies: &Directory) -> Result<crate::review::Route, RouteRefusal> {
    let address = question.division.as_str();
    let certification = Matter::Certification {
        business: address,
        plan: question.plan,
    };
    match question.kind {
        MatterKind::HostIdentity => route(Matter::HostIdentity { business: address }, rules, agencies),
        MatterKind::PersonIdentity => route(Matter::PersonIdentity { residence: address }, rules, agencies),
        MatterKind::Certification => route(certification, rules, agencies),
        MatterKind::Post | MatterKind::Following => {
            let certified_by = certifying(&route(certification, rules, agencies)?);
            let certified_by = certified_by.ok_or(RouteRefusal::AgencyGone)?;
            let forwarded_to = match &question.forwarded_to {
                None => None,
                Some(county) => {
                    let level = crate::agency::AgencyLevel::County;
                    let found = agencies.responsible(level, county);
                    Some(found.ok_or(RouteRefusal::NoAgency { level })?.id)
                }
            };
            let matter = if question.kind == MatterKind::Post {
                Matter::Post {
                    business: address,
                    certified_by,
                    forwarded_to,
                }
            } else {
                Matter::Following {
                    certified_by,
                    forwarded_to,
                }
            };
            route(matter, rules, agencies)
        }
    }
}

/// The agency that certifies: the last that decides. A filing (SD 3.1 报省厅备案) takes note only.
fn certifying(way: &crate::review::Route) -> Option<AgencyId> {
    way.stages
        .iter()
        .rfind(|stage| stage.purpose.decides())
        .map(|stage| stage.agency)
}
