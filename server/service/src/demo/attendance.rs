//! Believable attendance: whole weeks up to now, every verdict by the real fence, every state by the real machine.

use super::chance::Chance;
use crate::context::Service;
use crate::error::ServiceError;
use domain::attendance::{CheckInEvent, CheckInState, judge};
use domain::value::{add_days, days_between};
use domain::{AccountId, CheckInId, Day, LatLon, Meters, Moment, Week};
use sha2::{Digest, Sha256};
use store::attendance::CheckIn;
use store::internship::Internship;
use store::site::Site;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// How somebody behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// Two or three days a week, nearly always inside.
    Reliable,
    /// One day short this week and not here yet today: the button of 今天 is what one tries.
    AboutToCheckIn,
    /// Was out at a customer on the last workday; that waits for the host.
    FieldWork,
    /// Today's position is too vague; that waits for the host.
    VaguePosition,
    /// Missed last week and this one: the run is 2.
    MissedAWeek,
    /// Missed the last two weeks: the run is 4, the county must be told.
    MissedTwoWeeks,
}

/// Where somebody pressed the button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Inside,
    Vague,
    Away,
}

/// One person's attendance to be made up.
pub(super) struct Story<'a> {
    pub(super) internship: &'a Internship,
    pub(super) site: &'a Site,
    pub(super) operator: AccountId,
    pub(super) habit: Habit,
}

impl Story<'_> {
    /// All check-ins from the first day to now or to the last day, oldest first.
    pub(super) fn tell(
        &self,
        service: &Service,
        chance: &mut Chance,
        now: Moment,
    ) -> Result<Vec<CheckIn>, ServiceError> {
        let mut check_ins = Vec::new();
        let mut week = Week::of(self.internship.starts_on);
        let this_week = Week::of(now.day());
        while week <= this_week && week.monday() <= self.internship.ends_on {
            let workdays: Vec<Day> = week
                .days()
                .into_iter()
                .filter(|day| service.rules().calendar().is_workday(*day))
                .filter(|day| (self.internship.starts_on..=self.internship.ends_on).contains(day) && *day <= now.day())
                .collect();
            for (day, place) in self.days(chance, &workdays, week, now) {
                let at = arrival(chance, day, place);
                if at < now {
                    check_ins.push(self.check_in(chance, at, place, now)?);
                }
            }
            week = week.next();
        }
        check_ins.sort_by_key(|check_in| check_in.server_at);
        Ok(check_ins)
    }

    /// On which days of a week the person pressed the button, and where.
    fn days(&self, chance: &mut Chance, workdays: &[Day], week: Week, now: Moment) -> Vec<(Day, Place)> {
        let today = now.day();
        let weeks_ago = days_between(week.monday(), Week::of(today).monday()) / 7;
        let inside = |days: &[Day]| days.iter().map(|day| (*day, Place::Inside)).collect::<Vec<_>>();
        let before_today: Vec<Day> = workdays.iter().copied().filter(|day| *day < today).collect();
        match (self.habit, weeks_ago) {
            (Habit::MissedAWeek, 0..=1) | (Habit::MissedTwoWeeks, 0..=2) => Vec::new(),
            (Habit::AboutToCheckIn, 0) => inside(&before_today[..before_today.len().min(1)]),
            (Habit::FieldWork, 0) => match before_today.split_last() {
                Some((last, earlier)) => {
                    let mut days = inside(&earlier[..earlier.len().min(1)]);
                    days.push((*last, Place::Away));
                    days
                }
                None => workdays.iter().map(|day| (*day, Place::Away)).collect(),
            },
            (Habit::VaguePosition, 0) => {
                let mut days = inside(&before_today[..before_today.len().min(2)]);
                days.extend(
                    workdays
                        .iter()
                        .filter(|day| **day == today)
                        .map(|day| (*day, Place::Vague)),
                );
                days
            }
            (Habit::Reliable, 0) => self.this_week(chance, workdays, today),
            (_, _) => self.earlier_week(chance, workdays),
        }
    }

    /// Three of four came today; most came once or twice before.
    fn this_week(&self, chance: &mut Chance, workdays: &[Day], today: Day) -> Vec<(Day, Place)> {
        let mut days = Vec::new();
        for day in workdays {
            let times = if *day == today { 75 } else { 45 };
            if chance.percent(times) {
                days.push((*day, Place::Inside));
            }
        }
        days
    }

    /// Two or three distinct days, seldom one, now and then vague or away. Whoever is to show a certain run never has one.
    fn earlier_week(&self, chance: &mut Chance, workdays: &[Day]) -> Vec<(Day, Place)> {
        let wanted = match (chance.between(1, 100), self.habit) {
            (1..=4, Habit::Reliable) => 1,
            (1..=70, _) => 2,
            _ => 3,
        };
        let mut left = workdays.to_vec();
        let mut days = Vec::new();
        while days.len() < wanted && !left.is_empty() {
            let last = i32::try_from(left.len()).unwrap_or(1) - 1;
            let day = left.remove(usize::try_from(chance.between(0, last)).unwrap_or(0));
            let place = match chance.between(1, 100) {
                1..=5 => Place::Away,
                6..=10 => Place::Vague,
                _ => Place::Inside,
            };
            days.push((day, place));
        }
        days
    }

    fn check_in(&self, chance: &mut Chance, at: Moment, place: Place, now: Moment) -> Result<CheckIn, ServiceError> {
        let radius = self.site.radius.value();
        let (distance, accuracy) = match place {
            Place::Inside => (chance.within(8.0, radius * 0.4), chance.within(6.0, radius * 0.15)),
            Place::Vague => (
                chance.within(radius * 0.5, radius * 0.8),
                chance.within(radius * 0.58, radius * 0.75),
            ),
            Place::Away => (chance.within(1200.0, 4200.0), chance.within(12.0, 45.0)),
        };
        let position = moved(self.site.centre, distance, chance.within(0.0, std::f64::consts::TAU))?;
        let accuracy = Meters::new(accuracy.round()).ok_or_else(|| ServiceError::fault("demo accuracy"))?;
        let fence = crate::site::fence(self.site);
        let judgement = judge(&[fence], position, accuracy).ok_or_else(|| ServiceError::fault("demo fence"))?;
        let id = CheckInId::new(chance.id(at));
        let reason = match place {
            Place::Inside => None,
            Place::Vague => Some(chance.one_of(&VAGUE).unwrap_or(VAGUE[0]).to_owned()),
            Place::Away => Some(chance.one_of(&AWAY).unwrap_or(AWAY[0]).to_owned()),
        };
        let mut check_in = CheckIn {
            id,
            internship: self.internship.id,
            name: self.internship.name.clone(),
            host: self.internship.host,
            site: self.site.id,
            site_name: self.site.name.clone(),
            day: at.day(),
            device_at: at.plus_millis(-i64::from(chance.between(200, 1900))),
            server_at: at,
            position: Some(position),
            accuracy,
            distance: judgement.distance,
            verdict: judgement.verdict,
            state: CheckInState::on_receipt(judgement.verdict, false),
            reason,
            note: None,
            decided_by: None,
            decided_at: None,
            content_hash: hex::encode(Sha256::digest(id.to_string())),
            version: 1,
        };
        self.decide(chance, &mut check_in, now)?;
        Ok(check_in)
    }

    /// What is older than three days was decided within hours; one in six was sent back with a note.
    fn decide(&self, chance: &mut Chance, check_in: &mut CheckIn, now: Moment) -> Result<(), ServiceError> {
        let is_fresh = days_between(check_in.day, now.day()) <= 3 && self.internship.ends_on >= now.day();
        if check_in.state != CheckInState::Waiting || is_fresh {
            return Ok(());
        }
        let send_back = chance.percent(17);
        let event = if send_back {
            CheckInEvent::SendBack
        } else {
            CheckInEvent::Confirm
        };
        check_in.state = check_in
            .state
            .step(event)
            .map_err(|refusal| ServiceError::fault(refusal.label()))?;
        check_in.note = send_back.then(|| chance.one_of(&SENT_BACK).unwrap_or(SENT_BACK[0]).to_owned());
        check_in.decided_by = Some(self.operator);
        check_in.decided_at = Some(
            check_in
                .server_at
                .plus_millis(i64::from(chance.between(1, 6)) * HOUR)
                .min(now),
        );
        Ok(())
    }
}

const AWAY: [&str; 5] = [
    "外勤：客户机房巡检",
    "外勤：到客户现场送材料",
    "外勤：参加人社部门组织的岗前培训",
    "外勤：跟带教老师去项目现场",
    "外勤：到仓库盘点",
];
const VAGUE: [&str; 3] = [
    "在地下停车场，定位不准",
    "在楼里，手机定位一直飘",
    "刚换手机，定位还没准",
];
const SENT_BACK: [&str; 3] = [
    "当天没有安排外勤，请联系带教老师说明",
    "当天你请了假，这次不算",
    "项目现场的负责人说你不在，请补充说明",
];

/// People come between half past eight and nine, and are out in the afternoon.
fn arrival(chance: &mut Chance, day: Day, place: Place) -> Moment {
    let minute = chance.between(0, 34);
    let seconds = i64::from(chance.between(0, 59)) * 1000;
    let start = match place {
        Place::Inside | Place::Vague => Moment::at(day, 8, 30),
        Place::Away => Moment::at(day, 14, 5),
    };
    start.plus_millis(i64::from(minute) * MINUTE + seconds)
}

/// The point so many metres away in a direction; a sphere is good enough to invent one.
fn moved(from: LatLon, metres: f64, direction: f64) -> Result<LatLon, ServiceError> {
    const METRES_PER_DEGREE: f64 = 111_320.0;
    let north = metres * direction.cos() / METRES_PER_DEGREE;
    let east = metres * direction.sin() / (METRES_PER_DEGREE * from.latitude().to_radians().cos());
    LatLon::parse(from.latitude() + north, from.longitude() + east).map_err(ServiceError::fault)
}

/// The first Monday of a stretch that began so many full weeks ago.
pub(super) fn weeks_ago(today: Day, weeks: i32) -> Day {
    add_days(Week::of(today).monday(), -7 * weeks)
}
