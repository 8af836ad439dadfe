//! Agencies of the demo and their staff.

use super::fill::{Fill, Made};
use super::person::{self, Staff};
use super::place::{self, Province};
use crate::error::ServiceError;
use domain::account::Role;
use domain::agency::Agency;
use domain::{AccountId, AgencyId, Moment};

const DECIDES: &str = "待办审核、单位、规则与日历";
const READS_CASES: &str = "查看全市的待办和单位，不办理";
pub(super) const OWN_ACCOUNT: &str = "查看本人账号";
const READS_THE_LOG: &str = "审计";
const LOOKS_AFTER: &str = "账号与机构、审计";

impl Fill<'_> {
    /// Agencies and staff that make each chain complete. Afterwards, so that everything before stays as it was.
    pub(super) async fn more(
        &mut self,
        position: usize,
        province: &'static Province,
        made: &mut Made,
    ) -> Result<(), ServiceError> {
        let agencies = &mut made.agencies;
        for plan in province.more_agencies {
            let id = self.agency(plan, agencies).await?;
            agencies.push(id);
        }
        for (number, plan) in province.more_staff.iter().enumerate() {
            let Some(agency) = agencies.get(plan.agency).copied() else {
                continue;
            };
            let rank = match plan.role {
                Role::Auditor => 450,
                Role::Admin => 550,
                Role::Reviewer | Role::CityCentre | Role::Operator | Role::Mentor | Role::Trainee => {
                    350 + i64::try_from(number).unwrap_or(0)
                }
            };
            let at = self.rank(position, rank);
            let login = format!("{}.{}", province.short, plan.login);
            let of = province.agencies.iter().chain(province.more_agencies).nth(plan.agency);
            let (name, division) = of.map_or(("", ""), |agency| (agency.name, agency.division));
            let note = format!("{name} · {}", note(plan.role));
            let account = self
                .agency_staff(plan.role, plan.name, login, agency, &note, at)
                .await?;
            if plan.role == Role::Reviewer {
                made.reviewers.push((division, account, plan.name));
            }
        }
        match made.places.first() {
            Some(place) if position == 0 => self.mentor(place).await,
            Some(_) | None => Ok(()),
        }
    }

    pub(super) async fn agencies(&mut self, province: &Province) -> Result<Vec<AgencyId>, ServiceError> {
        let mut ids: Vec<AgencyId> = Vec::new();
        for plan in province.agencies {
            let id = self.agency(plan, &ids).await?;
            ids.push(id);
        }
        Ok(ids)
    }

    async fn agency(&mut self, plan: &place::Agency, before: &[AgencyId]) -> Result<AgencyId, ServiceError> {
        let agency = Agency {
            id: AgencyId::new(self.chance.id(self.base())),
            name: plan.name.to_owned(),
            level: plan.level,
            division: plan.division.to_owned(),
            parent: plan.parent.and_then(|above| before.get(above).copied()),
            areas: Vec::new(),
        };
        store::agency::insert(&mut *self.tx, &agency).await?;
        Ok(agency.id)
    }

    pub(super) async fn agency_staff(
        &mut self,
        role: Role,
        name: &str,
        login: String,
        agency: AgencyId,
        note: &str,
        at: Moment,
    ) -> Result<AccountId, ServiceError> {
        let staff = Staff {
            role,
            name,
            login,
            host: None,
            agency: Some(agency),
            note: Some(note),
            at,
        };
        person::staff(self.service, &mut *self.tx, &mut self.chance, &self.passwords, staff).await
    }
}

/// What one can look at in a role of an agency.
pub(super) const fn note(role: Role) -> &'static str {
    match role {
        Role::Auditor => READS_THE_LOG,
        Role::Admin => LOOKS_AFTER,
        Role::Reviewer => DECIDES,
        Role::CityCentre => READS_CASES,
        Role::Operator | Role::Mentor | Role::Trainee => OWN_ACCOUNT,
    }
}
