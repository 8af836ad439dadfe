//! Internships of the demo: offers in every state, and the confirmed ones with their attendance.

use super::attendance::{Habit, Story};
use super::fill::{Fill, MINUTE};
use super::person::Registered;
use super::place::{self, Province};
use crate::error::ServiceError;
use domain::internship::InternshipState;
use domain::value::{add_days, add_months};
use domain::{AccountId, Day, InternshipId, Moment};
use store::host::Host;
use store::internship::Internship;
use store::site::Site;

/// A host with what its internships need.
pub(super) struct Place<'a> {
    pub(super) province: &'a Province,
    pub(super) plan: &'a place::Host,
    pub(super) host: Host,
    pub(super) operator: AccountId,
    pub(super) sites: Vec<Site>,
    /// Position of its province and within it, for variety.
    pub(super) position: (usize, usize),
}

/// An internship to be made.
pub(super) struct Engagement<'a> {
    pub(super) name: &'a str,
    pub(super) phone: &'a domain::Phone,
    pub(super) trainee: Option<&'a Registered>,
    pub(super) state: InternshipState,
    pub(super) starts_on: Day,
    pub(super) months: i32,
    pub(super) number: usize,
    pub(super) decline_reason: Option<&'static str>,
}

impl Fill<'_> {
    /// An internship that was confirmed, with its attendance.
    pub(super) async fn active(
        &mut self,
        place: &Place<'_>,
        person: &Registered,
        starts_on: Day,
        number: usize,
        state: InternshipState,
        months: i32,
    ) -> Result<(), ServiceError> {
        let engagement = Engagement {
            name: person.name.as_str(),
            phone: &person.phone,
            trainee: Some(person),
            state,
            starts_on,
            months,
            number,
            decline_reason: None,
        };
        let (internship, site) = self.engage(place, &engagement).await?;
        let habit = if state == InternshipState::Active {
            habit(place.position, number)
        } else {
            Habit::Reliable
        };
        let story = Story {
            internship: &internship,
            site: &site,
            operator: place.operator,
            habit,
        };
        let check_ins = story.tell(self.service, &mut self.chance, self.now)?;
        store::attendance::insert(&mut *self.tx, &check_ins).await?;
        Ok(())
    }

    pub(super) async fn engage(
        &mut self,
        place: &Place<'_>,
        engagement: &Engagement<'_>,
    ) -> Result<(Internship, Site), ServiceError> {
        let offered_at = Moment::at(add_days(engagement.starts_on, -5), 10, 20).min(self.now.plus_millis(-90 * MINUTE));
        let id = InternshipId::new(self.chance.id(offered_at));
        let nowhere = || ServiceError::fault("a demo host without sites");
        let site = place
            .sites
            .get(engagement.number % place.sites.len().max(1))
            .ok_or_else(nowhere)?
            .clone();
        let posts = place.plan.posts;
        let answered = engagement.trainee.map(|_| offered_at.plus_millis(75 * MINUTE));
        let internship = Internship {
            id,
            host: place.host.id,
            host_name: place.host.name.clone(),
            host_division: place.host.division_code.clone(),
            trainee: engagement.trainee.map(|person| person.id),
            name: engagement.name.to_owned(),
            phone_index: self.service.vault().phone_index(engagement.phone),
            phone_sealed: self.service.vault().seal_internship_phone(id, engagement.phone)?,
            post: posts
                .get(engagement.number % posts.len().max(1))
                .copied()
                .unwrap_or("综合岗")
                .to_owned(),
            starts_on: engagement.starts_on,
            ends_on: add_days(add_months(engagement.starts_on, engagement.months), -1),
            allowance: place
                .plan
                .allowance()
                .ok_or_else(|| ServiceError::fault("demo allowance"))?,
            state: engagement.state,
            decline_reason: engagement.decline_reason.map(str::to_owned),
            offered_by: place.operator,
            offered_at,
            answered_at: answered,
            version: 1,
        };
        store::internship::insert(&mut *self.tx, &internship, &[site.id]).await?;
        Ok((internship, site))
    }
}

/// Somebody of every kind at each shown host; the board of the first one looks like any good week.
const fn habit((province, host): (usize, usize), number: usize) -> Habit {
    match (province, host, number) {
        (_, 0, 0) => Habit::AboutToCheckIn,
        (_, _, 1) => Habit::FieldWork,
        (0, 0, 3) => Habit::MissedAWeek,
        (_, _, 3) => Habit::MissedTwoWeeks,
        (_, 0, 4) => Habit::VaguePosition,
        (_, _, _) => Habit::Reliable,
    }
}
