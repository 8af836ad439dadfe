//! Where the stories of the main job begin: a host with a site, a person taken on, and a phone that stands somewhere.

use crate::testing::{World, registration};
use crate::{Actor, attendance, internship, site};
use domain::agency::{Agency, AgencyLevel};
use domain::attendance::{CheckInForm, CheckInView, DecideForm};
use domain::internship::OfferForm;
use domain::site::SiteForm;
use domain::{AgencyId, CheckInId, HostId, InternshipId, Moment, SiteId};
use std::sync::atomic::{AtomicU64, Ordering};
use store::audit::ChainCheck;
use uuid::Uuid;

/// A host with one operator and one site.
pub(crate) struct Workplace {
    pub(crate) host: HostId,
    pub(crate) operator: Actor,
    pub(crate) site: SiteId,
}

/// Invented, with right check digits.
const HOSTS: [(&str, &str, &str); 2] = [
    ("贵州云上数据服务有限公司", "91350100M000100Y43", "gz.operator"),
    ("贵阳观山餐饮管理有限公司", "91000000MA00000T4X", "gy.operator"),
];

/// The first or the second host.
pub(crate) async fn workplace(world: &World, number: usize) -> Workplace {
    let (name, _, login) = HOSTS[number];
    let host = world.host(name, &credit_code(number), "520115").await;
    let operator = operator(world, login, host).await;
    let site = site::add(&world.service, &operator, site_form("观山湖办公区"))
        .await
        .unwrap();
    Workplace { host, operator, site }
}

pub(crate) fn credit_code(number: usize) -> String {
    HOSTS[number].1.to_owned()
}

pub(crate) async fn operator(world: &World, login: &str, host: HostId) -> Actor {
    let staff = world.operator(login, host).await;
    world.actor(&world.sign_in_staff(&staff).await).await
}

/// An agency below another.
pub(crate) async fn new_agency(
    world: &World,
    name: &str,
    level: AgencyLevel,
    division: &str,
    parent: Option<AgencyId>,
) -> AgencyId {
    let agency = Agency {
        id: AgencyId::new(world.service.new_id()),
        name: name.to_owned(),
        level,
        division: division.to_owned(),
        parent,
        areas: Vec::new(),
    };
    let mut tx = world.service.db().begin().await.unwrap();
    store::agency::insert(&mut tx, &agency).await.unwrap();
    tx.commit().await.unwrap();
    agency.id
}

/// A person whose 实名认证 is through.
pub(crate) async fn trainee(world: &World, number: usize) -> Actor {
    let person = world.actor(&world.register(registration(number)).await).await;
    world.verify(&person).await;
    person
}

pub(crate) fn site_form(name: &str) -> SiteForm {
    SiteForm {
        name: name.to_owned(),
        coordinates: "26.6470, 106.6300".to_owned(),
        datum: "wgs84".to_owned(),
        radius: "200".to_owned(),
    }
}

/// Half a year from the day on which every world begins, for the person of [`registration`] with this number.
pub(crate) fn offer_form(site: SiteId, number: usize) -> OfferForm {
    let person = registration(number);
    OfferForm {
        id: new_offer_id().to_string(),
        name: person.name,
        phone: person.phone,
        post: "数据标注员".to_owned(),
        site: site.to_string(),
        starts_on: "2026-11-19".to_owned(),
        ends_on: "2027-05-18".to_owned(),
        allowance: "2100".to_owned(),
    }
}

/// As a browser would make it: another one each time.
pub(crate) fn new_offer_id() -> InternshipId {
    static MADE: AtomicU64 = AtomicU64::new(1);
    InternshipId::new(Uuid::from_u128(MADE.fetch_add(1, Ordering::Relaxed).into()))
}

pub(crate) async fn offered(world: &World, place: &Workplace, number: usize) -> InternshipId {
    internship::offer(&world.service, &place.operator, offer_form(place.site, number))
        .await
        .unwrap()
}

/// A person whose internship is active.
pub(crate) async fn taken_on(world: &World, place: &Workplace, number: usize) -> (Actor, InternshipId) {
    let person = trainee(world, number).await;
    let id = offered(world, place, number).await;
    internship::confirm(&world.service, &person, id, 1).await.unwrap();
    (person, id)
}

/// What the phone sends from the middle of the site, with a new id.
pub(crate) fn at_work(world: &World, internship: InternshipId) -> CheckInForm {
    CheckInForm {
        id: CheckInId::new(world.service.new_id()),
        internship,
        device_time: world.clock.now().millis(),
        latitude: 26.647,
        longitude: 106.63,
        accuracy: 12.0,
        reason: String::new(),
    }
}

/// What the phone sends from two kilometres away.
pub(crate) fn away(world: &World, internship: InternshipId) -> CheckInForm {
    CheckInForm {
        latitude: 26.667,
        reason: "去客户那里送资料".to_owned(),
        ..at_work(world, internship)
    }
}

/// A check-in that waits for the host.
pub(crate) async fn waiting(world: &World, person: &Actor, internship: InternshipId) -> CheckInView {
    attendance::check_in(&world.service, person, away(world, internship))
        .await
        .unwrap()
        .check_in
}

pub(crate) fn decision(of: &CheckInView, confirm: bool) -> DecideForm {
    DecideForm {
        id: of.id,
        confirm,
        note: if confirm { "" } else { "当天没有外勤安排" }.to_owned(),
        version: of.version,
    }
}

/// Everything that an internship's person checked in, as the person reads it, newest first.
pub(crate) async fn own_check_ins(world: &World, person: &Actor) -> Vec<CheckInView> {
    let history = attendance::history(&world.service, person).await.unwrap();
    history.weeks.into_iter().flat_map(|week| week.check_ins).collect()
}

/// The acts in the log, oldest first, after a look at the whole chain.
pub(crate) async fn acts(world: &World) -> Vec<String> {
    let mut tx = world.service.db().read().await.unwrap();
    let rows = store::audit::after(&mut tx, 0, 1000).await.unwrap();
    let whole = store::audit::check_chain(&mut tx).await.unwrap();
    assert_eq!(whole, ChainCheck::Whole(i64::try_from(rows.len()).unwrap()));
    rows.into_iter().map(|row| row.act).collect()
}

/// How often an act stands in the log.
pub(crate) async fn times(world: &World, act: &str) -> usize {
    acts(world).await.iter().filter(|one| *one == act).count()
}

/// Moves the clock to a day and time in Shanghai.
pub(crate) fn set(world: &World, day: &str, hour: i8, minute: i8) {
    world.clock.set(Moment::at(day.parse().unwrap(), hour, minute));
}
