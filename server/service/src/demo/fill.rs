//! Fills an empty database in one transaction: agencies, hosts with sites, people, and with [`super::engagement`] their
//! internships and attendance.

use super::attendance::weeks_ago;
use super::chance::Chance;
use super::engagement::{Engagement, Place};
use super::organisation::{OWN_ACCOUNT, note};
use super::person::{self, Passwords, Person, Registered, Staff};
use super::place::{self, Province};
use super::province::PROVINCES;
use crate::context::Service;
use crate::error::ServiceError;
use domain::account::Role;
use domain::host::HostStanding;
use domain::internship::InternshipState;
use domain::{AccountId, AgencyId, HostId, LatLon, Meters, Moment, SiteId};
use std::collections::BTreeSet;
use store::Tx;
use store::host::Host;
use store::site::Site;

pub(super) const MINUTE: i64 = 60_000;
/// Everybody registered at least so long ago.
const WEEKS_KNOWN: i32 = 26;

const ABOUT_TO_CHECK_IN: &str = "今天签到、签到记录、我的";
const HAS_AN_OFFER: &str = "收到见习邀请，可以确认或谢绝";
const WITHOUT_INTERNSHIP: &str = "刚注册，还没有见习";
const RUNS_THE_BOARD: &str = "考勤看板、见习人员、签到地点";

/// Writes the demo into empty tables.
pub(super) struct Fill<'a> {
    pub(super) service: &'a Service,
    pub(super) tx: &'a mut Tx,
    pub(super) chance: Chance,
    pub(super) passwords: Passwords,
    pub(super) now: Moment,
    /// How many were made.
    pub(super) trainees: u32,
    /// Divisions with somebody whose 实名认证 is not through.
    pub(super) opened: BTreeSet<&'static str>,
}

/// What was made of a province, for what comes after it.
pub(super) struct Made {
    pub(super) agencies: Vec<AgencyId>,
    pub(super) places: Vec<Place<'static>>,
    /// Reviewers who can sign in: division of the agency, account and name.
    pub(super) reviewers: Vec<(&'static str, AccountId, &'static str)>,
}

impl Fill<'_> {
    /// Writes everything, and answers who decides: reviewers by the division of their agency.
    pub(super) async fn everything(&mut self) -> Result<Vec<(&'static str, AccountId)>, ServiceError> {
        let (mut made, mut reviewers) = (Vec::new(), Vec::new());
        for (position, province) in PROVINCES.iter().enumerate() {
            made.push((position, province, self.province(position, province).await?));
        }
        for (position, province, mut made) in made {
            self.more(position, province, &mut made).await?;
            for place in &made.places {
                self.unverified(place, &made.reviewers).await?;
            }
            reviewers.extend(
                made.reviewers
                    .into_iter()
                    .map(|(division, account, _)| (division, account)),
            );
        }
        Ok(reviewers)
    }

    /// One mentor, whose screens are still few.
    pub(super) async fn mentor(&mut self, place: &Place<'_>) -> Result<(), ServiceError> {
        let staff = Staff {
            role: Role::Mentor,
            name: "龙建平",
            login: format!("{}.mentor", place.province.short),
            host: Some(place.host.id),
            agency: None,
            note: Some(OWN_ACCOUNT),
            at: self.rank(0, 600),
        };
        person::staff(self.service, &mut *self.tx, &mut self.chance, &self.passwords, staff).await?;
        Ok(())
    }

    async fn province(&mut self, position: usize, province: &'static Province) -> Result<Made, ServiceError> {
        let agencies = self.agencies(province).await?;
        let (mut places, mut reviewers) = (Vec::new(), Vec::new());
        for (number, plan) in province.hosts.iter().enumerate() {
            let place = self.host(province, plan, &agencies, (position, number)).await?;
            self.people(&place).await?;
            places.push(place);
        }
        let reviewer = province
            .agencies
            .iter()
            .zip(&agencies)
            .find(|(plan, _)| plan.reviewer.is_some());
        let login = |role: Role| format!("{}.{}", province.short, role.code());
        if let Some((plan, agency)) = reviewer {
            let (role, name) = (Role::Reviewer, plan.reviewer.unwrap_or_default());
            let at = self.rank(position, 300);
            let account = self
                .agency_staff(role, name, login(role), *agency, note(role), at)
                .await?;
            reviewers.push((plan.division, account, name));
        }
        if let (0, Some(agency)) = (position, agencies.first()) {
            for (role, name, rank) in [(Role::Auditor, "周正", 400), (Role::Admin, "文静怡", 500)] {
                let at = self.rank(position, rank);
                self.agency_staff(role, name, login(role), *agency, note(role), at)
                    .await?;
            }
        }
        Ok(Made {
            agencies,
            places,
            reviewers,
        })
    }

    async fn host<'a>(
        &mut self,
        province: &'a Province,
        plan: &'a place::Host,
        agencies: &[AgencyId],
        position: (usize, usize),
    ) -> Result<Place<'a>, ServiceError> {
        let at = self.rank(position.0, 200 + i64::try_from(position.1).unwrap_or(0));
        let host = Host {
            id: HostId::new(self.chance.id(at)),
            name: plan.name.to_owned(),
            credit_code: self.chance.credit_code(plan.division)?,
            division_code: plan.division.to_owned(),
            address: plan.address.to_owned(),
            standing: HostStanding::Certified,
            certified_by: agencies.get(plan.agency).copied(),
            created_at: at,
            version: 1,
        };
        store::host::insert(&mut *self.tx, &host).await?;
        let suffix = if position.1 == 0 {
            String::new()
        } else {
            (position.1 + 1).to_string()
        };
        let staff = Staff {
            role: Role::Operator,
            name: plan.operator,
            login: format!("{}.operator{suffix}", province.short),
            host: Some(host.id),
            agency: None,
            note: (position.1 == 0).then_some(RUNS_THE_BOARD),
            at,
        };
        let operator = person::staff(self.service, &mut *self.tx, &mut self.chance, &self.passwords, staff).await?;
        let mut sites = Vec::new();
        for plan in plan.sites {
            let site = Site {
                id: SiteId::new(self.chance.id(at)),
                host: host.id,
                name: plan.name.to_owned(),
                centre: LatLon::from_datum(plan.datum, plan.latitude, plan.longitude).map_err(ServiceError::fault)?,
                radius: Meters::new(plan.radius).ok_or_else(|| ServiceError::fault("demo radius"))?,
                datum: plan.datum,
                entered: format!("{}, {}", plan.latitude, plan.longitude),
                version: 1,
            };
            store::site::insert(&mut *self.tx, &site, at).await?;
            sites.push(site);
        }
        Ok(Place {
            province,
            plan,
            host,
            operator,
            sites,
            position,
        })
    }

    async fn people(&mut self, place: &Place<'_>) -> Result<(), ServiceError> {
        let today = self.now.day();
        for number in 0..place.plan.active {
            let shown = number == 0 && place.position.1 == 0;
            let name = place.plan.people.get(number).copied();
            let person = self
                .person(place, name, number, shown.then_some(ABOUT_TO_CHECK_IN))
                .await?;
            // One in six came three weeks after the others.
            let weeks = if number % 6 == 5 {
                place.plan.weeks - 3
            } else {
                place.plan.weeks
            };
            let starts_on = weeks_ago(today, weeks.max(1));
            self.active(place, &person, starts_on, number, InternshipState::Active, 6)
                .await?;
        }
        let number = place.plan.active;
        let person = self.person(place, None, number, None).await?;
        self.active(place, &person, weeks_ago(today, 22), number, InternshipState::Ended, 4)
            .await?;
        if place.position.1 == 0 {
            self.answers(place).await?;
        } else {
            let name = self.chance.name(None, place.province)?;
            let phone = self.chance.phone()?;
            self.engage(
                place,
                &Engagement {
                    name: name.as_str(),
                    phone: &phone,
                    trainee: None,
                    state: InternshipState::Offered,
                    starts_on: weeks_ago(today, -1),
                    months: 6,
                    number: 1,
                    decline_reason: None,
                },
            )
            .await?;
        }
        Ok(())
    }

    /// Offers that are open, were declined or taken back; in the first province one more person without any.
    async fn answers(&mut self, place: &Place<'_>) -> Result<(), ServiceError> {
        let first = place.position.0 == 0;
        let next_week = weeks_ago(self.now.day(), -1);
        let cases = [
            (InternshipState::Offered, next_week, None, first.then_some(HAS_AN_OFFER)),
            (
                InternshipState::Declined,
                weeks_ago(self.now.day(), 2),
                Some("已经找到离家更近的工作"),
                None,
            ),
            (InternshipState::Withdrawn, weeks_ago(self.now.day(), 1), None, None),
        ];
        for (offset, (state, starts_on, decline_reason, note)) in cases.into_iter().enumerate() {
            let number = place.plan.active + 1 + offset;
            let name = (first && state == InternshipState::Offered).then_some("李欣怡");
            let person = self.person(place, name, number, note).await?;
            let answered = state == InternshipState::Declined;
            self.engage(
                place,
                &Engagement {
                    name: person.name.as_str(),
                    phone: &person.phone,
                    trainee: answered.then_some(&person),
                    state,
                    starts_on,
                    months: 6,
                    number,
                    decline_reason,
                },
            )
            .await?;
        }
        if first {
            self.person(place, Some("周航"), place.plan.active + 5, Some(WITHOUT_INTERNSHIP))
                .await?;
        }
        Ok(())
    }

    async fn person(
        &mut self,
        place: &Place<'_>,
        name: Option<&str>,
        number: usize,
        note: Option<&'static str>,
    ) -> Result<Registered, ServiceError> {
        self.trainees += 1;
        let rank = i64::try_from(number).unwrap_or(0) + 100 * i64::try_from(place.position.1).unwrap_or(0);
        let person = Person {
            name,
            number,
            note,
            at: self.rank(place.position.0, rank),
        };
        let at = (place.province, place.plan);
        person::trainee(
            self.service,
            &mut *self.tx,
            &mut self.chance,
            &self.passwords,
            at,
            person,
        )
        .await
    }

    /// Before anything of the demo happened.
    pub(super) fn base(&self) -> Moment {
        Moment::at(weeks_ago(self.now.day(), WEEKS_KNOWN), 9, 0)
    }

    /// Accounts are shown in the order of these moments.
    pub(super) fn rank(&self, province: usize, place: i64) -> Moment {
        self.base()
            .plus_millis((i64::try_from(province).unwrap_or(0) * 1000 + place) * MINUTE)
    }
}
